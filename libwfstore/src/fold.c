/*
 * fold.c - names without regard to case, to sort and to find them.
 */
#include "fold.h"

#include <string.h>

#include "fold_table.h"

static uint32_t fold_character(uint32_t c)
{
    size_t low = 0;
    size_t high = wfs_fold_run_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const wfs_fold_run *run = &wfs_fold_runs[middle];

        if (c > run->last) {
            low = middle + 1;
        } else if (c < run->first) {
            high = middle;
        } else if ((c - run->first) % run->step == 0) {
            return (uint32_t)((int64_t)c + run->delta);
        } else {
            return c;
        }
    }
    return c;
}

/* The bytes of the character that `lead` begins; 1 for what begins none. */
static size_t get_length(uint8_t lead)
{
    if (lead >= 0xf0) {
        return 4;
    }
    if (lead >= 0xe0) {
        return 3;
    }
    return lead >= 0xc0 ? 2 : 1;
}

static uint32_t decode(const uint8_t *bytes, size_t length)
{
    static const uint8_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = bytes[0] & masks[length];

    for (size_t i = 1; i < length; i++) {
        c = c << 6 | (bytes[i] & 0x3fu);
    }
    return c;
}

static size_t encode(uint32_t c, uint8_t bytes[4])
{
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = length - 1; i > 0; i--) {
        bytes[i] = (uint8_t)(0x80 | (c & 0x3f));
        c >>= 6;
    }
    bytes[0] = (uint8_t)(leads[length] | c);
    return length;
}

void wfs_fold(const char *name, char ret_folded[WFS_FOLDED_BYTES])
{
    const uint8_t *at = (const uint8_t *)name;
    size_t left = strlen(name);
    size_t used = 0;

    while (left > 0) {
        size_t length = get_length(*at);
        uint8_t bytes[4];
        size_t folded;

        if (length > left) {
            break;
        }
        folded = encode(fold_character(decode(at, length)), bytes);
        if (used + folded >= WFS_FOLDED_BYTES) {
            break;
        }
        memcpy(ret_folded + used, bytes, folded);
        used += folded;
        at += length;
        left -= length;
    }
    ret_folded[used] = '\0';
}
