/*
 * unplaced.c - bytes that come before it is known which chunk they are.
 *
 * They lie in a nameless file. Once the chunk is known they are passed through
 * the same way as bytes from a client, from the page cache: checked, digested,
 * compared, and written to their place unless the file itself becomes it.
 */
#include "chunk.h"

#include <stdlib.h>

#include "error.h"
#include "spec.h"

#define REPLAY_BUFFER_BYTES 65536

wfs_status wfs_upload_begin_unplaced_chunk(wfs_store *store,
                                           const wfs_limits *limits,
                                           wfs_chunk **ret_chunk,
                                           wfs_error *error)
{
    wfs_chunk *chunk = calloc(1, sizeof(*chunk));
    wfs_status status;

    if (chunk == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    chunk->store = store;
    chunk->state = WFS_CHUNK_RECEIVING;
    chunk->is_unplaced = true;
    chunk->spec.limits = *limits;
    chunk->bytes_max =
        limits->chunk_max_bytes != 0 ? limits->chunk_max_bytes : WFS_UNKNOWN;
    chunk->bytes_max_status = WFS_ETOOLARGE;
    status = wfs_chunk_check_space(chunk, 0, error);
    if (status == WFS_OK) {
        status = store->blobs->api->open_nameless(store->blobs,
                                                  &chunk->nameless, error);
    }
    if (status != WFS_OK) {
        wfs_chunk_free(chunk);
        return status;
    }
    *ret_chunk = chunk;
    return WFS_OK;
}

static wfs_status replay(wfs_chunk *chunk, uint64_t length, wfs_error *error)
{
    uint8_t buffer[REPLAY_BUFFER_BYTES];
    wfs_status status = WFS_OK;

    chunk->written = 0;
    while (status == WFS_OK && chunk->written < length) {
        uint64_t left = length - chunk->written;
        size_t want = left < sizeof(buffer) ? (size_t)left : sizeof(buffer);

        status = wfs_chunk_read_back(chunk, chunk->nameless, chunk->written,
                                     buffer, want, error);
        if (status == WFS_OK) {
            status = wfs_chunk_take(chunk, buffer, want, error);
        }
    }
    return status;
}

static wfs_status place(wfs_chunk *chunk, const wfs_chunk_spec *spec,
                        wfs_error *error)
{
    uint64_t length = chunk->written;
    wfs_status status = wfs_spec_check(spec, error);

    if (status != WFS_OK) {
        return status;
    }
    if (length == 0) {
        return wfs_error_set(error, WFS_EEMPTY, 0, NULL,
                             "the chunk has no bytes");
    }
    if (spec->length != WFS_UNKNOWN && spec->length != length) {
        return wfs_error_set_numbers(error, WFS_ECONFLICT, spec->length, length,
                                     "the chunk does not have its length");
    }
    wfs_chunk_set_spec(chunk, spec);
    chunk->spec.length = length;
    status = wfs_spec_check(&chunk->spec, error);
    if (status == WFS_OK) {
        status = wfs_chunk_begin(chunk, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    chunk->is_unplaced = false;
    return replay(chunk, length, error);
}

wfs_status wfs_chunk_place(wfs_chunk *chunk, const wfs_chunk_spec *spec,
                           wfs_error *error)
{
    wfs_status status;

    if (chunk->has_failed || !chunk->is_unplaced) {
        return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                             "the chunk cannot be placed");
    }
    status = place(chunk, spec, error);
    chunk->has_failed = status != WFS_OK;
    return status;
}
