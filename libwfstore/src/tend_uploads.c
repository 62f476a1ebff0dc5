/*
 * tend_uploads.c - unfinished uploads: chunks out of order, dead beginnings,
 * receipts of another boot.
 */
#include "catch_up.h"
#include "commit.h"
#include "error.h"
#include "ledger.h"
#include "tend.h"

#include <string.h>

#define PAGE_ROWS 64

/* A writer has this long between making the row and taking its lock. */
#define BEGIN_MS 10000

/*
 * What the budget does not suffice for goes to the committer, who keeps at it:
 * begun anew each time it would never end where a chunk takes longer.
 */
static void catch_up(wfs_tending *self, const wfs_upload_row *upload)
{
    wfs_catch_up *job = NULL;
    bool is_done = false;
    wfs_status status =
        wfs_catch_up_open(self->store, upload->id, upload->row, &job, NULL);

    while (status == WFS_OK && !is_done && !wfs_tend_is_over(self)) {
        status = wfs_catch_up_advance(job, &is_done, NULL);
    }
    wfs_catch_up_close(job);
    if (status == WFS_OK && !is_done) {
        (void)wfs_committer_request_catch_up(self->store->committer, upload,
                                             NULL);
    }
}

/* Space that nobody fills is free for others. */
static void release_idle(wfs_store *store, const wfs_upload_row *upload)
{
    int64_t before_ms = wfs_now_ms() - WFS_LEDGER_IDLE_MS;

    if (upload->reserved_bytes > upload->received_bytes &&
        upload->updated_ms < before_ms) {
        store->catalogue->api->release_reservation(
            store->catalogue, upload->row, before_ms, NULL);
    }
}

/* Nothing expires by a clock that cannot be believed. */
static bool is_expired(const wfs_tending *self, const wfs_upload_row *upload,
                       int64_t *ret_before_ms)
{
    uint64_t expiry_ms = self->store->options.upload_expiry_ms;

    *ret_before_ms = wfs_now_ms() - (int64_t)expiry_ms;
    return expiry_ms != 0 && self->is_clock_believed &&
           upload->updated_ms < *ret_before_ms;
}

static void tend_upload(wfs_tending *self, const wfs_upload_row *upload)
{
    int64_t before_ms;

    release_idle(self->store, upload);
    if (upload->is_visible && is_expired(self, upload, &before_ms)) {
        wfs_tend_expire_upload(self->store, upload, before_ms);
    } else if (!upload->is_visible) {
        if (wfs_now_ms() - upload->created_ms > BEGIN_MS) {
            wfs_store_forget_upload(self->store, upload);
        }
    } else if (wfs_catch_up_is_due(self->store, upload)) {
        catch_up(self, upload);
    }
}

wfs_status wfs_tend_uploads(wfs_tending *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_row rows[PAGE_ROWS];
    int64_t after = 0;
    size_t count = PAGE_ROWS;

    while (count == PAGE_ROWS) {
        wfs_status status = catalogue->api->list_uploads(
            catalogue, after, PAGE_ROWS, rows, &count, error);

        if (status != WFS_OK) {
            return status;
        }
        for (size_t i = 0; i < count; i++) {
            if (wfs_tend_is_over(self)) {
                self->is_unfinished = true;
                return WFS_OK;
            }
            tend_upload(self, &rows[i]);
            after = rows[i].row;
        }
    }
    return WFS_OK;
}

static wfs_status digest_chunk(wfs_store *store, const wfs_unproven *found,
                               wfs_hasher *hasher)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_blob_owner owner = {found->upload.id, found->upload.row};
    bool is_loose = found->chunk.place == WFS_PLACE_LOOSE;
    uint64_t from = is_loose ? 0 : (uint64_t)found->chunk.place;
    wfs_blob *blob = NULL;
    wfs_status status =
        is_loose ? api->open_loose(store->blobs, owner, found->chunk.index,
                                   &blob, NULL)
                 : api->open_part(store->blobs, owner, &blob, NULL, NULL);

    if (status == WFS_OK) {
        status = wfs_digest_range(store, blob, from,
                                  from + found->chunk.size_bytes, hasher, NULL);
    }
    if (status == WFS_OK && !is_loose) {
        status = api->sync(blob, NULL);
    }
    api->close_blob(blob);
    return status;
}

