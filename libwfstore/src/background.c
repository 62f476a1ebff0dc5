/*
 * background.c - which uploads of this process wait to be caught up.
 */
#include "background.h"

#include <stdio.h>
#include <stdlib.h>

#include "catch_up.h"

/* Another process holds the digest lock: look again after this time. */
#define RETRY_MS 100

struct wfs_background_job {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t row;
    int64_t not_before_ms;
    wfs_catch_up *work; /* NULL: not begun */
    wfs_background_job *next;
};

static void append(wfs_background *queue, wfs_background_job *job)
{
    job->next = NULL;
    if (queue->last == NULL) {
        queue->first = job;
    } else {
        queue->last->next = job;
    }
    queue->last = job;
}

static void take_out(wfs_background *queue, wfs_background_job *before,
                     wfs_background_job *job)
{
    if (before == NULL) {
        queue->first = job->next;
    } else {
        before->next = job->next;
    }
    if (queue->last == job) {
        queue->last = before;
    }
    job->next = NULL;
}

static bool has_row(const wfs_background *queue, int64_t row)
{
    const wfs_background_job *job = queue->first;

    while (job != NULL && job->row != row) {
        job = job->next;
    }
    return job != NULL;
}

void wfs_background_put(wfs_background *queue, const wfs_upload_row *upload)
{
    wfs_background_job *job;

    if (has_row(queue, upload->row)) {
        return;
    }
    job = calloc(1, sizeof(*job));
    if (job == NULL) {
        return;
    }
    snprintf(job->id, sizeof(job->id), "%s", upload->id);
    job->row = upload->row;
    append(queue, job);
}

wfs_background_job *wfs_background_take(wfs_background *queue, int64_t now_ms,
                                        uint64_t *ret_wait_ms)
{
    wfs_background_job *before = NULL;

    *ret_wait_ms = WFS_UNKNOWN;
    for (wfs_background_job *job = queue->first; job != NULL; job = job->next) {
        uint64_t wait_ms;

        if (job->not_before_ms <= now_ms) {
            take_out(queue, before, job);
            queue->current = job;
            return job;
        }
        wait_ms = (uint64_t)(job->not_before_ms - now_ms);
        *ret_wait_ms = wait_ms < *ret_wait_ms ? wait_ms : *ret_wait_ms;
        before = job;
    }
    return NULL;
}

bool wfs_background_advance(wfs_store *store, wfs_background_job *job)
{
    wfs_status status = WFS_OK;
    bool is_done = false;

    if (job->work == NULL) {
        status = wfs_catch_up_open(store, job->id, job->row, &job->work, NULL);
        if (status == WFS_EBUSY) {
            job->not_before_ms = wfs_now_ms() + RETRY_MS;
            return true;
        }
    }
    if (status == WFS_OK) {
        status = wfs_catch_up_advance(job->work, &is_done, NULL);
    }
    return status == WFS_OK && !is_done;
}

static void free_job(wfs_background_job *job)
{
    wfs_catch_up_close(job->work);
    free(job);
}

void wfs_background_return(wfs_background *queue, bool is_unfinished)
{
    wfs_background_job *job = queue->current;

    queue->current = NULL;
    if (is_unfinished && !has_row(queue, job->row)) {
        append(queue, job);
    } else {
        free_job(job);
    }
}

void wfs_background_release(wfs_background *queue)
{
    while (queue->first != NULL) {
        wfs_background_job *job = queue->first;

        take_out(queue, NULL, job);
        free_job(job);
    }
}
