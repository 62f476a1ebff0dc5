/*
 * commit_queue.h - receipts that wait, and writing them in one transaction.
 *
 * One group is written at a time, by whoever finds the queue ready: the
 * committer's thread, or one that hands in a receipt that would share its
 * transaction with nobody.
 */
#ifndef WFS_COMMIT_QUEUE_H
#define WFS_COMMIT_QUEUE_H

#include <pthread.h>

#include "commit.h"

#define WFS_COMMIT_GROUP_MAX 128

/*
 * `is_writing`  somebody writes a group
 * `group`    the `count` tickets that are being answered
 * `specs`    the `receipts` of them that are to be written; `results` alike
 *
 * `mutex` guards what is above it; the rest belongs to whoever writes.
 */
typedef struct wfs_commit_queue {
    wfs_store *store;
    wfs_ticket *first;
    wfs_ticket *last;
    bool is_writing;
    pthread_mutex_t mutex;
    size_t count;
    size_t receipts;
    wfs_ticket *group[WFS_COMMIT_GROUP_MAX];
    wfs_receipt_spec specs[WFS_COMMIT_GROUP_MAX];
    wfs_receipt_result results[WFS_COMMIT_GROUP_MAX];
} wfs_commit_queue;

/* All zero before. */
void wfs_commit_queue_init(wfs_commit_queue *queue, wfs_store *store);

/* Empty, and nobody writes. */
void wfs_commit_queue_release(wfs_commit_queue *queue);

/* The rest is called with the mutex held. */

/* Taken until its commit_done. */
void wfs_commit_queue_append(wfs_commit_queue *queue, wfs_ticket *ticket);

/* Nothing waits and nobody writes. */
bool wfs_commit_queue_is_empty(const wfs_commit_queue *queue);

/* Something waits and nobody writes. */
bool wfs_commit_queue_is_ready(const wfs_commit_queue *queue);

/* Of a queue that is ready: what waits is written, and commit_done called of
 * each. The mutex is not held meanwhile. */
void wfs_commit_queue_write(wfs_commit_queue *queue);

#endif
