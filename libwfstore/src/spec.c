/*
 * spec.c - what is wrong with a request whatever the store holds.
 */
#include "spec.h"

#include <inttypes.h>
#include <string.h>

#include "error.h"

/* Far above any audio, and its products with indexes stay within int64. */
#define CHUNK_SIZE_MAX (UINT64_C(1) << 40)

static wfs_status check_id(const char *id, wfs_error *error)
{
    if (id == NULL || !wfs_id_is_valid(id, strlen(id))) {
        return wfs_error_set(error, WFS_EID, 0, NULL,
                             "an id is 1 to %d of the characters A-Z a-z 0-9 "
                             "_ and -",
                             WFS_ID_MAX_BYTES);
    }
    return WFS_OK;
}

static wfs_status check_provisional(const wfs_chunk_spec *spec,
                                    wfs_error *error)
{
    if (!spec->is_provisional) {
        return WFS_OK;
    }
    if (spec->index != 0 || spec->chunk_size != WFS_UNKNOWN) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "only chunk 0 of an upload without a chunk size "
                             "can be provisional");
    }
    if (spec->length != WFS_UNKNOWN && spec->length > WFS_HEAD_MAX_BYTES) {
        return wfs_error_set_numbers(
            error, WFS_EINVAL, WFS_HEAD_MAX_BYTES, spec->length,
            "a provisional chunk has at most %d bytes", WFS_HEAD_MAX_BYTES);
    }
    return WFS_OK;
}

wfs_status wfs_spec_check(const wfs_chunk_spec *spec, wfs_error *error)
{
    wfs_status status = check_id(spec->id, error);

    if (status != WFS_OK) {
        return status;
    }
    if (spec->name != NULL &&
        !wfs_name_is_valid(spec->name, strlen(spec->name))) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the name is not one that can be shown");
    }
    if (spec->total_chunks == 0) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "an upload has at least one chunk");
    }
    if (spec->chunk_size == 0 || (spec->chunk_size > CHUNK_SIZE_MAX &&
                                  spec->chunk_size != WFS_UNKNOWN)) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the chunk size is out of range");
    }
    if (spec->length == 0) {
        return wfs_error_set(error, WFS_EEMPTY, 0, NULL,
                             "the chunk has no bytes");
    }
    return check_provisional(spec, error);
}

static wfs_status fail_recording_size(uint64_t max, uint64_t size,
                                      wfs_error *error)
{
    return wfs_error_set_numbers(error, WFS_ETOOLARGE, max, size,
                                 "a recording has at most %" PRIu64 " bytes",
                                 max);
}

/* Bytes of the recording before this chunk, as far as is known. */
static uint64_t get_base(const wfs_chunk_spec *spec,
                         const wfs_upload_row *upload)
{
    uint64_t chunk_size = upload->chunk_size != WFS_UNKNOWN ? upload->chunk_size
                                                            : spec->chunk_size;

    if (chunk_size != WFS_UNKNOWN) {
        return spec->index * chunk_size;
    }
    if (spec->index == 0 && upload->head_bytes > 0) {
        return upload->received_bytes - upload->head_bytes;
    }
    return upload->received_bytes;
}

static wfs_status check_recording_size(const wfs_chunk_spec *spec,
                                       const wfs_upload_row *upload,
                                       wfs_error *error)
{
    uint64_t max = spec->limits.recording_max_bytes;
    uint64_t length = spec->length != WFS_UNKNOWN ? spec->length : 1;
    uint64_t size = get_base(spec, upload) + length;

    if (spec->chunk_size != WFS_UNKNOWN && spec->total_chunks != WFS_UNKNOWN) {
        uint64_t least = (spec->total_chunks - 1) * spec->chunk_size + 1;

        size = least > size ? least : size;
    }
    return max == 0 || size <= max ? WFS_OK
                                   : fail_recording_size(max, size, error);
}

wfs_status wfs_spec_check_limits(const wfs_chunk_spec *spec,
                                 const wfs_upload_row *upload, wfs_error *error)
{
    uint64_t max = spec->limits.chunk_max_bytes;

    if (spec->index >= WFS_CHUNKS_MAX || (spec->total_chunks > WFS_CHUNKS_MAX &&
                                          spec->total_chunks != WFS_UNKNOWN)) {
        return wfs_error_set(error, WFS_ETOOMANY, 0, NULL,
                             "an upload has at most %d chunks", WFS_CHUNKS_MAX);
    }
    if (max != 0 && spec->length != WFS_UNKNOWN && spec->length > max) {
        return wfs_error_set_numbers(error, WFS_ETOOLARGE, max, spec->length,
                                     "a chunk has at most %" PRIu64 " bytes",
                                     max);
    }
    return check_recording_size(spec, upload, error);
}

static void lower(uint64_t *max, wfs_status *status, uint64_t limit,
                  wfs_status limit_status)
{
    if (limit < *max) {
        *max = limit;
        *status = limit_status;
    }
}

uint64_t wfs_spec_get_bytes_max(const wfs_chunk_spec *spec,
                                const wfs_upload_row *upload, bool is_head,
                                wfs_status *ret_status)
{
    uint64_t max = WFS_UNKNOWN;
    uint64_t recording_max = spec->limits.recording_max_bytes;
    uint64_t base = get_base(spec, upload);

    *ret_status = WFS_ECONFLICT;
    lower(&max, ret_status, spec->length, WFS_ECONFLICT);
    lower(&max, ret_status, upload->chunk_size, WFS_ECONFLICT);
    if (is_head) {
        uint64_t head_max =
            upload->head_bytes > 0 ? upload->head_bytes : WFS_HEAD_MAX_BYTES;

        lower(&max, ret_status, head_max,
              upload->head_bytes > 0 ? WFS_ECONFLICT : WFS_EINVAL);
    }
    if (spec->limits.chunk_max_bytes != 0) {
        lower(&max, ret_status, spec->limits.chunk_max_bytes, WFS_ETOOLARGE);
    }
    if (recording_max != 0) {
        lower(&max, ret_status, recording_max > base ? recording_max - base : 0,
              WFS_ETOOLARGE);
    }
    return max;
}
