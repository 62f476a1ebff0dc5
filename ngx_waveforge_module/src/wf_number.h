/*
 * wf_number.h - numbers and hexadecimal as clients write them.
 */
#ifndef WF_NUMBER_H
#define WF_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits only: no sign, no space, below WFS_UNKNOWN. */
bool wf_number_parse(const char *text, size_t length, uint64_t *ret_value);

/* Exactly `size` bytes in hexadecimal. */
bool wf_hex_parse(const char *text, size_t length, uint8_t *ret_bytes,
                  size_t size);

#endif