/* What a look at the bytes says of them; anything else says nothing. */
static bool is_verdict(wfs_status status)
{
    return status == WFS_OK || status == WFS_ENOUPLOAD ||
           status == WFS_ECORRUPT;
}

/* Whether the bytes are those that were accepted, and synced now. */
static wfs_status look(wfs_store *store, const wfs_unproven *found,
                       bool *ret_is_whole)
{
    wfs_hasher *hasher;
    wfs_digest digest;
    wfs_status status;

    *ret_is_whole = found->chunk.place == WFS_PLACE_HEAD;
    if (*ret_is_whole || !found->chunk.has_sha256) {
        return WFS_OK;
    }
    hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    if (hasher == NULL) {
        return WFS_ENOMEM;
    }
    status = digest_chunk(store, found, hasher);
    wfs_hasher_finish(hasher, &digest);
    wfs_hasher_close(hasher);
    *ret_is_whole =
        status == WFS_OK &&
        memcmp(digest.bytes, found->chunk.sha256, WFS_SHA256_BYTES) == 0;
    return is_verdict(status) ? WFS_OK : status;
}

/*
 * With all writers out: the place of one that came behind the chunk would no
 * longer be its own, and giving up would cut off what others put there.
 */
static wfs_status drop(wfs_store *store, const wfs_unproven *found)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_catalogue *catalogue = store->catalogue;
    wfs_blob_owner owner = {found->upload.id, found->upload.row};
    wfs_blob *part = NULL;
    wfs_status status = api->open_part(store->blobs, owner, &part, NULL, NULL);

    if (status == WFS_OK) {
        status = api->lock(part, 0, WFS_LOCK_COUNT, NULL);
    }
    if (status == WFS_OK || status == WFS_ENOUPLOAD) {
        status = catalogue->api->prove_chunk(catalogue, found->upload.row,
                                             found->chunk.index, false, NULL);
    }
    api->close_blob(part);
    return status;
}

static wfs_status prove(wfs_store *store, const wfs_unproven *found)
{
    wfs_catalogue *catalogue = store->catalogue;
    bool is_whole = false;
    wfs_status status = look(store, found, &is_whole);

    if (status != WFS_OK) {
        return status;
    }
    if (!is_whole) {
        return drop(store, found);
    }
    return catalogue->api->prove_chunk(catalogue, found->upload.row,
                                       found->chunk.index, true, NULL);
}

/* What cannot be looked at now is left for the next time. */
wfs_status wfs_tend_prove(wfs_tending *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_unproven found;
    bool has_found = true;

    while (has_found && !wfs_tend_is_over(self)) {
        wfs_status status =
            catalogue->api->next_unproven(catalogue, &has_found, &found, error);

        if (status != WFS_OK) {
            return status;
        }
        if (has_found && prove(self->store, &found) != WFS_OK) {
            return WFS_OK;
        }
    }
    self->is_unfinished = self->is_unfinished || has_found;
    return WFS_OK;
}

wfs_status wfs_prove_all(wfs_store *store, wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_unproven found;
    bool has_found = false;
    wfs_status status =
        catalogue->api->next_unproven(catalogue, &has_found, &found, error);

    while (status == WFS_OK && has_found) {
        if (prove(store, &found) != WFS_OK) {
            return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                                 "what was received before the machine was "
                                 "restarted is still being looked through");
        }
        status =
            catalogue->api->next_unproven(catalogue, &has_found, &found, error);
    }
    return status;
}
