/* mp4_box.c - boxes of ISO/IEC 14496-12: a size, a type, and content. */
#include "mp4.h"

#include <string.h>

bool mp4_read_box(wfs_window *window, uint64_t at, uint64_t end, mp4_box *box)
{
    const uint8_t *bytes = wfs_window_get(window, at, 8);
    uint64_t size;
    uint64_t header = 8;

    if (bytes == NULL || end < 8 || at > end - 8) {
        return false;
    }
    memcpy(box->type, bytes + 4, 4);
    size = wfs_big_endian(bytes, 4);
    box->is_open = size == 0;
    if (size == 1) { /* a 64-bit size follows the type */
        bytes = wfs_window_get(window, at + 8, 8);
        header = 16;
        size = bytes != NULL ? wfs_big_endian(bytes, 8) : 0;
    } else if (size == 0) { /* to the end of the file */
        size = end - at;
    }
    if (size < header || size > end - at) {
        return false;
    }
    box->start = at + header;
    box->end = at + size;
    return true;
}

bool mp4_find_box(wfs_window *window, const mp4_box *parent, const char *type,
                  mp4_box *ret_box)
{
    mp4_box box;

    for (uint64_t at = parent->start;
         mp4_read_box(window, at, parent->end, &box); at = box.end) {
        if (memcmp(box.type, type, 4) == 0) {
            *ret_box = box;
            return true;
        }
    }
    return false;
}
