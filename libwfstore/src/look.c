/*
 * look.c - what is there of a chunk's upload, with the chunk locked.
 *
 * A chunk of an upload that is known by its row is locked first and looked for
 * then, once. All others are looked for by begin.c, locked, and looked at
 * again: the row may have gone before the lock was held.
 */
#include "chunk.h"

#include "error.h"
#include "keep_up.h"
#include "progress.h"
#include "spec.h"

static wfs_claim get_claim(const wfs_chunk_spec *spec)
{
    return (wfs_claim){.index = spec->index,
                       .size_bytes = spec->length,
                       .total_chunks = spec->total_chunks,
                       .chunk_size = spec->chunk_size};
}

wfs_status wfs_chunk_check_against(const wfs_chunk *chunk,
                                   const wfs_upload_row *upload,
                                   wfs_error *error)
{
    wfs_claim claim = get_claim(&chunk->spec);
    wfs_status status = wfs_spec_check_limits(&chunk->spec, upload, error);

    if (status == WFS_OK) {
        status = wfs_progress_check(upload, &claim, error);
    }
    if (status == WFS_OK && upload->is_salvaged) {
        status = wfs_error_set(error, WFS_ECOMPLETE, 0, NULL,
                               "what is there of the upload becomes a "
                               "recording");
    }
    if (status == WFS_OK && upload->is_append) {
        status = wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                               "the upload is not received in chunks");
    }
    if (status == WFS_OK && chunk->spec.is_provisional &&
        upload->chunk_size != WFS_UNKNOWN) {
        status = wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                               "an upload with a chunk size has no "
                               "provisional chunk");
    }
    return status;
}

/* Whether the row alone tells that the chunk is absent, as it mostly does, or
 * may be replaced. */
static bool is_absent(const wfs_chunk *chunk)
{
    const wfs_upload_row *upload = &chunk->upload;
    uint64_t index = chunk->spec.index;

    return wfs_progress_is_above(upload, index) ||
           (index == 0 && upload->head_bytes > 0 && !upload->head_is_sealed);
}

/* It came after the row was read: only the next one tells if it is sealed. */
static bool is_head_of_later(const wfs_chunk *chunk)
{
    return chunk->accepted.place == WFS_PLACE_HEAD &&
           chunk->upload.head_bytes == 0;
}

wfs_status wfs_chunk_look(wfs_chunk *chunk, bool *ret_exists, wfs_error *error)
{
    wfs_catalogue *catalogue = chunk->store->catalogue;
    wfs_status status;

    *ret_exists = false;
    if (is_absent(chunk)) {
        return WFS_OK;
    }
    status =
        catalogue->api->get_chunk(catalogue, chunk->upload.row,
                                  chunk->spec.index, &chunk->accepted, error);
    if (status == WFS_ENOUPLOAD) {
        return WFS_OK;
    }
    if (status == WFS_OK && is_head_of_later(chunk)) {
        chunk->accepted = (wfs_chunk_row){0};
        return WFS_OK;
    }
    *ret_exists = status == WFS_OK;
    return status;
}

static wfs_blob_owner get_owner(const wfs_chunk *chunk)
{
    return (wfs_blob_owner){chunk->id, chunk->upload.row};
}

/* With the lock held: the same row, and it still agrees. */
static wfs_status look_again(wfs_chunk *chunk, bool *ret_exists,
                             wfs_error *error)
{
    wfs_catalogue *catalogue = chunk->store->catalogue;
    wfs_upload_row upload;
    wfs_status status = catalogue->api->get_upload(catalogue, chunk->upload.row,
                                                   &upload, error);

    if (status != WFS_OK) {
        return status;
    }
    chunk->upload = upload;
    status = wfs_chunk_check_against(chunk, &upload, error);
    if (status == WFS_OK) {
        status = wfs_chunk_look(chunk, ret_exists, error);
    }
    return status;
}

static void close_part(wfs_chunk *chunk)
{
    wfs_live_release(&chunk->live);
    chunk->store->blobs->api->close_blob(chunk->part);
    chunk->part = NULL;
}

wfs_status wfs_chunk_lock_and_look(wfs_chunk *chunk, bool *ret_exists,
                                   wfs_error *error)
{
    const wfs_blobs_api *api = chunk->store->blobs->api;
    bool is_new = false;
    wfs_status status = api->open_part(chunk->store->blobs, get_owner(chunk),
                                       &chunk->part, &is_new, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_chunk_lock(chunk, error);
    if (status == WFS_OK) {
        status = look_again(chunk, ret_exists, error);
    }
    if (status == WFS_ENOUPLOAD && is_new) {
        api->remove_upload(chunk->store->blobs, get_owner(chunk), false, NULL);
    }
    if (status != WFS_OK || *ret_exists) {
        close_part(chunk);
    }
    return status;
}

/* Opened, locked and looked at, at the first attempt. */
static wfs_status try_known(wfs_chunk *chunk, bool *ret_exists)
{
    wfs_blobs *blobs = chunk->store->blobs;
    wfs_status status = blobs->api->open_part(blobs, get_owner(chunk),
                                              &chunk->part, NULL, NULL);

    if (status == WFS_OK) {
        status = wfs_chunk_try_lock(chunk, NULL);
    }
    return status == WFS_OK ? look_again(chunk, ret_exists, NULL) : status;
}

bool wfs_chunk_look_known(wfs_chunk *chunk, bool *ret_exists)
{
    int64_t row = wfs_known_find(&chunk->store->known, chunk->id);
    bool exists = false;
    bool is_known;

    if (row == 0) {
        return false;
    }
    chunk->upload.row = row;
    is_known = try_known(chunk, &exists) == WFS_OK &&
               !wfs_keep_up_is_due(chunk->store, &chunk->upload);
    if (!is_known || exists) {
        close_part(chunk);
    }
    if (!is_known) {
        wfs_known_forget(&chunk->store->known, chunk->id);
        chunk->upload = (wfs_upload_row){0};
        chunk->accepted = (wfs_chunk_row){0};
    }
    *ret_exists = is_known && exists;
    return is_known;
}
