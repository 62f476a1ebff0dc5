/* reader.c - small reads at any offset of a file, through one window. */
#include "reader.h"

void wfs_window_init(wfs_window *window, const wfs_reader *reader)
{
    window->reader = reader;
    window->status = WFS_OK;
    window->looks_left = WFS_WINDOW_LOOKS_MAX;
    window->offset = 0;
    window->length = 0;
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
