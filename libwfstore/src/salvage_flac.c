/*
 * salvage_flac.c - a FLAC (RFC 9639) cut behind its last whole frame. Its
 * STREAMINFO is told how many samples there are, and that their MD5 is not
 * known.
 */
#include <string.h>

#include "flac.h"
#include "salvage_parts.h"

#define SAMPLES_AT                                                             \
    (FLAC_STREAMINFO_AT + 13) /* 36 bits: half of this byte on                 \
                               */
#define SAMPLES_BYTES 5
#define MD5_BYTES 16

static void patch_info(wfs_window *window, wfs_salvage *plan, uint64_t samples)
{
    const uint8_t *bytes = wfs_window_get(window, SAMPLES_AT, 1);
    uint8_t patch[SAMPLES_BYTES + MD5_BYTES];

    if (bytes == NULL) {
        return;
    }
    memset(patch, 0, sizeof patch);
    patch[0] = (uint8_t)((bytes[0] & 0xf0) | (samples >> 32 & 15));
    for (size_t i = 1; i < SAMPLES_BYTES; i++) {
        patch[i] = (uint8_t)(samples >> (8 * (SAMPLES_BYTES - 1 - i)));
    }
    wfs_salvage_patch_bytes(window, plan, SAMPLES_AT, patch, sizeof patch);
}

void wfs_flac_salvage(wfs_window *window, wfs_salvage *plan)
{
    flac_info info = {0};
    uint64_t samples;

    if (flac_read_info(window, &info)) {
        info.frames_at = flac_find_frames(window);
    }
    if (info.frames_at == 0) {
        plan->obstacle = "its header is not whole";
    } else if (flac_find_end(window, &info, &plan->kept_bytes, &samples) &&
               samples != info.samples && samples >> 36 == 0) {
        patch_info(window, plan, samples);
    }
}
