/*
 * background.h - which uploads of this process wait to be caught up.
 *
 * A queue of rows, each at most once, for the committer's thread alone to
 * work off; others only put rows in. Not thread-safe by itself: the
 * committer's mutex guards put, take and is_due.
 */
#ifndef WFS_BACKGROUND_H
#define WFS_BACKGROUND_H

#include "answer.h"

typedef struct wfs_background_job wfs_background_job;

/* `current`: the one that is taken. */
typedef struct wfs_background {
    wfs_background_job *first;
    wfs_background_job *last;
    wfs_background_job *current;
} wfs_background;

/*
 * Forgets it when there is no memory. `answer` (or NULL) waits for it, and is
 * taken if true is returned.
 */
bool wfs_background_put(wfs_background *queue, const wfs_upload_row *upload,
                        wfs_answer *answer);

/*
 * Take the first job that may be tried at `now_ms` (wfs_live_now_ms), or NULL;
 * `ret_wait_ms` is then the time until the next one may, WFS_UNKNOWN if there
 * is none.
 */
wfs_background_job *wfs_background_take(wfs_background *queue, int64_t now_ms,
                                        uint64_t *ret_wait_ms);

/* One slice of it, and answers that have waited for it; the mutex is not held.
 * True: it is to be put back. */
bool wfs_background_advance(wfs_store *store, wfs_background_job *job);

/* The taken job is put back or ends. */
void wfs_background_return(wfs_background *queue, bool is_unfinished);

/* Gives all answers that wait. */
void wfs_background_release(wfs_background *queue);

#endif
