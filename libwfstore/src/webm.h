/*
 * webm.h - what the parts of the WebM reader tell each other.
 */
#ifndef WFS_WEBM_H
#define WFS_WEBM_H

#include "ebml.h"

/* The audio track, and what is needed to tell time. All in nanoseconds but
 * `scale`, nanoseconds per tick of the Segment. */
typedef struct webm_track {
    uint64_t number;
    uint64_t codec_delay;
    uint64_t default_duration; /* of a block; 0: not told */
    uint64_t scale;
    bool is_opus;
} webm_track;

/*
 * When the last block of `track` between `start` (the first Cluster) and `end`
 * is over, as it is heard: less CodecDelay and DiscardPadding. Found from the
 * end of the file. False: no block was found.
 */
bool webm_find_end(wfs_window *window, uint64_t start, uint64_t end,
                   const webm_track *track, double *ret_seconds);

#endif
