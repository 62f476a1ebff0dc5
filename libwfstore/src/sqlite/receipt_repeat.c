/*
 * receipt_repeat.c - a chunk that was accepted before comes again.
 */
#include <inttypes.h>
#include <string.h>

#include "../error.h"
#include "receipt_rows.h"
#include "sqlite.h"

static wfs_status refuse_other_bytes(const wfs_receipt_spec *spec,
                                     const wfs_chunk_row *chunk,
                                     wfs_error *error)
{
    return wfs_error_set_numbers(
        error, WFS_ECONFLICT, chunk->size_bytes, spec->size_bytes,
        "chunk %" PRIu64 " was already received with other content",
        spec->index);
}

/* Chunk 0 is provisional and comes again: it may change while unsealed. */
static wfs_status renew_head(const wfs_batch *b, const wfs_receipt_spec *spec,
                             const wfs_chunk_row *chunk,
                             wfs_receipt_result *result, wfs_error *error)
{
    wfs_upload_row *row = &result->upload;
    wfs_status status;

    status = wfs_receipt_compare_head(b, spec, &result->existed, error);
    if (status != WFS_OK) {
        return status;
    }
    if (!result->existed &&
        (row->head_is_sealed || chunk->size_bytes != spec->size_bytes)) {
        (void)refuse_other_bytes(spec, chunk, &result->error);
        return WFS_OK;
    }
    row->head_is_sealed = row->head_is_sealed || spec->head_is_sealed;
    if (!result->existed) {
        status = wfs_receipt_put_head(b, spec, error);
        if (status == WFS_OK) {
            status = wfs_receipt_renew_chunk(b, spec, error);
        }
    }
    wfs_receipt_keep_told(row, spec, b->now_ms);
    return status == WFS_OK ? wfs_write_upload_row(b->connection, row, error)
                            : status;
}

/*
 * Without both digests it is for the caller, who holds the chunk's lock, to
 * have compared the bytes at that place; a loose chunk may have been absorbed
 * meanwhile.
 */
static bool is_same(const wfs_receipt_spec *spec, const wfs_chunk_row *chunk)
{
    if (spec->size_bytes != chunk->size_bytes) {
        return false;
    }
    if (spec->has_sha256 && chunk->has_sha256) {
        return memcmp(spec->sha256, chunk->sha256, sizeof chunk->sha256) == 0;
    }
    return spec->place == chunk->place || spec->place == WFS_PLACE_LOOSE;
}

wfs_status wfs_receipt_repeat(const wfs_batch *b, const wfs_receipt_spec *spec,
                              const wfs_chunk_row *chunk,
                              wfs_receipt_result *result, wfs_error *error)
{
    if (spec->place == WFS_PLACE_HEAD && chunk->place == WFS_PLACE_HEAD) {
        return renew_head(b, spec, chunk, result, error);
    }
    if (!is_same(spec, chunk)) {
        (void)refuse_other_bytes(spec, chunk, &result->error);
        return WFS_OK;
    }
    result->existed = true;
    wfs_receipt_keep_told(&result->upload, spec, b->now_ms);
    return wfs_write_upload_row(b->connection, &result->upload, error);
}
