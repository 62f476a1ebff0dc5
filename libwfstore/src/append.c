/*
 * append.c - a chunk is what comes next: its index is the number of chunks.
 *
 * The offset is looked at with the lock held, when an older append has ended
 * and kept what it had.
 */
#include "chunk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "json.h"
#include "place.h"
#include "space.h"
#include "spec.h"

#define ATTEMPTS 8

static wfs_status check_create(const wfs_create_spec *spec, wfs_error *error)
{
    uint64_t max = spec->limits.recording_max_bytes;
    wfs_chunk_spec like = WFS_CHUNK_SPEC_INIT;

    like.id = spec->id;
    like.name = spec->name;
    if (max != 0 && spec->size_bytes != WFS_UNKNOWN && spec->size_bytes > max) {
        return wfs_error_set_numbers(
            error, WFS_ETOOLARGE, max, spec->size_bytes,
            "a recording has at most %" PRIu64 " bytes", max);
    }
    if (spec->note != NULL && strlen(spec->note) > WFS_NOTE_MAX_BYTES) {
        return wfs_error_set_numbers(
            error, WFS_ETOOLARGE, WFS_NOTE_MAX_BYTES, strlen(spec->note),
            "what is kept with an upload has at most %d bytes",
            WFS_NOTE_MAX_BYTES);
    }
    return wfs_spec_check(&like, error);
}

wfs_status wfs_upload_create(wfs_store *store, const wfs_create_spec *spec,
                             wfs_error *error)
{
    wfs_upload_spec upload = WFS_UPLOAD_SPEC_INIT;
    uint64_t bytes = spec->size_bytes != WFS_UNKNOWN ? spec->size_bytes : 0;
    char *metadata = NULL;
    wfs_upload_row row;
    wfs_status status = check_create(spec, error);

    if (status == WFS_OK && spec->metadata != NULL) {
        status = wfs_json_compact_metadata(
            spec->metadata, strlen(spec->metadata), &metadata, error);
    }
    if (status == WFS_OK) {
        status = wfs_space_check(store, &spec->limits, NULL, 0, bytes, error);
    }
    if (status == WFS_OK) {
        upload.id = spec->id;
        upload.name = spec->name;
        upload.metadata = metadata;
        upload.size_bytes = spec->size_bytes;
        upload.is_append = true;
        upload.is_partial = spec->is_partial;
        upload.note = spec->note;
        upload.limits = spec->limits;
        status = store->catalogue->api->create_upload(store->catalogue, &upload,
                                                      &row, error);
    }
    free(metadata);
    return status;
}

static wfs_status check_kind(wfs_id_kind kind, const wfs_upload_row *upload,
                             wfs_error *error)
{
    wfs_status status = wfs_upload_check_kind(kind, upload, error);

    if (status == WFS_OK && !upload->is_append) {
        status = wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                               "the upload is received in chunks");
    }
    return status;
}

static wfs_status find_upload(wfs_chunk *chunk, wfs_error *error)
{
    wfs_catalogue *catalogue = chunk->store->catalogue;
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = catalogue->api->find_id(catalogue, chunk->id, &kind,
                                                &chunk->upload, error);

    return status == WFS_OK ? check_kind(kind, &chunk->upload, error) : status;
}

static wfs_status check_offset(const wfs_chunk *chunk, uint64_t offset,
                               wfs_error *error)
{
    const wfs_upload_row *upload = &chunk->upload;

    if (offset != upload->received_bytes) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, upload->received_bytes, offset,
            "%" PRIu64 " bytes have arrived, not %" PRIu64,
            upload->received_bytes, offset);
    }
    if (upload->size_bytes != WFS_UNKNOWN &&
        chunk->spec.length != WFS_UNKNOWN &&
        chunk->spec.length > upload->size_bytes - offset) {
        return wfs_error_set_numbers(error, WFS_ETOOLARGE, upload->size_bytes,
                                     offset + chunk->spec.length,
                                     "the upload has %" PRIu64 " bytes",
                                     upload->size_bytes);
    }
    return wfs_spec_check_limits(&chunk->spec, upload, error);
}

/* WFS_ENOUPLOAD: another chunk was first, or the upload has ended. */
static wfs_status lock_and_look(wfs_chunk *chunk, uint64_t offset,
                                wfs_error *error)
{
    wfs_store *store = chunk->store;
    wfs_blob_owner owner = {chunk->id, chunk->upload.row};
    bool is_new = false;
    wfs_status status = store->blobs->api->open_part(
        store->blobs, owner, &chunk->part, &is_new, error);

    if (status == WFS_OK) {
        status = wfs_chunk_lock(chunk, error);
    }
    if (status == WFS_OK) {
        wfs_append_enter(chunk->append, chunk);
        status = store->catalogue->api->get_upload(
            store->catalogue, chunk->upload.row, &chunk->upload, error);
    }
    if (status == WFS_ENOUPLOAD && is_new) {
        store->blobs->api->remove_upload(store->blobs, owner, false, NULL);
    }
    if (status == WFS_OK &&
        chunk->upload.received_chunks != chunk->spec.index) {
        status = WFS_ENOUPLOAD;
    }
    return status == WFS_OK ? check_offset(chunk, offset, error) : status;
}

