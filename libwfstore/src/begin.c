/*
 * begin.c - beginning a chunk: find its upload, lock, look, place.
 *
 * An upload may end and begin anew between two of these steps. Its row number
 * tells: whoever finds, with the lock held, that the row is no more starts
 * over.
 */
#include "chunk.h"

#include <stdlib.h>

#include "error.h"
#include "keep_up.h"
#include "ledger.h"
#include "place.h"
#include "spec.h"

#define ATTEMPTS 8

static const wfs_upload_row no_upload = {
    .total_chunks = WFS_UNKNOWN,
    .chunk_size = WFS_UNKNOWN,
    .highest_index = WFS_UNKNOWN,
};

/* What a new upload has to have room for, as far as its first chunk tells. */
static uint64_t get_first_need(const wfs_chunk *chunk)
{
    const wfs_chunk_spec *spec = &chunk->spec;
    uint64_t whole =
        wfs_ledger_get_whole(WFS_UNKNOWN, spec->total_chunks, spec->chunk_size);

    if (whole != WFS_UNKNOWN) {
        return whole;
    }
    return spec->length != WFS_UNKNOWN ? spec->length : 0;
}

static wfs_status begin_upload(wfs_chunk *chunk, wfs_error *error)
{
    wfs_catalogue *catalogue = chunk->store->catalogue;
    wfs_upload_row fresh = no_upload;
    wfs_status status;

    fresh.chunk_size = chunk->spec.chunk_size;
    status = wfs_chunk_check_against(chunk, &fresh, error);
    if (status == WFS_OK) {
        status = wfs_chunk_check_space(chunk, get_first_need(chunk), error);
    }
    if (status == WFS_OK) {
        status = catalogue->api->begin_upload(catalogue, &chunk->spec, false,
                                              &chunk->upload, error);
    }
    return status;
}

/*
 * An upload without an accepted chunk, begun with another chunk size: if
 * nobody writes to it any more it is forgotten (WFS_ENOUPLOAD: start over).
 */
static wfs_status replace_unbegun(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status = wfs_store_forget_upload(chunk->store, &chunk->upload);

    if (status == WFS_EBUSY && chunk->spec.chunk_size == WFS_UNKNOWN) {
        return WFS_OK;
    }
    if (status == WFS_OK || status == WFS_ECONFLICT) {
        return WFS_ENOUPLOAD; /* it is no more, or has a chunk by now */
    }
    return wfs_error_set(error, status, 0, NULL,
                         "the upload is being begun with another chunk size");
}

static wfs_status find_upload(wfs_chunk *chunk, wfs_error *error)
{
    wfs_catalogue *catalogue = chunk->store->catalogue;
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = catalogue->api->find_id(catalogue, chunk->id, &kind,
                                                &chunk->upload, error);

    if (status != WFS_OK) {
        return status;
    }
    switch (kind) {
    case WFS_ID_GONE:
        return wfs_error_set(error, WFS_EGONE, 0, NULL,
                             "the upload was deleted");
    case WFS_ID_RECORDING:
        return wfs_error_set(error, WFS_ECOMPLETE, 0, NULL,
                             "the upload is a recording already");
    case WFS_ID_UPLOAD:
        break;
    case WFS_ID_FREE:
        return begin_upload(chunk, error);
    }
    if (!chunk->upload.is_visible &&
        chunk->upload.chunk_size != chunk->spec.chunk_size) {
        status = replace_unbegun(chunk, error);
    }
    if (status == WFS_OK) {
        status = wfs_chunk_check_against(chunk, &chunk->upload, error);
    }
    return status;
}

/* The waiting is here: for others at the catalogue, a digest that lags, an
 * older writer. */
static wfs_status find_and_lock(wfs_chunk *chunk, bool *ret_exists,
                                wfs_error *error)
{
    wfs_status status;

    if (chunk->spec.is_hurried) {
        return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                             "the chunk cannot begin at once");
    }
    status = find_upload(chunk, error);
    if (status == WFS_OK) {
        status = wfs_chunk_look(chunk, ret_exists, error);
    }
    if (status == WFS_OK && !*ret_exists) {
        wfs_keep_up(chunk->store, &chunk->upload);
        status = wfs_chunk_lock_and_look(chunk, ret_exists, error);
    }
    return status;
}

static wfs_status begin_once(wfs_chunk *chunk, wfs_error *error)
{
    bool exists = false;
    wfs_status status = WFS_OK;

    if (!wfs_chunk_look_known(chunk, &exists)) {
        status = find_and_lock(chunk, &exists, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    if (exists) {
        return wfs_chunk_begin_compare(chunk, error);
    }
    chunk->state = WFS_CHUNK_RECEIVING;
    chunk->place = wfs_place_choose(&chunk->upload, chunk->spec.index,
                                    chunk->spec.is_provisional);
    status = wfs_chunk_sync_name(chunk, error);
    return status == WFS_OK ? wfs_chunk_prepare(chunk, error) : status;
}

wfs_status wfs_chunk_begin(wfs_chunk *chunk, wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status = WFS_ENOUPLOAD;

    for (int i = 0; i < ATTEMPTS && status == WFS_ENOUPLOAD; i++) {
        status = begin_once(chunk, &local);
    }
    if (status == WFS_ENOUPLOAD) {
        status = wfs_error_set(&local, WFS_EBUSY, 0, NULL,
                               "the upload begins and ends all the time");
    }
    return status == WFS_OK ? WFS_OK : wfs_error_copy(error, &local);
}

wfs_status wfs_upload_begin_chunk(wfs_store *store, const wfs_chunk_spec *spec,
                                  wfs_chunk **ret_chunk, wfs_error *error)
{
    wfs_status status = wfs_spec_check(spec, error);
    wfs_chunk *chunk;

    if (status != WFS_OK) {
        return status;
    }
    chunk = calloc(1, sizeof(*chunk));
    if (chunk == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    chunk->store = store;
    wfs_chunk_set_spec(chunk, spec);
    status = wfs_chunk_begin(chunk, error);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    *ret_chunk = chunk;
    return WFS_OK;
}
