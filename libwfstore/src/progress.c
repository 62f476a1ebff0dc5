/*
 * progress.c - how an accepted chunk moves its upload on.
 */
#include "progress.h"

#include <inttypes.h>

#include "error.h"

static wfs_status check_index(uint64_t index, uint64_t total, wfs_error *error)
{
    if (index < total) {
        return WFS_OK;
    }
    return wfs_error_set_numbers(error, WFS_ECONFLICT, total, index,
                                 "chunk %" PRIu64 " lies beyond the %" PRIu64
                                 " chunks of the upload",
                                 index, total);
}

wfs_status wfs_progress_check_total(const wfs_upload_row *upload,
                                    uint64_t total, wfs_error *error)
{
    if (total == WFS_UNKNOWN) {
        return WFS_OK;
    }
    if (upload->total_chunks != WFS_UNKNOWN && upload->total_chunks != total) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, upload->total_chunks, total,
            "the upload has %" PRIu64 " chunks, not %" PRIu64,
            upload->total_chunks, total);
    }
    if (upload->highest_index != WFS_UNKNOWN &&
        upload->highest_index >= total) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, upload->highest_index + 1, total,
            "chunk %" PRIu64 " was already received, more than %" PRIu64
            " chunks allow",
            upload->highest_index, total);
    }
    return WFS_OK;
}

static wfs_status check_total(const wfs_upload_row *upload, uint64_t total,
                              wfs_error *error)
{
    if (total != WFS_UNKNOWN && total > WFS_CHUNKS_MAX) {
        return wfs_error_set_numbers(error, WFS_ETOOMANY, WFS_CHUNKS_MAX, total,
                                     "an upload has at most %d chunks",
                                     WFS_CHUNKS_MAX);
    }
    return wfs_progress_check_total(upload, total, error);
}

static wfs_status check_chunk_size(const wfs_upload_row *upload,
                                   uint64_t chunk_size, wfs_error *error)
{
    if (chunk_size == WFS_UNKNOWN || chunk_size == upload->chunk_size) {
        return WFS_OK;
    }
    if (upload->chunk_size == WFS_UNKNOWN) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, 0, chunk_size,
            "the upload was begun without a chunk size");
    }
    return wfs_error_set_numbers(
        error, WFS_ECONFLICT, upload->chunk_size, chunk_size,
        "the upload's chunk size is %" PRIu64 ", not %" PRIu64,
        upload->chunk_size, chunk_size);
}

static wfs_status check_shorter(const wfs_upload_row *upload,
                                const wfs_claim *claim, uint64_t total,
                                wfs_error *error)
{
    bool is_below = upload->highest_index != WFS_UNKNOWN &&
                    upload->highest_index > claim->index;

    if (!is_below && (total == WFS_UNKNOWN || total == claim->index + 1)) {
        return WFS_OK;
    }
    return wfs_error_set_numbers(
        error, WFS_ECONFLICT, upload->chunk_size, claim->size_bytes,
        "chunk %" PRIu64 " is not the last and has %" PRIu64
        " bytes instead of %" PRIu64,
        claim->index, claim->size_bytes, upload->chunk_size);
}

static wfs_status check_size(const wfs_upload_row *upload,
                             const wfs_claim *claim, uint64_t total,
                             wfs_error *error)
{
    if (upload->chunk_size == WFS_UNKNOWN || claim->size_bytes == WFS_UNKNOWN ||
        claim->size_bytes == upload->chunk_size) {
        return WFS_OK;
    }
    if (claim->size_bytes < upload->chunk_size) {
        return check_shorter(upload, claim, total, error);
    }
    return wfs_error_set_numbers(
        error, WFS_ECONFLICT, upload->chunk_size, claim->size_bytes,
        "chunk %" PRIu64 " is longer than the chunk size of %" PRIu64,
        claim->index, upload->chunk_size);
}

wfs_status wfs_progress_check(const wfs_upload_row *upload,
                              const wfs_claim *claim, wfs_error *error)
{
    uint64_t total = upload->total_chunks != WFS_UNKNOWN ? upload->total_chunks
                                                         : claim->total_chunks;
    wfs_status status;

    if (claim->index >= WFS_CHUNKS_MAX) {
        return wfs_error_set_numbers(
            error, WFS_ETOOMANY, WFS_CHUNKS_MAX, claim->index,
            "an upload has at most %d chunks", WFS_CHUNKS_MAX);
    }
    status = check_total(upload, claim->total_chunks, error);
    if (status == WFS_OK) {
        status = check_index(claim->index, total, error);
    }
    if (status == WFS_OK) {
        status = check_chunk_size(upload, claim->chunk_size, error);
    }
    if (status == WFS_OK) {
        status = check_size(upload, claim, total, error);
    }
    return status;
}

uint64_t wfs_progress_get_total(const wfs_upload_row *upload,
                                const wfs_claim *claim)
{
    if (upload->total_chunks != WFS_UNKNOWN) {
        return upload->total_chunks;
    }
    if (claim->total_chunks == WFS_UNKNOWN &&
        upload->chunk_size != WFS_UNKNOWN &&
        claim->size_bytes < upload->chunk_size) {
        return claim->index + 1;
    }
    return claim->total_chunks;
}

bool wfs_progress_count(wfs_upload_row *upload, uint64_t index,
                        uint64_t size_bytes, const wfs_span *next)
{
    upload->received_chunks++;
    upload->received_bytes += size_bytes;
    if (upload->highest_index == WFS_UNKNOWN || upload->highest_index < index) {
        upload->highest_index = index;
    }
    if (index != upload->contiguous_chunks) {
        return false;
    }
    upload->contiguous_chunks++;
    upload->contiguous_bytes += size_bytes;
    if (next != NULL) {
        upload->contiguous_chunks = next->last + 1;
        upload->contiguous_bytes += next->bytes;
    }
    return true;
}

static wfs_status place_fixed(wfs_upload_row *upload, uint64_t index,
                              int64_t place)
{
    if (place < 0 || (uint64_t)place != index * upload->chunk_size) {
        return WFS_EINVAL;
    }
    upload->placed_chunks = upload->contiguous_chunks;
    upload->placed_bytes = upload->contiguous_bytes;
    return WFS_OK;
}

wfs_status wfs_progress_place(wfs_upload_row *upload, uint64_t index,
                              uint64_t size_bytes, int64_t place)
{
    if (upload->chunk_size != WFS_UNKNOWN) {
        return place_fixed(upload, index, place);
    }
    if (place == WFS_PLACE_LOOSE) {
        return WFS_OK;
    }
    if (index != upload->placed_chunks ||
        (place == WFS_PLACE_HEAD && index != 0) ||
        (place != WFS_PLACE_HEAD && (uint64_t)place != upload->placed_bytes)) {
        return WFS_EINVAL;
    }
    upload->placed_chunks++;
    upload->placed_bytes += size_bytes;
    return WFS_OK;
}

void wfs_progress_digest(wfs_upload_row *upload, uint64_t index,
                         uint64_t size_bytes, const wfs_digest_state *state)
{
    if (state->length == 0 || index != upload->prefix_chunks) {
        return;
    }
    upload->prefix_chunks++;
    upload->prefix_bytes += size_bytes;
    upload->digest = *state;
}

bool wfs_progress_is_behind(const wfs_upload_row *upload)
{
    return upload->head_bytes == 0 &&
           upload->contiguous_chunks > upload->prefix_chunks;
}

bool wfs_progress_is_above(const wfs_upload_row *upload, uint64_t index)
{
    return upload->highest_index == WFS_UNKNOWN ||
           index > upload->highest_index;
}
