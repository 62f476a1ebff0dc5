/*
 * mpeg.h - frames of streams without a container: MP3 (ISO/IEC 11172-3 and
 * 13818-3) and ADTS (ISO/IEC 14496-3, annex 1.A).
 */
#ifndef WFS_MPEG_H
#define WFS_MPEG_H

#include "reader.h"

typedef struct mp3_frame {
    bool is_mpeg_1;
    bool is_mono;
    uint32_t rate;
    uint32_t bits_per_second;
    uint32_t samples;
    uint32_t bytes;
} mp3_frame;

bool mp3_read_frame(wfs_window *window, uint64_t at, mp3_frame *ret_frame);

/* The first frame from `*at` on that another follows, or the end. */
bool mp3_find_frame(wfs_window *window, uint64_t *at, mp3_frame *ret_frame);

/*
 * The header of a file, in its first frame, which then has no sound of its own.
 * Places are 0, and `frames` is, where it does not tell. The bytes are those
 * from that frame on.
 */
typedef struct mp3_header {
    uint64_t frames_at; /* 4 bytes, big endian */
    uint64_t bytes_at;
    uint64_t frames; /* that follow it */
} mp3_header;

/* `frame`, which begins at `at`, has a Xing, Info or VBRI header, all of it
 * within the frame. */
bool mp3_read_header(wfs_window *window, uint64_t at, const mp3_frame *frame,
                     mp3_header *ret_header);

/*
 * Frames from `at` to `end`, at most `most`. What is no frame in between is
 * skipped. `ret_is_alike`: all have the same bit rate.
 */
uint64_t mp3_count_frames(wfs_window *window, uint64_t at, uint64_t end,
                          uint64_t most, bool *ret_is_alike);

typedef struct adts_frame {
    uint32_t rate;
    uint32_t channels;
    uint32_t bytes;
    uint32_t blocks; /* of 1024 samples */
} adts_frame;

bool adts_read_frame(wfs_window *window, uint64_t at, adts_frame *ret_frame);

/* The bytes of an ID3v2 tag at the start of the file, or 0. */
uint64_t mpeg_skip_id3(wfs_window *window);

/* Where an ID3v1 tag at the end begins, or the end. */
uint64_t mpeg_find_id3v1(wfs_window *window);

#endif
