/*
 * mpeg.c - facts of streams of frames (mpeg.h). An MP3 says how many frames it
 * has in a Xing, Info or VBRI header, or has one bit rate, or is counted; an
 * ADTS stream always has to be walked.
 */
#include "mpeg.h"

#include <string.h>

#include "container_parts.h"

/* So many frames of one bit rate, and all are taken for alike. */
#define ALIKE_FRAMES 100

static double measure_mp3(wfs_window *window, uint64_t at, uint64_t end,
                          const mp3_frame *frame)
{
    double frame_seconds = (double)frame->samples / (double)frame->rate;
    mp3_header header;
    bool is_alike;

    if (mp3_read_header(window, at, frame, &header)) {
        if (header.frames != 0) {
            return (double)header.frames * frame_seconds;
        }
        at += frame->bytes;
    }
    (void)mp3_count_frames(window, at, end, ALIKE_FRAMES, &is_alike);
    if (is_alike) {
        return at < end ? (double)(end - at) * 8 / frame->bits_per_second : 0.0;
    }
    wfs_window_allow_walk(window);
    return (double)mp3_count_frames(window, at, end, UINT64_MAX, &is_alike) *
           frame_seconds;
}

void wfs_mp3_read(wfs_window *window, wfs_container_facts *facts)
{
    uint64_t at = mpeg_skip_id3(window);
    uint64_t end = mpeg_find_id3v1(window);
    mp3_frame frame;

    if (!mp3_find_frame(window, &at, &frame)) {
        return;
    }
    strncpy(facts->codec, "mp3", sizeof facts->codec - 1);
    facts->channels = frame.is_mono ? 1 : 2;
    facts->sample_rate = frame.rate;
    facts->has_duration = end > at;
    facts->duration_seconds =
        end > at ? measure_mp3(window, at, end, &frame) : 0.0;
}

void wfs_aac_read(wfs_window *window, wfs_container_facts *facts)
{
    uint64_t at = mpeg_skip_id3(window);
    uint64_t blocks = 0;
    adts_frame frame;

    wfs_window_allow_walk(window);
    while (adts_read_frame(window, at, &frame) &&
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
