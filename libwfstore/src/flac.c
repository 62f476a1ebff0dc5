/*
 * flac.c - FLAC (RFC 9639): STREAMINFO, the first metadata block, says it all.
 */
#include <string.h>

#include "container_parts.h"

#define STREAMINFO_AT 8
#define STREAMINFO_BYTES 34

void wfs_flac_read(wfs_window *window, wfs_container_facts *facts)
{
    const uint8_t *info =
        wfs_window_get(window, STREAMINFO_AT, STREAMINFO_BYTES);
    uint64_t bits;
    uint64_t samples;

    if (info == NULL) {
        return;
    }
    /* 20 bits rate, 3 channels less one, 5 bits per sample, 36 samples */
    bits = wfs_big_endian(info + 10, 8);
    strncpy(facts->codec, "flac", sizeof facts->codec - 1);
    facts->sample_rate = (uint32_t)(bits >> 44);
    facts->channels = (uint32_t)(bits >> 41 & 7) + 1;
    samples = bits & 0xfffffffffu;
    if (samples != 0 && facts->sample_rate != 0) {
        facts->has_duration = true;
        facts->duration_seconds = (double)samples / facts->sample_rate;
    }
}
