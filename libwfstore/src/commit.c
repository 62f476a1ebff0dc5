/*
 * commit.c - the committer: receipts in groups, and background work between.
 */
#include "commit.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "background.h"
#include "catch_up.h"
#include "error.h"
#include "live.h"
#include "observe.h"

#define GROUP_MAX 128
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000

/* Watching goes on for so long after the last slot: the next chunk need not
 * wake the thread. */
#define WATCH_MS 1000

/*
 * `group`    the `count` tickets that are being answered
 * `specs`    the `receipts` of them that are to be written; `results` alike
 *
 * These and `watch_until_ms` belong to the thread alone.
 */
struct wfs_committer {
    wfs_store *store;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    wfs_ticket *first;
    wfs_ticket *last;
    wfs_background background;
    atomic_bool is_watching;
    int64_t watch_until_ms;
    bool is_closing;
    size_t count;
    size_t receipts;
    wfs_ticket *group[GROUP_MAX];
    wfs_receipt_spec specs[GROUP_MAX];
    wfs_receipt_result results[GROUP_MAX];
};

/* What waits, behind what was taken before. With the mutex held. */
static void take_group(wfs_committer *self)
{
    while (self->first != NULL && self->count < GROUP_MAX) {
        wfs_ticket *ticket = self->first;

        self->first = ticket->next;
        self->group[self->count++] = ticket;
        if (!ticket->is_present) {
            self->specs[self->receipts++] = ticket->spec;
        }
    }
    if (self->first == NULL) {
        self->last = NULL;
    }
}

/* The catalogue is held: what came while others held it shares the sync. */
static size_t gather(void *data)
{
    wfs_committer *self = data;

    pthread_mutex_lock(&self->mutex);
    take_group(self);
    pthread_mutex_unlock(&self->mutex);
    return self->receipts;
}

static void write_receipts(wfs_committer *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = WFS_OK;
    uint64_t began_ns;

    if (self->receipts > 0) {
        began_ns = wfs_observe_begin(self->store);
        status = catalogue->api->put_receipts(
            catalogue, gather, self, self->specs, self->results, &error);
        wfs_observe_end(self->store, WFS_EVENT_COMMITTED, began_ns);
    }
    for (size_t i = 0; i < self->receipts && status != WFS_OK; i++) {
        self->results[i] = (wfs_receipt_result){.error = error};
        self->results[i].error.status = status;
    }
}

static void commit_group(wfs_committer *self)
{
    size_t result = 0;

    write_receipts(self);
    for (size_t i = 0; i < self->count; i++) {
        wfs_ticket *ticket = self->group[i];
        bool is_present = ticket->is_present;

        ticket->commit_done(ticket, is_present ? NULL : &self->results[result]);
        result += is_present ? 0 : 1;
    }
}

static void wait_for_work(wfs_committer *self, uint64_t wait_ms)
{
    struct timespec end;

    if (wait_ms == WFS_UNKNOWN) {
        pthread_cond_wait(&self->changed, &self->mutex);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += (time_t)(wait_ms / 1000);
    end.tv_nsec += (long)(wait_ms % 1000) * NS_PER_MS;
    if (end.tv_nsec >= NS_PER_S) {
        end.tv_nsec -= NS_PER_S;
        end.tv_sec++;
    }
    pthread_cond_timedwait(&self->changed, &self->mutex, &end);
}

/* Called and returns with the mutex held. */
static void advance_background(wfs_committer *self, wfs_background_job *job)
{
    bool is_unfinished;

    pthread_mutex_unlock(&self->mutex);
    is_unfinished = wfs_background_advance(self->store, job);
    pthread_mutex_lock(&self->mutex);
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
        pthread_mutex_unlock(&self->mutex);
        wfs_live_look(self->store->live);
        pthread_mutex_lock(&self->mutex);
    }
}

static void work_once(wfs_committer *self)
{
    wfs_background_job *job = NULL;
    uint64_t wait_ms = WFS_UNKNOWN;

    self->count = 0;
    self->receipts = 0;
    take_group(self);
    if (self->count > 0) {
        pthread_mutex_unlock(&self->mutex);
        commit_group(self);
        pthread_mutex_lock(&self->mutex);
    }
    if (!self->is_closing) {
        job =
            wfs_background_take(&self->background, wfs_live_now_ms(), &wait_ms);
    }
    if (job != NULL) {
        advance_background(self, job);
    } else if (self->first == NULL && !self->is_closing) {
        wait_for_work(self, limit_wait(self, wait_ms));
    }
    look(self);
}

static void *run(void *data)
{
    wfs_committer *self = data;

    pthread_mutex_lock(&self->mutex);
    while (!self->is_closing || self->first != NULL) {
        work_once(self);
    }
    pthread_mutex_unlock(&self->mutex);
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
    pthread_mutex_init(&self->mutex, NULL);
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
    pthread_mutex_lock(&committer->mutex);
    committer->is_closing = true;
    pthread_cond_signal(&committer->changed);
    pthread_mutex_unlock(&committer->mutex);
    pthread_join(committer->thread, NULL);
    wfs_background_release(&committer->background);
    pthread_cond_destroy(&committer->changed);
    pthread_mutex_destroy(&committer->mutex);
    free(committer);
}

void wfs_committer_put(wfs_committer *committer, wfs_ticket *ticket)
{
    ticket->next = NULL;
    pthread_mutex_lock(&committer->mutex);
    if (committer->last == NULL) {
        committer->first = ticket;
    } else {
        committer->last->next = ticket;
    }
    committer->last = ticket;
    pthread_cond_signal(&committer->changed);
    pthread_mutex_unlock(&committer->mutex);
}

bool wfs_committer_request_catch_up(wfs_committer *committer,
                                    const wfs_upload_row *row,
                                    wfs_answer *answer)
{
    bool is_taken;

    if (!wfs_catch_up_is_due(committer->store, row)) {
        return false;
    }
    pthread_mutex_lock(&committer->mutex);
    is_taken = wfs_background_put(&committer->background, row, answer);
    pthread_cond_signal(&committer->changed);
    pthread_mutex_unlock(&committer->mutex);
    return is_taken;
}

void wfs_committer_watch(wfs_committer *committer)
{
    if (!atomic_exchange(&committer->is_watching, true)) {
        pthread_mutex_lock(&committer->mutex);
        pthread_cond_signal(&committer->changed);
        pthread_mutex_unlock(&committer->mutex);
    }
}
