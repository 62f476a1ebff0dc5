/*
 * salvage_mpeg.c - MP3 and ADTS cut behind their last whole frame, which is
 * looked for from the end: a frame like the first, behind which the file ends
 * or another begins.
 */
#include <string.h>

#include "mpeg.h"
#include "salvage_parts.h"

#define MP3_FRAME_MAX_BYTES                                                    \
    UINT64_C(1729) /* 320 kbit/s at 32 kHz, padded, is 1441 */
#define MP3_HEAD_BYTES 4
#define ADTS_FRAME_MAX_BYTES UINT64_C(8191)
#define ADTS_HEAD_BYTES 7

static bool is_sync(const void *data, const uint8_t *bytes)
{
    (void)data;
    return bytes[0] == 0xff && (bytes[1] & 0xe0) == 0xe0;
}

static bool read_like(wfs_window *window, uint64_t at, const mp3_frame *first,
                      mp3_frame *ret_frame)
{
    return mp3_read_frame(window, at, ret_frame) &&
           ret_frame->rate == first->rate &&
           ret_frame->is_mpeg_1 == first->is_mpeg_1;
}

/* Where the last whole frame ends that begins behind `least`, or 0. */
static uint64_t find_mp3_end(wfs_window *window, const mp3_frame *first,
                             uint64_t least, uint64_t end)
{
    uint64_t at = end;
    mp3_frame frame;
    mp3_frame next;

    if (end - least > 3 * MP3_FRAME_MAX_BYTES) {
        least = end - 3 * MP3_FRAME_MAX_BYTES;
    }
    while (
        wfs_window_find_match_before(window, is_sync, NULL, least, at, &at)) {
        uint64_t behind;

        if (!read_like(window, at, first, &frame)) {
            continue;
        }
        behind = at + frame.bytes;
        if (behind <= end && (end - behind < MP3_HEAD_BYTES ||
                              read_like(window, behind, first, &next))) {
            return behind;
        }
    }
    return 0;
}

/* Encoders count one more or less; what is cut is more than that. */
static void patch_header(wfs_window *window, wfs_salvage *plan, uint64_t at,
                         const mp3_frame *frame, uint64_t end)
{
    mp3_header header;
    uint64_t count;
    bool is_alike;

    if (!mp3_read_header(window, at, frame, &header)) {
        return;
    }
    count =
        mp3_count_frames(window, at + frame->bytes, end, UINT64_MAX, &is_alike);
    if (count + 1 >= header.frames && count <= header.frames + 1) {
        return;
    }
    if (header.frames_at != 0) {
        wfs_salvage_patch_big_endian(window, plan, header.frames_at, count, 4);
    }
    if (header.bytes_at != 0) {
        wfs_salvage_patch_big_endian(window, plan, header.bytes_at, end - at,
                                     4);
    }
}

void wfs_mp3_salvage(wfs_window *window, wfs_salvage *plan)
{
    uint64_t size = window->reader->size_bytes;
    uint64_t at = mpeg_skip_id3(window);
    uint64_t tag = mpeg_find_id3v1(window);
    uint64_t end;
    mp3_frame frame;

    if (!mp3_find_frame(window, &at, &frame)) {
        return;
    }
    end = tag > at ? find_mp3_end(window, &frame, at, tag) : 0;
    if (end != 0) {
        plan->kept_bytes = end == tag ? size : end;
        patch_header(window, plan, at, &frame, end);
    }
}

static bool read_adts_like(wfs_window *window, uint64_t at,
                           const adts_frame *first, adts_frame *ret_frame)
{
    return adts_read_frame(window, at, ret_frame) &&
           ret_frame->rate == first->rate &&
           ret_frame->channels == first->channels;
}

static uint64_t find_adts_end(wfs_window *window, const adts_frame *first,
                              uint64_t least)
{
    uint64_t end = window->reader->size_bytes;
    uint64_t at = end;
    adts_frame frame;
    adts_frame next;

    if (end - least > 3 * ADTS_FRAME_MAX_BYTES) {
        least = end - 3 * ADTS_FRAME_MAX_BYTES;
    }
    while (
        wfs_window_find_match_before(window, is_sync, NULL, least, at, &at)) {
        uint64_t behind;

        if (!read_adts_like(window, at, first, &frame)) {
            continue;
        }
        behind = at + frame.bytes;
        if (behind <= end && (end - behind < ADTS_HEAD_BYTES ||
                              read_adts_like(window, behind, first, &next))) {
            return behind;
        }
    }
    return 0;
}

void wfs_aac_salvage(wfs_window *window, wfs_salvage *plan)
{
    uint64_t at = mpeg_skip_id3(window);
    adts_frame frame;

    if (adts_read_frame(window, at, &frame)) {
        plan->kept_bytes = find_adts_end(window, &frame, at);
    }
}
