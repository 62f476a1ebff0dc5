/*
 * compare.c - a repeat: the bytes that come against those accepted before.
 */
#include "chunk.h"

#include <inttypes.h>
#include <string.h>

#include "error.h"

#define COMPARE_BUFFER_BYTES 65536

static wfs_status fail_other_bytes(const wfs_chunk *chunk, wfs_error *error)
{
    return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                         "chunk %" PRIu64
                         " was already received with other content",
                         chunk->spec.index);
}

static wfs_status check_told(const wfs_chunk *chunk, bool *ret_is_same,
                             wfs_error *error)
{
    const wfs_chunk_row *accepted = &chunk->accepted;
    const wfs_digest *digest = &chunk->spec.digest;
    bool is_known = digest->kind == WFS_DIGEST_SHA256 && accepted->has_sha256;
    uint64_t length = chunk->spec.length;

    if (length != WFS_UNKNOWN && length != accepted->size_bytes) {
        return wfs_error_set_numbers(
            error, WFS_ECONFLICT, accepted->size_bytes, length,
            "chunk %" PRIu64 " was already received with %" PRIu64 " bytes",
            chunk->spec.index, accepted->size_bytes);
    }
    if (is_known &&
        memcmp(digest->bytes, accepted->sha256, WFS_SHA256_BYTES) != 0) {
        return fail_other_bytes(chunk, error);
    }
    *ret_is_same = is_known && length != WFS_UNKNOWN;
    return WFS_OK;
}

static wfs_status open_accepted(wfs_chunk *chunk, wfs_error *error)
{
    wfs_store *store = chunk->store;
    wfs_blob_owner owner = {chunk->id, chunk->upload.row};

    switch (chunk->accepted.place) {
    case WFS_PLACE_HEAD:
        return store->catalogue->api->get_head(store->catalogue, owner.row,
                                               &chunk->head,
                                               &chunk->head_length, error);
    case WFS_PLACE_LOOSE:
        chunk->base = 0;
        return store->blobs->api->open_loose(
            store->blobs, owner, chunk->spec.index, &chunk->part, error);
    default:
        chunk->base = (uint64_t)chunk->accepted.place;
        return store->blobs->api->open_part(store->blobs, owner, &chunk->part,
                                            NULL, error);
    }
}

wfs_status wfs_chunk_begin_compare(wfs_chunk *chunk, wfs_error *error)
{
    bool is_same = false;
    wfs_status status = check_told(chunk, &is_same, error);

    if (status != WFS_OK) {
        return status;
    }
    chunk->place = chunk->accepted.place;
    if (is_same) {
        chunk->state = WFS_CHUNK_PRESENT;
        return WFS_OK;
    }
    chunk->state = WFS_CHUNK_COMPARING;
    status = open_accepted(chunk, error);
    return status == WFS_OK ? wfs_chunk_prepare(chunk, error) : status;
}

static wfs_status compare_stored(wfs_chunk *chunk, const uint8_t *bytes,
                                 size_t length, wfs_error *error)
{
    uint8_t buffer[COMPARE_BUFFER_BYTES];
    uint64_t offset = chunk->base + chunk->written;

    while (length > 0) {
        size_t want = length < sizeof(buffer) ? length : sizeof(buffer);
        size_t got = 0;
        wfs_status status = chunk->store->blobs->api->read(
            chunk->part, offset, buffer, want, &got, error);

        if (status != WFS_OK) {
            return status;
        }
        if (got < want) {
            return wfs_error_set(error, WFS_ECORRUPT, 0, "read",
                                 "an accepted chunk is cut off");
        }
        if (memcmp(buffer, bytes, want) != 0) {
            return fail_other_bytes(chunk, error);
        }
        bytes += want;
        offset += want;
        length -= want;
    }
    return WFS_OK;
}

wfs_status wfs_chunk_compare(wfs_chunk *chunk, const uint8_t *bytes,
                             size_t length, wfs_error *error)
{
    if (length > chunk->accepted.size_bytes - chunk->written) {
        return fail_other_bytes(chunk, error);
    }
    if (chunk->head == NULL) {
        return compare_stored(chunk, bytes, length, error);
    }
    if (memcmp(chunk->head + chunk->written, bytes, length) != 0) {
        return fail_other_bytes(chunk, error);
    }
    return WFS_OK;
}
