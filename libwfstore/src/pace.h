/*
 * pace.h - long work at a chosen speed: told of, slowed, cancelled.
 */
#ifndef WFS_PACE_H
#define WFS_PACE_H

#include "wfstore/types.h"

/*
 * `bytes_per_second`  0: no limit
 * `progress`          NULL: nobody is told
 */
typedef struct wfs_pace {
    uint64_t bytes_per_second;
    wfs_progress progress;
    void *progress_data;
    uint64_t done_bytes;
    uint64_t total_bytes;
    uint64_t paid_bytes; /* read so far: what the limit is about */
    uint64_t begun_ms;
    uint64_t told_ms;
} wfs_pace;

/* The time starts now. */
void wfs_pace_begin(wfs_pace *pace, uint64_t bytes_per_second,
                    wfs_progress progress, void *progress_data,
                    uint64_t total_bytes);

/*
 * `done` bytes of the work are behind, `paid` were read or written for it.
 * Sleeps if that was too fast. WFS_ECANCELED: the caller's caller has enough.
 */
wfs_status wfs_pace_add(wfs_pace *pace, uint64_t done, uint64_t paid,
                        wfs_error *error);

/* Tell how far it is, whenever it was told last. WFS_ECANCELED. */
wfs_status wfs_pace_tell(wfs_pace *pace, wfs_error *error);

#endif
