/*
 * flac.c - FLAC (RFC 9639): STREAMINFO, the first metadata block, says it all,
 * but for an encoder that could not go back: then its last frame tells.
 */
#include "flac.h"

#include <string.h>

#include "container_parts.h"

#define BLOCK_HEAD_BYTES 4
#define BLOCKS_MAX 1000
#define FLAG_LAST 0x80

bool flac_read_info(wfs_window *window, flac_info *ret_info)
{
    const uint8_t *info =
        wfs_window_get(window, FLAC_STREAMINFO_AT, FLAC_STREAMINFO_BYTES);
    uint64_t least;
    uint64_t most;
    uint64_t bits;

    if (info == NULL) {
        return false;
    }
    least = wfs_big_endian(info, 2);
    most = wfs_big_endian(info + 2, 2);
    /* 20 bits rate, 3 channels less one, 5 bits per sample, 36 samples */
    bits = wfs_big_endian(info + 10, 8);
    ret_info->block_samples = least == most ? (uint32_t)least : 0;
    ret_info->rate = (uint32_t)(bits >> 44);
    ret_info->channels = (uint32_t)(bits >> 41 & 7) + 1;
    ret_info->samples = bits & 0xfffffffffu;
    return true;
}

uint64_t flac_find_frames(wfs_window *window)
{
    uint64_t at = FLAC_STREAMINFO_AT - BLOCK_HEAD_BYTES;
    bool is_last = false;

    for (int i = 0; i < BLOCKS_MAX && !is_last; i++) {
        const uint8_t *bytes = wfs_window_get(window, at, BLOCK_HEAD_BYTES);

        if (bytes == NULL) {
            return 0;
        }
        is_last = (bytes[0] & FLAG_LAST) != 0;
        at += BLOCK_HEAD_BYTES + wfs_big_endian(bytes + 1, 3);
    }
    return is_last && at <= window->reader->size_bytes ? at : 0;
}

void wfs_flac_read(wfs_window *window, wfs_container_facts *facts)
{
    flac_info info;
    uint64_t end;

    if (!flac_read_info(window, &info)) {
        return;
    }
    strncpy(facts->codec, "flac", sizeof facts->codec - 1);
    facts->sample_rate = info.rate;
    facts->channels = info.channels;
    info.frames_at = info.samples == 0 ? flac_find_frames(window) : 0;
    if (info.frames_at != 0) {
        (void)flac_find_end(window, &info, &end, &info.samples);
    }
    if (info.samples != 0 && info.rate != 0) {
        facts->has_duration = true;
        facts->duration_seconds = (double)info.samples / info.rate;
    }
}
