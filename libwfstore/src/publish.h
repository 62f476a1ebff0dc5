/*
 * publish.h - metadata.json: the list of recordings as a file.
 *
 * A published view for people, scripts, backups and rebuilding; nothing here
 * reads it back. It is written anew as a whole and put in place by a rename,
 * so it is valid at any moment, and it shows one state of the catalogue or a
 * later one:
 *
 *     {"recordings":[
 *     {…},
 *     {…}
 *     ]}
 *
 * one recording per line in order of completion. Publishers of all processes
 * take turns by a lock; one that finds the wanted generation published already
 * has nothing to do, so one run satisfies everybody who waits. What was
 * published, and how long it took, is kept in .wfstore/published.
 */
#ifndef WFS_PUBLISH_H
#define WFS_PUBLISH_H

#include "catalogue.h"

#define WFS_PUBLISHED_NAME "metadata.json"

typedef struct wfs_publisher wfs_publisher;

/*
 * `catalogue`           borrowed until close
 * `root_dir`, `meta_dir` descriptors of the store and of .wfstore/, borrowed
 *                       until close
 */
wfs_status wfs_publisher_open(wfs_catalogue *catalogue, int root_dir,
                              int meta_dir, wfs_publisher **ret_publisher,
                              wfs_error *error);

/* Accepts NULL. */
void wfs_publisher_close(wfs_publisher *publisher);

/*
 * After a change to the recordings: it is published when this returns, if the
 * last run took less than 50 ms; else tending does it. A failure is not the
 * caller's: it is told by wfs_publisher_get_state and tried again by tending.
 */
void wfs_publisher_request(wfs_publisher *publisher);

/*
 * Publish what lags, if its time has come: at most 2 s behind, or 20 times
 * the processor time of a run, or twice the time of one that the disk delays.
 *
 * `ret_next_ms`  when to call again, from now
 */
wfs_status wfs_publisher_tend(wfs_publisher *publisher, uint64_t *ret_next_ms,
                              wfs_error *error);

/* Publish what lags, now. */
wfs_status wfs_publisher_publish(wfs_publisher *publisher, wfs_error *error);

/* Whether `generation` is what metadata.json shows; whether the last run of
 * any process failed. */
void wfs_publisher_get_state(wfs_publisher *publisher, uint64_t generation,
                             bool *ret_is_published, bool *ret_has_failed);

#endif
