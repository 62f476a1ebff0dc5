/*
 * chunk.c - where the bytes of a chunk go, and giving it up.
 */
#include "chunk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "place.h"
#include "space.h"
#include "spec.h"

/* Bytes of a body of unknown length for which space is looked for at once. */
#define SPACE_STEP_BYTES (UINT64_C(1) << 20)

void wfs_chunk_set_spec(wfs_chunk *chunk, const wfs_chunk_spec *spec)
{
    chunk->spec = *spec;
    snprintf(chunk->id, sizeof(chunk->id), "%s", spec->id);
    chunk->spec.id = chunk->id;
    if (spec->name != NULL) {
        snprintf(chunk->name, sizeof(chunk->name), "%s", spec->name);
        chunk->spec.name = chunk->name;
    }
}

wfs_chunk_state wfs_chunk_get_state(const wfs_chunk *chunk)
{
    return chunk->state;
}

wfs_status wfs_chunk_check_space(wfs_chunk *chunk, uint64_t length,
                                 wfs_error *error)
{
    return wfs_space_check(chunk->store, &chunk->spec.limits,
                           chunk->upload.row != 0 ? &chunk->upload : NULL,
                           chunk->written, length, error);
}

static wfs_status open_digests(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (chunk->spec.digest.kind != WFS_DIGEST_NONE && chunk->own == NULL) {
        chunk->own = wfs_hasher_open(chunk->spec.digest.kind);
        status = chunk->own == NULL ? WFS_ENOMEM : WFS_OK;
    }
    if (status == WFS_OK && chunk->state == WFS_CHUNK_RECEIVING &&
        !chunk->store->options.no_digest &&
        wfs_place_is_in_step(&chunk->upload, chunk->spec.index, chunk->place)) {
        status = wfs_hasher_restore(&chunk->upload.digest, &chunk->whole);
    }
    if (status != WFS_OK) {
        wfs_error_set(error, status, 0, "hasher",
                      "the digest of the upload cannot be continued");
    }
    return status;
}

static wfs_status open_target(wfs_chunk *chunk, wfs_error *error)
{
    wfs_blobs *blobs = chunk->store->blobs;

    if (chunk->place == WFS_PLACE_HEAD) {
        return wfs_chunk_put_head(chunk, NULL, 0, error);
    }
    if (chunk->place != WFS_PLACE_LOOSE) {
        chunk->base = (uint64_t)chunk->place;
        return WFS_OK;
    }
    if (chunk->nameless != NULL) {
        chunk->is_stored = true;
        return WFS_OK;
    }
    return blobs->api->open_nameless(blobs, &chunk->nameless, error);
}

wfs_status wfs_chunk_prepare(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status = open_digests(chunk, error);

    chunk->bytes_max = wfs_spec_get_bytes_max(&chunk->spec, &chunk->upload,
                                              chunk->place == WFS_PLACE_HEAD,
                                              &chunk->bytes_max_status);
    if (chunk->state != WFS_CHUNK_RECEIVING) {
        return status;
    }
    if (status == WFS_OK) {
        status = open_target(chunk, error);
    }
    if (status == WFS_OK && chunk->spec.length != WFS_UNKNOWN &&
        !chunk->is_stored) {
        status = wfs_chunk_check_space(chunk, chunk->spec.length, error);
        chunk->space_checked = chunk->spec.length;
    }
    return status;
}

static wfs_status check_room(wfs_chunk *chunk, size_t length, wfs_error *error)
{
    uint64_t end = chunk->written + length;
    wfs_status status;

    if (end > chunk->bytes_max) {
        return wfs_error_set_numbers(
            error, chunk->bytes_max_status, chunk->bytes_max, end,
            "chunk %" PRIu64 " has more than the %" PRIu64 " bytes it may have",
            chunk->spec.index, chunk->bytes_max);
    }
    if (end <= chunk->space_checked || chunk->is_stored) {
        return WFS_OK;
    }
    status = wfs_chunk_check_space(chunk, length, error);
    if (status == WFS_OK) {
        chunk->space_checked = end + SPACE_STEP_BYTES;
    }
    return status;
}

wfs_status wfs_chunk_check_type(wfs_chunk *chunk, wfs_error *error)
{
    uint32_t types = chunk->spec.limits.types;

    if (chunk->is_type_checked) {
        return WFS_OK;
    }
    chunk->is_type_checked = true;
    if (types == WFS_TYPES_ANY ||
        (wfs_type_detect(chunk->first, chunk->first_length) & types) != 0) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ETYPE, 0, NULL,
                         "the content is not audio of a type this server "
                         "takes");
}

