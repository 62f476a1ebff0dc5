/* ebml.c - elements of EBML (RFC 8794): an id, a size, and content. */
#include "ebml.h"

#include <string.h>

static size_t find_length(uint8_t first)
{
    size_t length = 1;

    while (length <= 8 && (first & (0x80 >> (length - 1))) == 0) {
        length++;
    }
    return length <= 8 ? length : 0;
}

uint64_t ebml_read_vint(wfs_window *window, uint64_t at, size_t *ret_length,
                        bool *ret_is_unknown)
{
    const uint8_t *bytes = wfs_window_get(window, at, 1);
    size_t length = bytes != NULL ? find_length(bytes[0]) : 0;
    uint64_t mask;
    uint64_t value;

    *ret_length = 0;
    *ret_is_unknown = false;
    bytes = length != 0 ? wfs_window_get(window, at, length) : NULL;
    if (bytes == NULL) {
        return 0;
    }
    mask = ((uint64_t)1 << (7 * length)) - 1;
    value = wfs_big_endian(bytes, length) & mask;
    *ret_length = length;
    *ret_is_unknown = value == mask;
    return value;
}

static uint32_t read_id(wfs_window *window, uint64_t at, size_t *ret_length)
{
    const uint8_t *bytes = wfs_window_get(window, at, 1);
    size_t length = bytes != NULL ? find_length(bytes[0]) : 0;

    *ret_length = 0;
    bytes =
        length >= 1 && length <= 4 ? wfs_window_get(window, at, length) : NULL;
    if (bytes == NULL) {
        return 0;
    }
    *ret_length = length;
    return (uint32_t)wfs_big_endian(bytes, length);
}

bool ebml_read_element(wfs_window *window, uint64_t at, uint64_t end,
                       ebml_element *ret_element)
{
    size_t id_length;
    size_t size_length;
    bool is_unknown;
    uint64_t size;
    uint32_t id = read_id(window, at, &id_length);

    if (id_length == 0) {
        return false;
    }
    size = ebml_read_vint(window, at + id_length, &size_length, &is_unknown);
    if (size_length == 0 || at + id_length + size_length > end) {
        return false;
    }
    ret_element->id = id;
    ret_element->at = at;
    ret_element->size_at = at + id_length;
    ret_element->start = at + id_length + size_length;
    ret_element->is_unknown = is_unknown;
    ret_element->is_whole = !is_unknown && size <= end - ret_element->start;
    ret_element->end = ret_element->is_whole ? ret_element->start + size : end;
    return true;
}

static const uint8_t *get_number(wfs_window *window,
                                 const ebml_element *element, size_t *length)
{
    uint64_t size = element->end - element->start;

    *length = size <= 8 ? (size_t)size : 0;
    return *length != 0 ? wfs_window_get(window, element->start, *length)
                        : NULL;
}

uint64_t ebml_read_uint(wfs_window *window, const ebml_element *element)
{
    size_t length;
    const uint8_t *bytes = get_number(window, element, &length);

    return bytes != NULL ? wfs_big_endian(bytes, length) : 0;
}

int64_t ebml_read_int(wfs_window *window, const ebml_element *element)
{
    size_t length;
    const uint8_t *bytes = get_number(window, element, &length);
    uint64_t value;
    uint64_t sign;

    if (bytes == NULL) {
        return 0;
    }
    value = wfs_big_endian(bytes, length);
    sign = (uint64_t)1 << (8 * length - 1);
    return (int64_t)((value ^ sign) - sign);
}

double ebml_read_float(wfs_window *window, const ebml_element *element)
{
    size_t length;
    const uint8_t *bytes = get_number(window, element, &length);
    uint64_t bits = bytes != NULL ? wfs_big_endian(bytes, length) : 0;
    uint32_t short_bits = (uint32_t)bits;
    double value = 0.0;
    float short_value;

    if (length == 8) {
        memcpy(&value, &bits, sizeof value);
    } else if (length == 4) {
        memcpy(&short_value, &short_bits, sizeof short_value);
        value = short_value;
    }
    return value;
}
