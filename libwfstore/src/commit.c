/*
 * commit.c - the committer's thread: receipts, and background work between.
 */
#include "commit.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "background.h"
#include "catch_up.h"
#include "commit_queue.h"
#include "error.h"
#include "live.h"

#define NS_PER_MS 1000000
#define NS_PER_S 1000000000

/* Watching goes on for so long after the last slot: the next chunk need not
 * wake the thread. */
#define WATCH_MS 1000

/* `watch_until_ms` belongs to the thread. */
struct wfs_committer {
    wfs_store *store;
    pthread_t thread;
    pthread_cond_t changed;
    wfs_commit_queue queue;
    wfs_background background;
    atomic_bool is_watching;
    int64_t watch_until_ms;
    bool is_closing;
};

static void wait_for_work(wfs_committer *self, uint64_t wait_ms)
{
    struct timespec end;

    if (wait_ms == WFS_UNKNOWN) {
        pthread_cond_wait(&self->changed, &self->queue.mutex);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += (time_t)(wait_ms / 1000);
    end.tv_nsec += (long)(wait_ms % 1000) * NS_PER_MS;
    if (end.tv_nsec >= NS_PER_S) {
        end.tv_nsec -= NS_PER_S;
        end.tv_sec++;
    }
    pthread_cond_timedwait(&self->changed, &self->queue.mutex, &end);
}

/* Called and returns with the mutex held. */
static void advance_background(wfs_committer *self, wfs_background_job *job)
{
    bool is_unfinished;

    pthread_mutex_unlock(&self->queue.mutex);
    is_unfinished = wfs_background_advance(self->store, job);
    pthread_mutex_lock(&self->queue.mutex);
    wfs_background_return(&self->background, is_unfinished);
}

/*
 * How long it may sleep: not long while a slot is held. Whoever claims one
 * after is_watching was cleared wakes it, so the slots are looked at last.
 */
static uint64_t limit_wait(wfs_committer *self, uint64_t wait_ms)
{
    int64_t now_ms = wfs_live_now_ms();

    if (!wfs_live_is_held(self->store->live) && now_ms > self->watch_until_ms) {
        atomic_store(&self->is_watching, false);
        if (!wfs_live_is_held(self->store->live)) {
            return wait_ms;
        }
        atomic_store(&self->is_watching, true);
    }
    return wait_ms < WFS_LIVE_LOOK_MS ? wait_ms : WFS_LIVE_LOOK_MS;
}

static void look(wfs_committer *self)
{
    if (wfs_live_is_held(self->store->live)) {
        self->watch_until_ms = wfs_live_now_ms() + WATCH_MS;
        pthread_mutex_unlock(&self->queue.mutex);
        wfs_live_look(self->store->live);
        pthread_mutex_lock(&self->queue.mutex);
    }
}

/* Who writes a group wakes it if there is more. */
static bool is_idle(const wfs_committer *self)
{
    return !wfs_commit_queue_is_ready(&self->queue) &&
           (!self->is_closing || self->queue.is_writing);
}

static void work_once(wfs_committer *self)
{
    wfs_background_job *job = NULL;
    uint64_t wait_ms = WFS_UNKNOWN;

    if (wfs_commit_queue_is_ready(&self->queue)) {
        wfs_commit_queue_write(&self->queue);
    }
    if (!self->is_closing) {
        job =
            wfs_background_take(&self->background, wfs_live_now_ms(), &wait_ms);
    }
    if (job != NULL) {
        advance_background(self, job);
    } else if (is_idle(self)) {
        wait_for_work(self, limit_wait(self, wait_ms));
    }
    look(self);
}

static void *run(void *data)
{
    wfs_committer *self = data;

    pthread_mutex_lock(&self->queue.mutex);
    while (!self->is_closing || self->queue.first != NULL ||
           self->queue.is_writing) {
        work_once(self);
    }
    pthread_mutex_unlock(&self->queue.mutex);
    wfs_background_release(&self->background);
    return NULL;
}

static int open_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int result = pthread_condattr_init(&attributes);

    if (result == 0) {
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        result = pthread_cond_init(condition, &attributes);
        pthread_condattr_destroy(&attributes);
    }
    return result;
}

wfs_status wfs_committer_open(wfs_store *store, wfs_committer **ret_committer,
                              wfs_error *error)
{
    wfs_committer *self = calloc(1, sizeof(*self));
    int result;

    if (self == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    self->store = store;
    wfs_commit_queue_init(&self->queue, store);
    result = open_condition(&self->changed);
    if (result == 0) {
        result = pthread_create(&self->thread, NULL, run, self);
    }
    if (result != 0) {
        free(self);
        return wfs_error_set(error, WFS_ENOMEM, result, "pthread_create",
                             "the server cannot start a thread");
    }
    *ret_committer = self;
    return WFS_OK;
}

void wfs_committer_close(wfs_committer *committer)
{
    if (committer == NULL) {
        return;
    }
    pthread_mutex_lock(&committer->queue.mutex);
    committer->is_closing = true;
    pthread_cond_signal(&committer->changed);
    pthread_mutex_unlock(&committer->queue.mutex);
    pthread_join(committer->thread, NULL);
    wfs_background_release(&committer->background);
    pthread_cond_destroy(&committer->changed);
    wfs_commit_queue_release(&committer->queue);
    free(committer);
}

void wfs_committer_put(wfs_committer *committer, wfs_ticket *ticket,
                       bool may_write)
{
    bool writes;

    pthread_mutex_lock(&committer->queue.mutex);
    writes = may_write && wfs_commit_queue_is_empty(&committer->queue) &&
             wfs_live_count_held(committer->store->live) <= 1;
    wfs_commit_queue_append(&committer->queue, ticket);
    if (writes) {
        wfs_commit_queue_write(&committer->queue);
    }
    if (committer->queue.first != NULL || committer->is_closing) {
        pthread_cond_signal(&committer->changed);
    }
    pthread_mutex_unlock(&committer->queue.mutex);
}

bool wfs_committer_request_catch_up(wfs_committer *committer,
                                    const wfs_upload_row *row,
                                    wfs_answer *answer)
{
    bool is_taken;

    if (!wfs_catch_up_is_due(committer->store, row)) {
        return false;
    }
    pthread_mutex_lock(&committer->queue.mutex);
    is_taken = wfs_background_put(&committer->background, row, answer);
    pthread_cond_signal(&committer->changed);
    pthread_mutex_unlock(&committer->queue.mutex);
    return is_taken;
}

void wfs_committer_watch(wfs_committer *committer)
{
    if (!atomic_exchange(&committer->is_watching, true)) {
        pthread_mutex_lock(&committer->queue.mutex);
        pthread_cond_signal(&committer->changed);
        pthread_mutex_unlock(&committer->queue.mutex);
    }
}
