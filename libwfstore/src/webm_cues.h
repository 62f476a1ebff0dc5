/*
 * webm_cues.h - Cues of a WebM (RFC 9559, section 5.1.5): where its Clusters
 * are, five seconds apart. A list of bounded size: once it is full every second
 * point goes, and from then on points are twice as far from each other.
 */
#ifndef WFS_WEBM_CUES_H
#define WFS_WEBM_CUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct webm_cue {
    uint64_t ticks;
    uint64_t position; /* of the Cluster, from the start of the Segment */
} webm_cue;

typedef struct webm_cues {
    webm_cue *points; /* new; NULL: closed */
    size_t count;
    uint64_t gap_ticks;
} webm_cues;

/* `scale` nanoseconds are a tick. False: out of memory. */
bool webm_cues_open(webm_cues *cues, uint64_t scale);
void webm_cues_close(webm_cues *cues);

/* A Cluster; those too close to the last point are left out. */
void webm_cues_add(webm_cues *cues, uint64_t ticks, uint64_t position);

/* The element; new, NULL: out of memory. */
uint8_t *webm_cues_encode(const webm_cues *cues, uint64_t track,
                          size_t *ret_length);

#endif
