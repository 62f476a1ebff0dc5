/*
 * mp4.h - what the parts of the MP4 reader tell each other: boxes, and what is
 * known of the audio track.
 */
#ifndef WFS_MP4_H
#define WFS_MP4_H

#include "reader.h"

typedef struct mp4_box {
    char type[4];
    uint64_t start; /* of its content */
    uint64_t end;
    bool is_open; /* its size says: to the end of the file */
} mp4_box;

/*
 * The box at `at` inside a parent that ends at `end`. False: nothing more to
 * read, or no box. `end` of a box never lies beyond its parent's.
 */
bool mp4_read_box(wfs_window *window, uint64_t at, uint64_t end, mp4_box *box);

/* The first child box of this type. */
bool mp4_find_box(wfs_window *window, const mp4_box *parent, const char *type,
                  mp4_box *ret_box);

/* `duration` and `scale` (units a second) as mdhd says; scale 0: not known.
 * `default_duration`: of a sample, as trex says. */
typedef struct mp4_track {
    uint32_t id;
    uint32_t scale;
    uint64_t duration;
    uint32_t default_duration;
} mp4_track;

/* What the stream descriptor of an mp4a entry says of codec, channels, rate. */
void mp4_read_stream(wfs_window *window, const mp4_box *esds,
                     wfs_container_facts *facts);

/*
 * Where the track ends, in its units, by the fragments of the file (movie
 * fragments: ISO/IEC 14496-12, section 8.8). False: there are none of it.
 */
bool mp4_find_end(wfs_window *window, const mp4_track *track,
                  uint64_t *ret_end);

#endif
