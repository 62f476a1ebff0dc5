/*
 * complete_check.c - what is missing or contradicts; pure.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "complete.h"
#include "error.h"
#include "progress.h"

/* 9999-12-31T23:59:59.999Z: the last that a filename can tell. */
#define TIMESTAMP_MAX_MS INT64_C(253402300799999)

static wfs_status fail_value(const char *what, wfs_error *error)
{
    return wfs_error_set(error, WFS_EINVAL, 0, NULL, "the %s is out of range",
                         what);
}

wfs_status wfs_complete_check_spec(const wfs_complete_spec *spec,
                                   wfs_error *error)
{
    if (spec->id == NULL || !wfs_id_is_valid(spec->id, strlen(spec->id))) {
        return wfs_error_set(error, WFS_EID, 0, NULL,
                             "an id is 1 to %d of the characters A-Z a-z 0-9 "
                             "_ and -",
                             WFS_ID_MAX_BYTES);
    }
    if (spec->name != NULL &&
        !wfs_name_is_valid(spec->name, strlen(spec->name))) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the name is not one that can be shown");
    }
    if (spec->total_chunks == 0) {
        return fail_value("number of chunks", error);
    }
    if (spec->has_duration &&
        (!isfinite(spec->duration_seconds) || spec->duration_seconds < 0)) {
        return fail_value("duration", error);
    }
    if (spec->has_timestamp &&
        (spec->timestamp_ms < 0 || spec->timestamp_ms > TIMESTAMP_MAX_MS)) {
        return fail_value("timestamp", error);
    }
    return WFS_OK;
}

static wfs_status fail_missing(const wfs_upload_row *upload, uint64_t total,
                               wfs_error *error)
{
    if (total == WFS_UNKNOWN) {
        return wfs_error_set_numbers(
            error, WFS_EMISSING, 0, upload->received_chunks,
            "%" PRIu64 " chunks were received, and how many there are is not "
            "known or there are gaps",
            upload->received_chunks);
    }
    return wfs_error_set_numbers(
        error, WFS_EMISSING, total, upload->received_chunks,
        "%" PRIu64 " of %" PRIu64 " chunks were received",
        upload->received_chunks, total);
}

static wfs_status check_size(const wfs_complete_spec *spec,
                             const wfs_upload_row *upload, uint64_t total,
                             wfs_error *error)
{
    uint64_t size = spec->size_bytes;
    bool is_tail_lost;

    if (size == WFS_UNKNOWN) {
        size = upload->size_bytes;
    } else if (upload->size_bytes != WFS_UNKNOWN &&
               upload->size_bytes != size) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, upload->size_bytes, size,
            "the upload has %" PRIu64 " bytes, not %" PRIu64,
            upload->size_bytes, size);
    }
    is_tail_lost = total == WFS_UNKNOWN && size > upload->received_bytes;
    if (size == WFS_UNKNOWN || size == upload->received_bytes) {
        return WFS_OK;
    }
    return wfs_error_set_numbers(
        error, is_tail_lost ? WFS_EMISSING : WFS_ECONFLICT, size,
        upload->received_bytes,
        "%" PRIu64 " bytes were received instead of %" PRIu64,
        upload->received_bytes, size);
}

wfs_status wfs_complete_check_upload(const wfs_complete_spec *spec,
                                     const wfs_upload_row *upload,
                                     wfs_error *error)
{
    uint64_t max = spec->limits.recording_max_bytes;
    uint64_t total = upload->total_chunks != WFS_UNKNOWN ? upload->total_chunks
                                                         : spec->total_chunks;
    uint64_t needed = total != WFS_UNKNOWN ? total : upload->received_chunks;
    bool is_told = total != WFS_UNKNOWN || spec->size_bytes != WFS_UNKNOWN ||
                   spec->has_sha256 || upload->size_bytes != WFS_UNKNOWN;
    wfs_status status;

    if (upload->is_partial) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the upload is a part of another one");
    }
    if (spec->salvage || upload->is_salvaged) {
        return upload->contiguous_chunks > 0
                   ? WFS_OK
                   : fail_missing(upload, total, error);
    }
    status = wfs_progress_check_total(upload, spec->total_chunks, error);
    if (status != WFS_OK) {
        return status;
    }
    if (!is_told || upload->contiguous_chunks != needed) {
        return fail_missing(upload, total, error);
    }
    status = check_size(spec, upload, total, error);
    if (status == WFS_OK && max != 0 && upload->received_bytes > max) {
        status = wfs_error_set_numbers(
            error, WFS_ETOOLARGE, max, upload->received_bytes,
            "a recording has at most %" PRIu64 " bytes", max);
    }
    return status;
}

bool wfs_complete_needs_digest(const wfs_store *store,
                               const wfs_complete_spec *spec,
                               const wfs_upload_row *upload)
{
    return !store->options.no_digest ||
           (spec->has_sha256 && !upload->is_salvaged);
}

uint64_t wfs_complete_count(const wfs_store *store,
                            const wfs_complete_spec *spec,
                            const wfs_upload_row *upload, uint64_t *ret_done)
{
    uint64_t total = 0;

    *ret_done = 0;
    if (upload->chunk_size == WFS_UNKNOWN) {
        total += upload->contiguous_bytes - upload->placed_bytes;
    }
    if (wfs_complete_needs_digest(store, spec, upload)) {
        total += upload->received_bytes;
        *ret_done = upload->head_bytes == 0 ? upload->prefix_bytes : 0;
        if (spec->salvage || upload->is_salvaged) {
            total += upload->contiguous_bytes - *ret_done;
            *ret_done = 0;
        }
    }
    return total;
}

wfs_status wfs_complete_check_repeat(const wfs_complete_spec *spec,
                                     const wfs_recording_row *row,
                                     wfs_error *error)
{
    const wfs_recording *recording = &row->recording;

    if (spec->salvage) {
        return WFS_OK; /* nothing that was told was checked the first time */
    }
    if (spec->total_chunks != WFS_UNKNOWN && row->chunks != 0 &&
        spec->total_chunks != row->chunks) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, row->chunks, spec->total_chunks,
            "the recording was made of %" PRIu64 " chunks, not %" PRIu64,
            row->chunks, spec->total_chunks);
    }
    if (spec->size_bytes != WFS_UNKNOWN &&
        spec->size_bytes != recording->size_bytes) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, recording->size_bytes, spec->size_bytes,
            "the recording has %" PRIu64 " bytes, not %" PRIu64,
            recording->size_bytes, spec->size_bytes);
    }
    if (spec->has_sha256 && recording->has_sha256 &&
        memcmp(spec->sha256, recording->sha256, WFS_SHA256_BYTES) != 0) {
        return wfs_error_set(error, WFS_EDIGEST, 0, NULL,
                             "the recording has another digest");
    }
    return WFS_OK;
}
