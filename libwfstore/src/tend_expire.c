/*
 * tend_expire.c - idle uploads end by themselves: kept, or gone.
 *
 * No upload while somebody writes to it: all its locks are taken first,
 * without waiting for them, and it is looked at again. Nothing is left of one
 * that goes, so that its id may be used anew.
 */
#include <stdlib.h>

#include "error.h"
#include "observe.h"
#include "part_reader.h"
#include "publish.h"
#include "salvage.h"
#include "tend.h"

/* Whether at least a second of what has arrived without a gap plays. */
static wfs_status is_worthwhile(wfs_store *store, const wfs_upload_row *upload,
                                wfs_blob *part, bool *ret_answer)
{
    wfs_part_reader bytes;
    uint8_t *head = NULL;
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_status status = WFS_OK;

    *ret_answer = false;
    if (upload->placed_bytes == 0) {
        return WFS_OK;
    }
    wfs_part_reader_init(&bytes, store->blobs, part, upload->placed_bytes);
    if (upload->head_bytes > 0) {
        status = store->catalogue->api->get_head(
            store->catalogue, upload->row, &head, &bytes.head_length, NULL);
        bytes.head = head;
    }
    if (status == WFS_OK) {
        status = wfs_salvage_plan(&bytes.reader, &plan, NULL);
    }
    if (status == WFS_OK) {
        *ret_answer = wfs_salvage_is_worthwhile(&plan);
    }
    wfs_salvage_release(&plan);
    free(head);
    return status;
}

static wfs_status drop(wfs_store *store, const wfs_upload_row *upload,
                       int64_t before_ms)
{
    wfs_blob_owner owner = {upload->id, upload->row};
    wfs_status status = store->catalogue->api->expire_upload(
        store->catalogue, upload->row, before_ms, NULL);

    if (status == WFS_OK) {
        store->blobs->api->remove_upload(store->blobs, owner, true, NULL);
        wfs_observe(store, WFS_EVENT_EXPIRED);
    }
    return status;
}

/* All locks are held. `is_kept`: it may be kept; then, whether it is. */
static wfs_status expire_locked(wfs_store *store, int64_t row,
                                int64_t before_ms, wfs_blob *part,
                                bool *is_kept)
{
    wfs_upload_row upload;
    wfs_status status =
        store->catalogue->api->get_upload(store->catalogue, row, &upload, NULL);

    if (status == WFS_OK && upload.updated_ms >= before_ms) {
        status = WFS_ECONFLICT;
    }
    if (status == WFS_OK && *is_kept) {
        status = is_worthwhile(store, &upload, part, is_kept);
    }
    return status == WFS_OK && !*is_kept ? drop(store, &upload, before_ms)
                                         : status;
}

/* `is_kept`: it may be kept; then, whether it is worth it. */
static wfs_status expire(wfs_store *store, const wfs_upload_row *upload,
                         int64_t before_ms, bool *is_kept)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_blob_owner owner = {upload->id, upload->row};
    wfs_blob *part = NULL;
    bool is_new = false;
    wfs_status status =
        api->open_part(store->blobs, owner, &part, &is_new, NULL);

    if (status != WFS_OK) {
        return status;
    }
    status = api->lock(part, 0, WFS_LOCK_COUNT, NULL);
    if (status == WFS_OK) {
        status = expire_locked(store, upload->row, before_ms, part, is_kept);
    }
    if (status == WFS_ENOUPLOAD && is_new) {
        api->remove_upload(store->blobs, owner, false, NULL);
    }
    api->close_blob(part);
    return status;
}

/* Completing takes the locks anew. A chunk that comes just now is told that the
 * upload is complete. */
static wfs_status keep(wfs_store *store, const char *id)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording;
    bool was_complete = false;
    wfs_status status;

    spec.id = id;
    spec.salvage = true;
    spec.limits.types = WFS_TYPES_ANY;
    status = wfs_upload_complete(store, &spec, &recording, &was_complete, NULL);
    if (status == WFS_OK) {
        wfs_recording_release(&recording);
    }
    if (status == WFS_OK && !was_complete) {
        wfs_observe(store, WFS_EVENT_SALVAGED);
    }
    return status;
}

void wfs_tend_expire_upload(wfs_store *store, const wfs_upload_row *upload,
                            int64_t before_ms)
{
    bool is_kept = store->options.salvage_expired && !upload->is_partial;
    wfs_status status = expire(store, upload, before_ms, &is_kept);

    if (status == WFS_OK && is_kept) {
        status = keep(store, upload->id);
    }
    if (status == WFS_ETYPE) {
        is_kept = false; /* it does not play after all */
        (void)expire(store, upload, before_ms, &is_kept);
    }
}
