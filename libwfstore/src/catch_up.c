/*
 * catch_up.c - a job that absorbs and digests, slice by slice.
 */
#include "catch_up_internal.h"

#include <stdlib.h>

#include "error.h"

static bool is_absorb_due(const wfs_upload_row *upload)
{
    return upload->chunk_size == WFS_UNKNOWN &&
           upload->contiguous_chunks > upload->placed_chunks;
}

bool wfs_catch_up_is_due(const wfs_store *store, const wfs_upload_row *upload)
{
    return is_absorb_due(upload) ||
           wfs_catch_up_is_digest_due(store, upload, upload->prefix_chunks);
}

static wfs_status open_locked(wfs_catch_up *job, const char *id,
                              wfs_error *error)
{
    wfs_blobs *blobs = job->store->blobs;
    wfs_blob_owner owner = {id, job->upload.row};
    wfs_status status =
        blobs->api->open_part(blobs, owner, &job->part, NULL, error);

    if (status == WFS_OK) {
        status = blobs->api->lock(job->part, WFS_LOCK_DIGEST, 1, error);
    }
    if (status == WFS_OK) {
        wfs_live_claim(job->store->live, &job->live, owner.row,
                       WFS_LIVE_CATCH_UP);
        status = wfs_catch_up_refresh(job, error);
    }
    return status;
}

/* New; NULL: no memory. */
static wfs_catch_up *make_job(wfs_store *store, wfs_error *error)
{
    wfs_catch_up *job = calloc(1, sizeof(*job));

    if (job == NULL) {
        wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                      "the server is out of memory");
        return NULL;
    }
    job->store = store;
    return job;
}

wfs_status wfs_catch_up_open(wfs_store *store, const char *id, int64_t row,
                             wfs_catch_up **ret_job, wfs_error *error)
{
    wfs_catch_up *job = make_job(store, error);
    wfs_status status;

    if (job == NULL) {
        return WFS_ENOMEM;
    }
    job->upload.row = row;
    status = open_locked(job, id, error);
    if (status != WFS_OK) {
        wfs_catch_up_close(job);
        return status;
    }
    *ret_job = job;
    return WFS_OK;
}

wfs_status wfs_catch_up_borrow(wfs_store *store, const wfs_upload_row *upload,
                               wfs_blob *part, wfs_catch_up **ret_job,
                               wfs_error *error)
{
    wfs_catch_up *job = make_job(store, error);

    if (job == NULL) {
        return WFS_ENOMEM;
    }
    job->upload = *upload;
    job->lent = part;
    *ret_job = job;
    return WFS_OK;
}

const wfs_upload_row *wfs_catch_up_get_row(const wfs_catch_up *job)
{
    return &job->upload;
}

uint64_t wfs_catch_up_get_done(const wfs_catch_up *job)
{
    return job->done;
}

void wfs_catch_up_close(wfs_catch_up *job)
{
    if (job == NULL) {
        return;
    }
    if (job->chunks > job->upload.prefix_chunks) {
        (void)wfs_catch_up_save(
            job, NULL); /* the next one need not begin where we did */
    }
    wfs_live_release(&job->live);
    job->store->blobs->api->close_blob(job->part);
    wfs_hasher_close(job->hasher);
    free(job);
}

static wfs_status absorb(wfs_catch_up *job, wfs_error *error)
{
    uint64_t before = job->upload.placed_bytes;
    wfs_status status =
        wfs_absorb_next(job->store, &job->upload, wfs_catch_up_get_part(job),
                        wfs_catch_up_is_patient(job), error);

    if (status == WFS_OK) {
        job->done += job->upload.placed_bytes - before;
    }
    return status;
}

/* Asked here, too: who calls may be no committer, and nobody else looks. */
static bool is_stopped(wfs_catch_up *job)
{
    if (job->live.live == NULL) {
        return false;
    }
    wfs_live_look(job->live.live);
    return wfs_live_get_stop(&job->live) != WFS_OK;
}

wfs_status wfs_catch_up_advance(wfs_catch_up *job, bool *ret_is_done,
                                wfs_error *error)
{
    wfs_status status = WFS_OK;

    *ret_is_done = false;
    if (is_stopped(job)) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "somebody else needs the upload");
    }
    if (is_absorb_due(&job->upload)) {
        return absorb(job, error);
    }
    if (wfs_catch_up_is_digest_due(job->store, &job->upload, job->chunks)) {
        status = wfs_catch_up_digest(job, error);
        if (status != WFS_OK || wfs_catch_up_is_between(job)) {
            return status;
        }
    }
    status = wfs_catch_up_save(job, error);
    *ret_is_done =
        status == WFS_OK && !is_absorb_due(&job->upload) &&
        !wfs_catch_up_is_digest_due(job->store, &job->upload, job->chunks);
    return status;
}
