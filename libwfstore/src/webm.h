/*
 * webm.h - what the parts of the WebM reader tell each other.
 */
#ifndef WFS_WEBM_H
#define WFS_WEBM_H

#include "ebml.h"

#define WEBM_ELEMENTS_MAX 1000 /* before the first Cluster */

/* The audio track, and what is needed to tell time. All in nanoseconds but
 * `scale`, nanoseconds per tick of the Segment. */
typedef struct webm_track {
    uint64_t number;
    uint64_t codec_delay;
    uint64_t default_duration; /* of a block; 0: not told */
    uint64_t scale;
    bool is_opus;
} webm_track;

/* What stands before the first Cluster, which begins at `clusters`. */
typedef struct webm_head {
    ebml_element segment;
    uint64_t clusters;
    uint64_t cues; /* where SeekHead says that they are, or 0 */
    double duration_ticks;
    bool has_tracks;
    bool has_audio;
    bool has_video;
    webm_track track; /* the first audio track */
} webm_head;

/* Fills `facts` as well. False: this does not begin as a Segment does. */
bool webm_read_head(wfs_window *window, webm_head *ret_head,
                    wfs_container_facts *facts);

/* SeekPosition of `id` in a SeekHead. False: there is none. */
bool webm_find_seek(wfs_window *window, const ebml_element *seek_head,
                    uint32_t id, ebml_element *ret_position);

/* Tracks: the first audio track, and whether there is video. */
void webm_read_tracks(wfs_window *window, const ebml_element *tracks,
                      webm_head *head, wfs_container_facts *facts);

/*
 * When the last block of `track` between `start` (the first Cluster) and `end`
 * is over, as it is heard: less CodecDelay and DiscardPadding. Found from the
 * end of the file. False: no block was found.
 */
bool webm_find_end(wfs_window *window, uint64_t start, uint64_t end,
                   const webm_track *track, double *ret_seconds);

#endif
