/*
 * submit_check.c - whether a chunk's bytes are all there, and what was told.
 */
#include "chunk.h"

#include <inttypes.h>

#include "error.h"
#include "progress.h"

/* Fewer bytes than this tell no type: completing looks then. */
#define TYPE_LEAST_BYTES 12

static wfs_status check_length(const wfs_chunk *chunk, wfs_error *error)
{
    uint64_t expected = chunk->state == WFS_CHUNK_COMPARING
                            ? chunk->accepted.size_bytes
                            : chunk->spec.length;

    if (chunk->written == 0) {
        return wfs_error_set(error, WFS_EEMPTY, 0, NULL,
                             "the chunk has no bytes");
    }
    if (chunk->place == WFS_PLACE_HEAD && chunk->upload.head_bytes > 0) {
        expected = chunk->upload.head_bytes;
    }
    if (expected != WFS_UNKNOWN && chunk->written != expected) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, expected, chunk->written,
            "chunk %" PRIu64 " has %" PRIu64 " bytes instead of %" PRIu64,
            chunk->spec.index, chunk->written, expected);
    }
    return WFS_OK;
}

static wfs_status check_fits(const wfs_chunk *chunk, wfs_error *error)
{
    wfs_claim claim = {.index = chunk->spec.index,
                       .size_bytes = chunk->written,
                       .total_chunks = chunk->spec.total_chunks,
                       .chunk_size = chunk->spec.chunk_size};

    return wfs_progress_check(&chunk->upload, &claim, error);
}

static wfs_status check_digest(wfs_chunk *chunk, wfs_error *error)
{
    wfs_digest digest;

    if (chunk->own == NULL) {
        return WFS_OK;
    }
    wfs_hasher_finish(chunk->own, &digest);
    if (wfs_digest_is_equal(&digest, &chunk->spec.digest)) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_EDIGEST, 0, NULL,
                         "the bytes of chunk %" PRIu64
                         " do not have the digest given",
                         chunk->spec.index);
}

wfs_status wfs_chunk_check_end(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status = check_length(chunk, error);

    if (status == WFS_OK && chunk->state == WFS_CHUNK_RECEIVING &&
        chunk->spec.index == 0 && chunk->first_length >= TYPE_LEAST_BYTES) {
        status = wfs_chunk_check_type(chunk, error);
    }
    if (status == WFS_OK) {
        status = check_fits(chunk, error);
    }
    if (status == WFS_OK) {
        status = check_digest(chunk, error);
    }
    return status;
}
