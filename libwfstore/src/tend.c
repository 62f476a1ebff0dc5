/*
 * tend.c - what is due in the background, one process at a time.
 *
 * In order: what a crash left between the steps of completing and deleting,
 * receipts of another boot, chunks out of order, what is old enough to go,
 * files that belong to nobody, metadata.json, the catalogue itself. Each step
 * is short; the budget is looked at between them.
 */
#include "tend.h"

#include "catch_up.h"
#include "error.h"
#include "file.h"
#include "publish.h"

#include <time.h>

/* Nothing is urgent: what a crash left was found when the store was opened. */
#define NEXT_MS 10000
#define NEXT_SOON_MS 50
#define CHECK_MS 250

static int64_t get_monotonic_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool wfs_tend_is_over(const wfs_tending *self)
{
    return atomic_load(&self->store->is_quitting) ||
           get_monotonic_ms() >= self->end_ms;
}

static wfs_status repair(wfs_store *store, const wfs_repair *found)
{
    wfs_blob_owner owner = {found->id, found->part};
    wfs_status status = WFS_OK;

    if (found->kind == WFS_REPAIR_RENAME) {
        return wfs_store_finish_recording(store, found->id, found->part,
                                          found->filename, NULL);
    }
    if (found->part != 0) {
        status =
            store->blobs->api->remove_upload(store->blobs, owner, true, NULL);
    }
    if (status == WFS_OK) {
        status = store->blobs->api->remove_recording(store->blobs, owner,
                                                     found->filename, NULL);
    }
    if (status == WFS_OK) {
        status = store->catalogue->api->finish_unlink(store->catalogue,
                                                      found->id, NULL);
    }
    return status;
}

/* One that fails is left for the next time. */
static wfs_status repair_all(wfs_tending *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_repair found = {.kind = WFS_REPAIR_NONE};
    wfs_repair failed;
    bool has_failed = false;

    while (!wfs_tend_is_over(self)) {
        wfs_status status = catalogue->api->next_repair(
            catalogue, has_failed ? &failed : NULL, &found, error);

        if (status != WFS_OK || found.kind == WFS_REPAIR_NONE) {
            return status;
        }
        if (repair(self->store, &found) != WFS_OK) {
            failed = found;
            has_failed = true;
        }
    }
    self->is_unfinished = true;
    return WFS_OK;
}

/* A look that found no time is given the more the next time. */
static bool is_check_over(void *data)
{
    const wfs_tending *self = data;
    const wfs_store *store = self->store;

    return atomic_load(&store->is_quitting) ||
           get_monotonic_ms() >= self->end_ms + store->check_ms;
}

static wfs_status check(wfs_tending *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    bool is_done = false;
    wfs_status status = WFS_OK;

    while (status == WFS_OK && !is_done && !wfs_tend_is_over(self)) {
        status = catalogue->api->check(catalogue, is_check_over, self, &is_done,
                                       error);
    }
    if (status == WFS_OK && !is_done) {
        self->is_unfinished = true;
        self->store->check_ms = self->store->check_ms * 2 + CHECK_MS;
    }
    return status;
}

static wfs_status watch_clock(wfs_tending *self, wfs_error *error)
{
    return self->store->catalogue->api->watch_clock(
        self->store->catalogue, &self->is_clock_believed, error);
}

static wfs_status run_steps(wfs_tending *self, wfs_error *error)
{
    wfs_status status = repair_all(self, error);

    if (status == WFS_OK) {
        status = watch_clock(self, error);
    }

    if (status == WFS_OK && !wfs_tend_is_over(self)) {
        status = wfs_tend_prove(self, error);
    }
    if (status == WFS_OK && !wfs_tend_is_over(self)) {
        status = wfs_tend_uploads(self, error);
    }
    if (status == WFS_OK && !wfs_tend_is_over(self)) {
        status = wfs_tend_retention(self, error);
    }
    if (status == WFS_OK && !wfs_tend_is_over(self)) {
        status = wfs_tend_leftovers(self, error);
    }
    if (status == WFS_OK && !wfs_tend_is_over(self)) {
        status = check(self, error);
    }
    if (status == WFS_OK) {
        status =
            self->store->catalogue->api->tend(self->store->catalogue, error);
    }
    return status;
}

static uint64_t get_next_ms(const wfs_tending *self, uint64_t publish_ms)
{
    uint64_t next_ms = self->is_unfinished ? NEXT_SOON_MS : NEXT_MS;

    return publish_ms < next_ms ? publish_ms : next_ms;
}

wfs_status wfs_store_tend(wfs_store *store, uint64_t budget_ms,
                          uint64_t *ret_next_ms, wfs_error *error)
{
    wfs_tending self = {.store = store,
                        .end_ms = get_monotonic_ms() + (int64_t)budget_ms};
    wfs_error local = WFS_ERROR_INIT;
    uint64_t publish_ms = WFS_UNKNOWN;
    int lock = -1;
    wfs_status status = wfs_file_open(store->meta_dir, WFS_STORE_LOCK_FILE,
                                      WFS_FILE_CREATE, &lock, &local);

    if (status == WFS_OK) {
        status = wfs_file_lock(lock, WFS_STORE_LOCK_TEND, 1, &local);
    }
    if (status == WFS_OK) {
        status = run_steps(&self, &local);
        wfs_publisher_tend(store->publisher, &publish_ms, NULL);
    }
    wfs_file_close(lock);
    if (status == WFS_OK || status == WFS_EBUSY) {
        *ret_next_ms = get_next_ms(&self, publish_ms);
        return WFS_OK;
    }
    if (error != NULL) {
        *error = local;
    }
    return status;
}

void wfs_store_quit(wfs_store *store)
{
    atomic_store(&store->is_quitting, true);
}
