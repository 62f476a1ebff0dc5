/*
 * number.h - sizes and spans of time as people write them.
 */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* "10", "64k", "16m", "2g", "1t", of 1024 each. False: not such a number. */
bool cli_number_parse_bytes(const char *text, uint64_t *ret_bytes);

/* "90", "90s", "30m", "24h", "7d"; seconds without a letter. */
bool cli_number_parse_span(const char *text, uint64_t *ret_ms);

#endif
