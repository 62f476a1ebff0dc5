/*
 * tend_leftovers.c - files of uploads/ that belong to nobody.
 *
 * A row is made before its files and its number is never used again, so a file
 * whose row is no more is nobody's, unless it is a recording not yet renamed.
 */
#include <string.h>

#include "error.h"
#include "tend.h"

static bool is_recording(wfs_store *store, const wfs_leftover *leftover,
                         bool *ret_is_known)
{
    wfs_recording_row row;
    wfs_status status = store->catalogue->api->get_recording(
        store->catalogue, leftover->id, &row, NULL);
    bool is_its = false;

    *ret_is_known = status == WFS_OK || status == WFS_ENORECORDING;
    if (status == WFS_OK) {
        is_its = row.part == leftover->row;
        wfs_recording_release(&row.recording);
    }
    return is_its;
}

/* A loose file is its writer's until the receipt; so look under its lock. */
static void tend_loose(wfs_store *store, const wfs_leftover *leftover)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_blob_owner owner = {leftover->id, leftover->row};
    wfs_chunk_row chunk;
    wfs_blob *part = NULL;
    wfs_status status = api->open_part(store->blobs, owner, &part, NULL, NULL);

    if (status == WFS_OK) {
        status = api->lock(part, leftover->index, 1, NULL);
    }
    if (status == WFS_OK) {
        status = store->catalogue->api->get_chunk(
            store->catalogue, leftover->row, leftover->index, &chunk, NULL);
        if (status == WFS_ENOUPLOAD ||
            (status == WFS_OK && chunk.place != WFS_PLACE_LOOSE)) {
            api->remove_leftover(store->blobs, leftover->filename, NULL);
        }
    }
    api->close_blob(part);
}

static wfs_status tend_leftover(void *data, const wfs_leftover *leftover)
{
    wfs_tending *self = data;
    wfs_store *store = self->store;
    wfs_upload_row upload;
    wfs_status status;
    bool is_known = true;

    if (wfs_tend_is_over(self)) {
        self->is_unfinished = true;
        return WFS_ECANCELED;
    }
    if (leftover->row == 0) {
        store->blobs->api->remove_leftover(store->blobs, leftover->filename,
                                           NULL);
        return WFS_OK;
    }
    status = store->catalogue->api->get_upload(store->catalogue, leftover->row,
                                               &upload, NULL);
    if (status == WFS_OK && leftover->index != WFS_UNKNOWN) {
        tend_loose(store, leftover);
    }
    if (status == WFS_ENOUPLOAD && !is_recording(store, leftover, &is_known) &&
        is_known) {
        store->blobs->api->remove_leftover(store->blobs, leftover->filename,
                                           NULL);
    }
    return WFS_OK;
}

wfs_status wfs_tend_leftovers(wfs_tending *self, wfs_error *error)
{
    wfs_status status = self->store->blobs->api->visit_leftovers(
        self->store->blobs, tend_leftover, self, error);

    return status == WFS_ECANCELED ? WFS_OK : status;
}