static void cap_length(wfs_chunk *chunk)
{
    uint64_t size = chunk->upload.size_bytes;

    if (size != WFS_UNKNOWN &&
        size - chunk->upload.received_bytes < chunk->bytes_max) {
        chunk->bytes_max = size - chunk->upload.received_bytes;
        chunk->bytes_max_status = WFS_ETOOLARGE;
    }
}

static wfs_status begin_once(wfs_chunk *chunk, uint64_t offset,
                             wfs_error *error)
{
    wfs_status status = find_upload(chunk, error);

    if (status != WFS_OK) {
        return status;
    }
    chunk->spec.index = chunk->upload.received_chunks;
    status = lock_and_look(chunk, offset, error);
    if (status == WFS_ENOUPLOAD) {
        wfs_live_release(&chunk->live);
        chunk->store->blobs->api->close_blob(chunk->part);
        chunk->part = NULL;
        return WFS_EBUSY;
    }
    if (status != WFS_OK) {
        return status;
    }
    chunk->state = WFS_CHUNK_RECEIVING;
    if (chunk->upload.is_partial) {
        chunk->spec.limits.types = WFS_TYPES_ANY;
    }
    chunk->place = wfs_place_choose(&chunk->upload, chunk->spec.index, false);
    status = wfs_chunk_sync_name(chunk, error);
    if (status == WFS_OK) {
        status = wfs_chunk_prepare(chunk, error);
    }
    cap_length(chunk);
    return status;
}

/* The part is closed if another chunk was first: then there is a next time. */
static wfs_status begin(wfs_chunk *chunk, uint64_t offset, wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status = WFS_EBUSY;

    for (int i = 0; i < ATTEMPTS && status == WFS_EBUSY && chunk->part == NULL;
         i++) {
        status = begin_once(chunk, offset, &local);
    }
    if (status == WFS_EBUSY) {
        status = wfs_error_set(&local, WFS_EBUSY, 0, NULL,
                               "something else is being appended");
    }
    return status == WFS_OK ? WFS_OK : wfs_error_copy(error, &local);
}

static void fill_spec(wfs_chunk *chunk, const wfs_append_spec *spec)
{
    wfs_chunk_spec like = WFS_CHUNK_SPEC_INIT;

    like.id = spec->id;
    like.length = spec->length;
    like.digest = spec->digest;
    like.take_over_ms = spec->goes_on ? WFS_UNKNOWN : 0;
    like.limits = spec->limits;
    wfs_chunk_set_spec(chunk, &like);
    chunk->append = spec->append;
    chunk->is_append = true;
    chunk->is_all_or_nothing =
        spec->all_or_nothing || spec->digest.kind != WFS_DIGEST_NONE;
}

static wfs_status check_append(const wfs_append_spec *spec, wfs_error *error)
{
    wfs_chunk_spec like = WFS_CHUNK_SPEC_INIT;
    wfs_status status = WFS_OK;

    if (spec->append != NULL) {
        status = wfs_append_get_stop(spec->append);
    }
    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, NULL,
                             "the append has been ended meanwhile");
    }
    like.id = spec->id;
    like.length = spec->length;
    return wfs_spec_check(&like, error);
}

wfs_status wfs_upload_begin_append(wfs_store *store,
                                   const wfs_append_spec *spec,
                                   wfs_chunk **ret_chunk, wfs_error *error)
{
    wfs_status status = check_append(spec, error);
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
    fill_spec(chunk, spec);
    status = begin(chunk, spec->offset, error);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    *ret_chunk = chunk;
    return WFS_OK;
}

wfs_status wfs_chunk_cut(wfs_chunk *chunk, wfs_error *error)
{
    if (!chunk->is_append || chunk->is_all_or_nothing || chunk->written == 0) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "there is nothing to keep");
    }
    chunk->spec.length = chunk->written;
    chunk->is_cut = true;
    chunk->has_failed = false;
    return WFS_OK;
}

wfs_status wfs_chunk_keep(wfs_chunk *chunk, wfs_receipt *ret_receipt,
                          wfs_error *error)
{
    if (wfs_chunk_cut(chunk, NULL) == WFS_OK) {
        return wfs_chunk_commit(chunk, ret_receipt, error);
    }
    *ret_receipt = (wfs_receipt){
        .index = chunk->spec.index,
        .total_chunks = chunk->upload.total_chunks,
        .received_chunks = chunk->upload.received_chunks,
        .received_bytes = chunk->upload.received_bytes,
    };
    wfs_chunk_discard(chunk);
    return WFS_OK;
}
