/* ogg_page.c - pages of Ogg (RFC 3533, section 6). */
#include "ogg.h"

#include <string.h>

#define HEADER_BYTES 27
#define SUM_AT 22
#define SUM_BYTES 4

bool ogg_read_page(wfs_window *window, uint64_t at, ogg_page *ret_page)
{
    const uint8_t *bytes = wfs_window_get(window, at, HEADER_BYTES);
    ogg_page page;
    uint64_t length = 0;
    size_t segments;

    if (bytes == NULL || memcmp(bytes, "OggS", 4) != 0 || bytes[4] != 0) {
        return false;
    }
    page.at = at;
    page.flags = bytes[5];
    page.granule = wfs_little_endian(bytes + 6, 8);
    page.serial = (uint32_t)wfs_little_endian(bytes + 14, 4);
    segments = bytes[26];
    bytes = wfs_window_get(window, at + HEADER_BYTES, segments);
    if (bytes == NULL) {
        return false;
    }
    for (size_t i = 0; i < segments; i++) {
        length += bytes[i];
    }
    page.body = at + HEADER_BYTES + segments;
    page.end = page.body + length;
    if (page.end > window->reader->size_bytes) {
        return false;
    }
    *ret_page = page;
    return true;
}

/* Polynomial 0x04c11db7, four bits at a time; the sum's own bytes count as 0.
 */
static uint32_t add_byte(uint32_t sum, uint64_t at, uint8_t byte)
{
    static const uint32_t table[] = {
        0x00000000, 0x04c11db7, 0x09823b6e, 0x0d4326d9, 0x130476dc, 0x17c56b6b,
        0x1a864db2, 0x1e475005, 0x2608edb8, 0x22c9f00f, 0x2f8ad6d6, 0x2b4bcb61,
        0x350c9b64, 0x31cd86d3, 0x3c8ea00a, 0x384fbdbd};
    bool is_sum = at >= SUM_AT && at < SUM_AT + SUM_BYTES;

    sum ^= (uint32_t)(is_sum ? 0 : byte) << 24;
    sum = sum << 4 ^ table[sum >> 28];
    return sum << 4 ^ table[sum >> 28];
}

bool ogg_is_right(wfs_window *window, const ogg_page *page)
{
    uint64_t length = page->end - page->at;
    uint64_t told = 0;
    uint32_t sum = 0;

    for (uint64_t done = 0; done < length;) {
        uint64_t rest = length - done;
        size_t step = rest < WFS_WINDOW_BYTES ? (size_t)rest : WFS_WINDOW_BYTES;
        const uint8_t *bytes = wfs_window_get(window, page->at + done, step);

        if (bytes == NULL) {
            return false;
        }
        if (done == 0) {
            told = wfs_little_endian(bytes + SUM_AT, SUM_BYTES);
        }
        for (size_t i = 0; i < step; i++) {
            sum = add_byte(sum, done + i, bytes[i]);
        }
        done += step;
    }
    return sum == told;
}
