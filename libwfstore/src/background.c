/*
 * background.c - which uploads of this process wait to be caught up.
 */
#include "background.h"

#include <stdio.h>
#include <stdlib.h>

#include "catch_up.h"
#include "live.h"

/* Another process holds the digest lock, or others write to the catalogue: look
 * again after this time. */
#define RETRY_MS 100
#define ANSWER_RETRY_MS 2 /* while an answer waits */

struct wfs_background_job {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t row;
    int64_t not_before_ms;
    wfs_catch_up *work; /* NULL: not begun */
    wfs_answer *answers;
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

/* Or NULL. */
static wfs_background_job *find_row(const wfs_background *queue, int64_t row)
{
    wfs_background_job *job = queue->first;

    while (job != NULL && job->row != row) {
        job = job->next;
    }
    return job;
}

/* Or NULL: no memory. */
static wfs_background_job *add_job(wfs_background *queue,
                                   const wfs_upload_row *upload)
{
    wfs_background_job *job = calloc(1, sizeof(*job));

    if (job != NULL) {
        snprintf(job->id, sizeof(job->id), "%s", upload->id);
        job->row = upload->row;
        append(queue, job);
    }
    return job;
}

static void add_answers(wfs_background_job *job, wfs_answer *answers)
{
    wfs_answer **end = &job->answers;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = answers;
    if (answers != NULL) {
        job->not_before_ms = 0;
    }
}

bool wfs_background_put(wfs_background *queue, const wfs_upload_row *upload,
                        wfs_answer *answer)
{
    wfs_background_job *job = find_row(queue, upload->row);

    if (job == NULL) {
        job = add_job(queue, upload);
    }
    if (job == NULL) {
        return false;
    }
    add_answers(job, answer);
    return answer != NULL;
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

/* Nothing is wrong, and what has been digested is kept. */
static bool is_later(wfs_status status)
{
    return status == WFS_EBUSY || status == WFS_ELOCKED;
}

static wfs_status advance(wfs_store *store, wfs_background_job *job,
                          bool *ret_is_done)
{
    wfs_status status = WFS_OK;

    if (job->work == NULL) {
        status = wfs_catch_up_open(store, job->id, job->row, &job->work, NULL);
    }
    if (status == WFS_OK) {
        status = wfs_catch_up_advance(job->work, ret_is_done, NULL);
    }
    return status;
}

bool wfs_background_advance(wfs_store *store, wfs_background_job *job)
{
    bool is_done = false;
    wfs_status status = advance(store, job, &is_done);
    bool is_unfinished = is_later(status) || (status == WFS_OK && !is_done);
    uint64_t chunks = 0;

    if (!is_unfinished) {
        wfs_catch_up_close(job->work);
        job->work = NULL;
        chunks = UINT64_MAX;
    } else if (job->work != NULL) {
        chunks = wfs_catch_up_get_row(job->work)->prefix_chunks;
    }
    wfs_answer_tell(&job->answers, chunks, wfs_live_now_ms());
    if (is_later(status)) {
        job->not_before_ms =
            wfs_live_now_ms() +
            (job->answers != NULL ? ANSWER_RETRY_MS : RETRY_MS);
    }
    return is_unfinished;
}

static void free_job(wfs_background_job *job)
{
    wfs_catch_up_close(job->work);
    free(job);
}

void wfs_background_return(wfs_background *queue, bool is_unfinished)
{
    wfs_background_job *job = queue->current;
    wfs_background_job *other = find_row(queue, job->row);

    queue->current = NULL;
    if (is_unfinished && other == NULL) {
        append(queue, job);
        return;
    }
    if (other != NULL) {
        add_answers(other, job->answers);
    }
    free_job(job);
}

void wfs_background_release(wfs_background *queue)
{
    while (queue->first != NULL) {
        wfs_background_job *job = queue->first;

        take_out(queue, NULL, job);
        wfs_answer_tell(&job->answers, UINT64_MAX, 0);
        free_job(job);
    }
}
