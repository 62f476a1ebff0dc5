/*
 * mp4_esds.c - the elementary stream descriptor of an mp4a sample entry
 * (ISO/IEC 14496-1, section 7.2.6): descriptors in descriptors, the innermost
 * of which is the AudioSpecificConfig (ISO/IEC 14496-3, section 1.6.2.1), which
 * knows channels and rate where the sample entry has a template's values.
 */
#include "mp4.h"

#include <string.h>

#define TAG_STREAM 0x03
#define TAG_DECODER 0x04
#define TAG_SPECIFIC 0x05

#define OBJECT_MPEG_2_AUDIO 0x69
#define OBJECT_MPEG_1_AUDIO 0x6b

typedef struct descriptor {
    uint8_t tag;
    uint64_t start;
    uint64_t end;
} descriptor;

/* A tag, and a size of seven bits a byte, at most four. */
static bool read_descriptor(wfs_window *window, uint64_t at, uint64_t end,
                            descriptor *found)
{
    uint64_t size = 0;
    const uint8_t *bytes = wfs_window_get(window, at, 1);

    if (bytes == NULL) {
        return false;
    }
    found->tag = bytes[0];
    for (int i = 0; i < 4; i++) {
        bytes = wfs_window_get(window, ++at, 1);
        if (bytes == NULL) {
            return false;
        }
        size = size << 7 | (bytes[0] & 0x7f);
        if ((bytes[0] & 0x80) == 0) {
            break;
        }
    }
    found->start = at + 1;
    found->end = found->start + size;
    return found->end <= end;
}

static bool find_descriptor(wfs_window *window, uint64_t at, uint64_t end,
                            uint8_t tag, descriptor *found)
{
    while (at < end && read_descriptor(window, at, end, found)) {
        if (found->tag == tag) {
            return true;
        }
        at = found->end;
    }
    return false;
}

/* ES_ID, then flags that tell which optional fields follow. */
static uint64_t skip_stream_fields(wfs_window *window, uint64_t at)
{
    const uint8_t *bytes = wfs_window_get(window, at, 4);

    if (bytes == NULL) {
        return UINT64_MAX;
    }
    return at + 3 + ((bytes[2] & 0x80) != 0 ? 2 : 0) +
           ((bytes[2] & 0x40) != 0 ? 1u + bytes[3] : 0) +
           ((bytes[2] & 0x20) != 0 ? 2 : 0);
}

static void read_config(wfs_window *window, const descriptor *config,
                        wfs_container_facts *facts)
{
    static const uint32_t rates[] = {96000, 88200, 64000, 48000, 44100,
                                     32000, 24000, 22050, 16000, 12000,
                                     11025, 8000,  7350};
    const uint8_t *bytes = wfs_window_get(window, config->start, 2);
    uint64_t bits;
    unsigned rate;
    unsigned channels;

    if (bytes == NULL || config->end - config->start < 2) {
        return;
    }
    bits = wfs_big_endian(bytes, 2); /* 5 type, 4 rate, 4 channels */
    rate = bits >> 7 & 15;
    channels = bits >> 3 & 15;
    if (bits >> 11 == 31 || rate >= sizeof rates / sizeof rates[0]) {
        return; /* escapes: the sample entry has to do */
    }
    facts->sample_rate = rates[rate];
    if (channels != 0) {
        facts->channels = channels == 7 ? 8 : channels;
    }
}

void mp4_read_stream(wfs_window *window, const mp4_box *esds,
                     wfs_container_facts *facts)
{
    descriptor stream;
    descriptor decoder;
    descriptor config;
    const uint8_t *object;

    if (!find_descriptor(window, esds->start + 4, esds->end, TAG_STREAM,
                         &stream) ||
        !find_descriptor(window, skip_stream_fields(window, stream.start),
                         stream.end, TAG_DECODER, &decoder)) {
        return;
    }
    object = wfs_window_get(window, decoder.start, 1);
    if (object != NULL && (object[0] == OBJECT_MPEG_1_AUDIO ||
                           object[0] == OBJECT_MPEG_2_AUDIO)) {
        memcpy(facts->codec, "mp3", sizeof "mp3");
    } else if (find_descriptor(window, decoder.start + 13, decoder.end,
                               TAG_SPECIFIC, &config)) {
        read_config(window, &config, facts);
    }
}
