/*
 * mpeg.c - streams of frames without a container: MP3 (ISO/IEC 11172-3 and
 * 13818-3) and ADTS (ISO/IEC 14496-3, annex 1.A). Before them an ID3v2 tag may
 * stand (id3.org, "ID3 tag version 2.4.0", section 3.1).
 *
 * An MP3 says how many frames it has in a Xing, Info or VBRI header, or has one
 * bit rate; an ADTS stream has to be walked.
 */
#include <string.h>

#include "container_parts.h"

#define SYNC_SEARCH_BYTES 4096

static uint64_t skip_id3(wfs_window *window)
{
    const uint8_t *bytes = wfs_window_get(window, 0, 10);
    uint64_t size;

    if (bytes == NULL || memcmp(bytes, "ID3", 3) != 0) {
        return 0;
    }
    size = (uint64_t)(bytes[6] & 0x7f) << 21 |
           (uint64_t)(bytes[7] & 0x7f) << 14 |
           (uint64_t)(bytes[8] & 0x7f) << 7 | (bytes[9] & 0x7f);
    return 10 + size + ((bytes[5] & 0x10) != 0 ? 10 : 0);
}

typedef struct mp3_frame {
    bool is_mpeg_1;
    bool is_mono;
    uint32_t rate;
    uint32_t bits_per_second;
    uint32_t samples;
    uint32_t bytes;
} mp3_frame;

static bool read_mp3_frame(wfs_window *window, uint64_t at, mp3_frame *frame)
{
    static const uint16_t kilobits_1[] = {0,   32,  40,  48,  56,  64,  80,  96,
                                          112, 128, 160, 192, 224, 256, 320, 0};
    static const uint16_t kilobits_2[] = {0,  8,  16, 24,  32,  40,  48,  56,
                                          64, 80, 96, 112, 128, 144, 160, 0};
    static const uint16_t rates[] = {44100, 48000, 32000, 0};
    const uint8_t *bytes = wfs_window_get(window, at, 4);
    unsigned version;

    if (bytes == NULL || wfs_type_detect(bytes, 4) != WFS_TYPE_MP3 ||
        bytes[0] != 0xff) {
        return false;
    }
    version = bytes[1] >> 3 & 3; /* 0: 2.5, 2: 2, 3: 1 */
    frame->is_mpeg_1 = version == 3;
    frame->is_mono = bytes[3] >> 6 == 3;
    frame->rate = rates[bytes[2] >> 2 & 3] >> (version == 3   ? 0
                                               : version == 2 ? 1
                                                              : 2);
    frame->samples = frame->is_mpeg_1 ? 1152 : 576;
    frame->bits_per_second =
        1000u * (frame->is_mpeg_1 ? kilobits_1 : kilobits_2)[bytes[2] >> 4];
    frame->bytes = frame->samples / 8 * frame->bits_per_second / frame->rate +
                   (bytes[2] >> 1 & 1);
    return true;
}

/* A frame is one if another follows where it ends, or the file does. */
static bool find_mp3_frame(wfs_window *window, uint64_t *at, mp3_frame *frame)
{
    uint64_t size = window->reader->size_bytes;

    for (uint64_t end = *at + SYNC_SEARCH_BYTES; *at < end; ++*at) {
        mp3_frame next;

        if (read_mp3_frame(window, *at, frame) &&
            (*at + frame->bytes == size ||
             read_mp3_frame(window, *at + frame->bytes, &next))) {
            return true;
        }
    }
    return false;
}

/* The number of frames that the first one tells, 0 if it does not. */
static uint64_t read_frame_count(wfs_window *window, uint64_t at,
                                 const mp3_frame *frame)
{
    uint64_t side = frame->is_mpeg_1 ? (frame->is_mono ? 17 : 32)
                                     : (frame->is_mono ? 9 : 17);
    const uint8_t *bytes = wfs_window_get(window, at + 4 + side, 12);

    if (bytes != NULL &&
        (memcmp(bytes, "Xing", 4) == 0 || memcmp(bytes, "Info", 4) == 0)) {
        return (bytes[7] & 1) != 0 ? wfs_big_endian(bytes + 8, 4) : 0;
    }
    bytes = wfs_window_get(window, at + 4 + 32, 18);
    if (bytes != NULL && memcmp(bytes, "VBRI", 4) == 0) {
        return wfs_big_endian(bytes + 14, 4);
    }
    return 0;
}

static uint64_t find_id3v1(wfs_window *window)
{
    uint64_t size = window->reader->size_bytes;
    const uint8_t *bytes =
        size >= 128 ? wfs_window_get(window, size - 128, 3) : NULL;

    return bytes != NULL && memcmp(bytes, "TAG", 3) == 0 ? size - 128 : size;
}

void wfs_mp3_read(wfs_window *window, wfs_container_facts *facts)
{
    uint64_t at = skip_id3(window);
    uint64_t end = find_id3v1(window);
    uint64_t frames;
    mp3_frame frame;

    if (!find_mp3_frame(window, &at, &frame)) {
        return;
    }
    strncpy(facts->codec, "mp3", sizeof facts->codec - 1);
    facts->channels = frame.is_mono ? 1 : 2;
    facts->sample_rate = frame.rate;
    frames = read_frame_count(window, at, &frame);
    facts->has_duration = end > at;
    if (frames != 0) {
        facts->duration_seconds =
            (double)frames * frame.samples / (double)frame.rate;
    } else if (end > at) {
        facts->duration_seconds =
            (double)(end - at) * 8 / (double)frame.bits_per_second;
    }
}

typedef struct adts_frame {
    uint32_t rate;
    uint32_t channels;
    uint32_t bytes;
    uint32_t blocks; /* of 1024 samples */
} adts_frame;

static bool read_adts_frame(wfs_window *window, uint64_t at, adts_frame *frame)
{
    static const uint32_t rates[] = {96000, 88200, 64000, 48000, 44100, 32000,
                                     24000, 22050, 16000, 12000, 11025, 8000,
                                     7350,  0,     0,     0};
    const uint8_t *bytes = wfs_window_get(window, at, 7);

    if (bytes == NULL || bytes[0] != 0xff || (bytes[1] & 0xf6) != 0xf0) {
        return false;
    }
    frame->rate = rates[bytes[2] >> 2 & 15];
    frame->channels = (bytes[2] & 1u) << 2 | bytes[3] >> 6;
    frame->bytes =
        (bytes[3] & 3u) << 11 | (unsigned)bytes[4] << 3 | bytes[5] >> 5;
    frame->blocks = (bytes[6] & 3u) + 1;
    return frame->rate != 0 && frame->bytes >= 7;
}

void wfs_aac_read(wfs_window *window, wfs_container_facts *facts)
{
    uint64_t at = skip_id3(window);
    uint64_t blocks = 0;
    adts_frame frame;

    while (read_adts_frame(window, at, &frame) &&
           at + frame.bytes <= window->reader->size_bytes) {
        facts->sample_rate = frame.rate;
        facts->channels = frame.channels == 7 ? 8 : frame.channels;
        blocks += frame.blocks;
        at += frame.bytes;
    }
    if (blocks == 0) {
        return;
    }
    strncpy(facts->codec, "aac", sizeof facts->codec - 1);
    facts->has_duration = window->looks_left > 0;
    facts->duration_seconds =
        facts->has_duration ? (double)blocks * 1024 / facts->sample_rate : 0.0;
}
