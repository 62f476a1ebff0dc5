/*
 * ebml_write.h - elements of EBML (RFC 8794) as bytes.
 *
 * Each function writes at `to` and returns how many bytes that were. A size in
 * `width` bytes is below 2^(7 width) - 1: all ones means "not known".
 */
#ifndef WFS_EBML_WRITE_H
#define WFS_EBML_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EBML_VOID_HEAD_MAX_BYTES 9

/* An id (as ebml.h lists them) or a number in as few bytes as hold it. */
size_t ebml_put_uint(uint8_t *to, uint64_t value);
size_t ebml_get_uint_width(uint64_t value);

/* A number, big endian. */
size_t ebml_put_fixed(uint8_t *to, uint64_t value, size_t width);

bool ebml_is_size_possible(uint64_t size, size_t width);
size_t ebml_put_size(uint8_t *to, uint64_t size, size_t width);
size_t ebml_put_unknown_size(uint8_t *to, size_t width);
size_t ebml_get_size_width(uint64_t size);

/* Id and size of an element with `size` bytes of content. */
size_t ebml_put_head(uint8_t *to, uint32_t id, uint64_t size);

/* An element that is a number. */
size_t ebml_put_number(uint8_t *to, uint32_t id, uint64_t value);

/* Id and size of a Void of `total` bytes, at least 2; what follows is free. */
size_t ebml_put_void_head(uint8_t *to, uint64_t total);

/* The content of a float of eight bytes, or of four. */
size_t ebml_put_double(uint8_t *to, double value);
size_t ebml_put_float(uint8_t *to, float value);

#endif
