/* ebml_write.c - elements of EBML (RFC 8794) as bytes. */
#include "ebml_write.h"

#include <string.h>

#include "ebml.h"

#define VOID_SHORT_MAX_BYTES 128 /* with a size of one byte */

size_t ebml_get_uint_width(uint64_t value)
{
    size_t width = 1;

    while (width < 8 && value >> (8 * width) != 0) {
        width++;
    }
    return width;
}

size_t ebml_put_fixed(uint8_t *to, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        to[i] = (uint8_t)(value >> (8 * (width - 1 - i)));
    }
    return width;
}

size_t ebml_put_uint(uint8_t *to, uint64_t value)
{
    return ebml_put_fixed(to, value, ebml_get_uint_width(value));
}

bool ebml_is_size_possible(uint64_t size, size_t width)
{
    return size < ((uint64_t)1 << (7 * width)) - 1;
}

size_t ebml_get_size_width(uint64_t size)
{
    size_t width = 1;

    while (width < 8 && !ebml_is_size_possible(size, width)) {
        width++;
    }
    return width;
}

size_t ebml_put_size(uint8_t *to, uint64_t size, size_t width)
{
    return ebml_put_fixed(to, size | (uint64_t)1 << (7 * width), width);
}

size_t ebml_put_unknown_size(uint8_t *to, size_t width)
{
    return ebml_put_size(to, ((uint64_t)1 << (7 * width)) - 1, width);
}

size_t ebml_put_head(uint8_t *to, uint32_t id, uint64_t size)
{
    size_t length = ebml_put_uint(to, id);

    return length + ebml_put_size(to + length, size, ebml_get_size_width(size));
}

size_t ebml_put_number(uint8_t *to, uint32_t id, uint64_t value)
{
    size_t length = ebml_put_head(to, id, ebml_get_uint_width(value));

    return length + ebml_put_uint(to + length, value);
}

size_t ebml_put_void_head(uint8_t *to, uint64_t total)
{
    size_t width = total <= VOID_SHORT_MAX_BYTES ? 1 : 8;

    to[0] = EBML_VOID;
    return 1 + ebml_put_size(to + 1, total - 1 - width, width);
}

size_t ebml_put_double(uint8_t *to, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return ebml_put_fixed(to, bits, sizeof bits);
}

size_t ebml_put_float(uint8_t *to, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return ebml_put_fixed(to, bits, sizeof bits);
}