static wfs_status look_at_first(wfs_chunk *chunk, const uint8_t *bytes,
                                size_t length, wfs_error *error)
{
    size_t room = sizeof(chunk->first) - chunk->first_length;

    if (chunk->spec.index != 0 || chunk->is_type_checked ||
        chunk->is_unplaced) {
        return WFS_OK;
    }
    length = length < room ? length : room;
    memcpy(chunk->first + chunk->first_length, bytes, length);
    chunk->first_length += length;
    if (chunk->first_length < sizeof(chunk->first)) {
        return WFS_OK;
    }
    return wfs_chunk_check_type(chunk, error);
}

static wfs_status store_bytes(wfs_chunk *chunk, const uint8_t *bytes,
                              size_t length, wfs_error *error)
{
    const wfs_blobs_api *api = chunk->store->blobs->api;
    bool is_in_part = !chunk->is_unplaced && chunk->place >= 0;

    if (chunk->is_stored) {
        return WFS_OK;
    }
    if (chunk->head != NULL) {
        return wfs_chunk_put_head(chunk, bytes, length, error);
    }
    return api->write(is_in_part ? chunk->part : chunk->nameless,
                      chunk->base + chunk->written, bytes, length, error);
}

static wfs_status receive(wfs_chunk *chunk, const uint8_t *bytes, size_t length,
                          wfs_error *error)
{
    wfs_status status = check_room(chunk, length, error);

    if (status == WFS_OK) {
        status = look_at_first(chunk, bytes, length, error);
    }
    if (status == WFS_OK) {
        status = store_bytes(chunk, bytes, length, error);
    }
    return status;
}

wfs_status wfs_chunk_put(wfs_chunk *chunk, const void *bytes, size_t length,
                         wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (chunk->state == WFS_CHUNK_RECEIVING) {
        status = receive(chunk, bytes, length, error);
    } else if (chunk->state == WFS_CHUNK_COMPARING) {
        status = wfs_chunk_compare(chunk, bytes, length, error);
    }
    return status;
}

wfs_status wfs_chunk_read_back(const wfs_chunk *chunk, wfs_blob *blob,
                               uint64_t offset, uint8_t *buffer, size_t length,
                               wfs_error *error)
{
    size_t got = 0;
    wfs_status status = chunk->store->blobs->api->read(blob, offset, buffer,
                                                       length, &got, error);

    if (status == WFS_OK && got < length) {
        return wfs_error_set(error, WFS_EIO, 0, "read", "the disk failed");
    }
    return status;
}

/* Bytes behind the tail belong to nobody else: give their space back. */
static bool is_tail(const wfs_chunk *chunk)
{
    return chunk->part != NULL && chunk->state == WFS_CHUNK_RECEIVING &&
           chunk->place >= 0 && chunk->written > 0 &&
           chunk->upload.chunk_size == WFS_UNKNOWN && !chunk->is_unplaced;
}

void wfs_chunk_undo(wfs_chunk *chunk)
{
    wfs_blobs *blobs = chunk->store->blobs;

    if (is_tail(chunk)) {
        blobs->api->truncate(chunk->part, chunk->base, NULL);
    }
    if (chunk->is_named) {
        wfs_blob_owner owner = {chunk->id, chunk->upload.row};

        blobs->api->remove_loose(blobs, owner, chunk->spec.index, NULL);
    }
}

void wfs_chunk_free(wfs_chunk *chunk)
{
    const wfs_blobs_api *api = chunk->store->blobs->api;

    wfs_live_release(&chunk->live);
    api->close_blob(chunk->nameless);
    api->close_blob(chunk->part);
    wfs_hasher_close(chunk->own);
    wfs_hasher_close(chunk->whole);
    free(chunk->head);
    free(chunk);
}

void wfs_chunk_discard(wfs_chunk *chunk)
{
    wfs_store *store;
    wfs_upload_row upload;

    if (chunk == NULL) {
        return;
    }
    store = chunk->store;
    upload = chunk->upload;
    wfs_chunk_undo(chunk);
    wfs_chunk_free(chunk);
    if (upload.row != 0 && !upload.is_visible) {
        wfs_store_forget_upload(store, &upload);
    }
}
