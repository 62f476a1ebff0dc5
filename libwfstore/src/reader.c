/* reader.c - small reads at any offset of a file, through one window. */
#include "reader.h"

#include <string.h>

void wfs_window_init(wfs_window *window, const wfs_reader *reader)
{
    window->reader = reader;
    window->status = WFS_OK;
    window->looks_left = WFS_WINDOW_LOOKS_MAX;
    window->offset = 0;
    window->length = 0;
}

void wfs_window_allow_walk(wfs_window *window)
{
    window->looks_left = WFS_WINDOW_LOOKS_MAX + window->reader->size_bytes;
}

wfs_type wfs_window_detect(wfs_window *window)
{
    uint64_t size = window->reader->size_bytes;
    size_t length =
        size < WFS_TYPE_DETECT_BYTES ? (size_t)size : WFS_TYPE_DETECT_BYTES;
    const uint8_t *bytes = wfs_window_get(window, 0, length);

    return bytes != NULL ? wfs_type_detect(bytes, length) : WFS_TYPE_UNKNOWN;
}

static bool move_window(wfs_window *window, uint64_t offset)
{
    const wfs_reader *reader = window->reader;
    size_t length = 0;

    window->length = 0;
    window->status = reader->read(reader->data, offset, window->bytes,
                                  sizeof window->bytes, &length);
    if (window->status != WFS_OK) {
        return false;
    }
    window->offset = offset;
    window->length = length;
    return true;
}

const uint8_t *wfs_window_get(wfs_window *window, uint64_t offset,
                              size_t length)
{
    uint64_t size = window->reader->size_bytes;

    if (window->status != WFS_OK || window->looks_left == 0 ||
        length > sizeof window->bytes || offset > size ||
        length > size - offset) {
        return NULL;
    }
    window->looks_left--;
    if (offset < window->offset || offset - window->offset > window->length ||
        length > window->length - (size_t)(offset - window->offset)) {
        if (!move_window(window, offset) || length > window->length) {
            return NULL;
        }
    }
    return window->bytes + (offset - window->offset);
}

/* The last match that begins in the first `count` bytes, or `count`. */
static size_t find_last(const uint8_t *bytes, size_t count,
                        wfs_window_match match, const void *data)
{
    for (size_t i = count; i > 0; i--) {
        if (match(data, bytes + i - 1)) {
            return i - 1;
        }
    }
    return count;
}

bool wfs_window_find_match_before(wfs_window *window, wfs_window_match match,
                                  const void *data, uint64_t least,
                                  uint64_t before, uint64_t *ret_at)
{
    const uint64_t step = WFS_WINDOW_BYTES - WFS_MATCH_BYTES + 1;
    uint64_t size = window->reader->size_bytes;

    if (size < WFS_MATCH_BYTES) {
        return false;
    }
    if (before > size - WFS_MATCH_BYTES + 1) {
        before = size - WFS_MATCH_BYTES + 1;
    }
    while (before > least) {
        uint64_t from = before - least > step ? before - step : least;
        size_t count = (size_t)(before - from);
        const uint8_t *bytes =
            wfs_window_get(window, from, count + WFS_MATCH_BYTES - 1);
        size_t found =
            bytes != NULL ? find_last(bytes, count, match, data) : count;

        if (bytes == NULL) {
            return false;
        }
        if (found < count) {
            *ret_at = from + found;
            return true;
        }
        before = from;
    }
    return false;
}

static bool is_mark(const void *data, const uint8_t *bytes)
{
    return memcmp(data, bytes, WFS_MATCH_BYTES) == 0;
}

bool wfs_window_find_before(wfs_window *window, const char mark[4],
                            uint64_t least, uint64_t before, uint64_t *ret_at)
{
    return wfs_window_find_match_before(window, is_mark, mark, least, before,
                                        ret_at);
}

uint64_t wfs_big_endian(const uint8_t *bytes, size_t length)
{
    uint64_t value = 0;

    for (size_t i = 0; i < length; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

uint64_t wfs_little_endian(const uint8_t *bytes, size_t length)
{
    uint64_t value = 0;

    for (size_t i = length; i > 0; i--) {
        value = value << 8 | bytes[i - 1];
    }
    return value;
}
