/*
 * concat.c - an upload made of others: their bytes, one behind the other.
 *
 * Each part becomes a chunk. A call that died goes on where it stood when it is
 * made again.
 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "store_internal.h"
#include "tend.h"
#include "wfstore/append.h"

#define BUFFER_BYTES (UINT64_C(256) << 10)

/* `from`, `to`  where the bytes of the part lie in the upload */
typedef struct part {
    wfs_upload_row row;
    uint64_t from;
    uint64_t to;
} part;

static wfs_status find_part(wfs_store *store, const char *id, part *ret_part,
                            wfs_error *error)
{
    wfs_upload_row *row = &ret_part->row;
    wfs_status status = wfs_upload_find(store, id, row, error);

    if (status == WFS_ECOMPLETE || (status == WFS_OK && !row->is_partial)) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "one of them was not made to be a part");
    }
    if (status == WFS_OK && row->size_bytes != row->received_bytes) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "one of the parts is not all there");
    }
    return status;
}

static wfs_status find_parts(wfs_store *store, const char *const *ids,
                             size_t count, part *parts, wfs_error *error)
{
    wfs_status status = WFS_OK;
    uint64_t end = 0;

    for (size_t i = 0; i < count && status == WFS_OK; i++) {
        status = find_part(store, ids[i], &parts[i], error);
        if (status == WFS_OK && parts[i].row.size_bytes > INT64_MAX - end) {
            status = wfs_error_set(error, WFS_ETOOLARGE, 0, NULL,
                                   "the parts are too much together");
        }
        if (status == WFS_OK) {
            parts[i].from = end;
            end += parts[i].row.size_bytes;
            parts[i].to = end;
        }
    }
    return status;
}

static wfs_status copy_bytes(wfs_store *store, wfs_blob *blob, uint64_t offset,
                             uint64_t end, wfs_chunk *chunk, wfs_error *error)
{
    uint8_t *buffer = malloc(BUFFER_BYTES);
    wfs_status status = WFS_OK;

    if (buffer == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                             "the server is out of memory");
    }
    while (offset < end && status == WFS_OK) {
        uint64_t left = end - offset;
        size_t wanted = (size_t)(left < BUFFER_BYTES ? left : BUFFER_BYTES);
        size_t length = 0;

        status = store->blobs->api->read(blob, offset, buffer, wanted, &length,
                                         error);
        if (status == WFS_OK && length < wanted) {
            status = wfs_error_set(error, WFS_ECORRUPT, 0, "read",
                                   "bytes of a part are missing");
        }
        if (status == WFS_OK) {
            status = wfs_chunk_write(chunk, buffer, length, error);
        }
        offset += length;
    }
    free(buffer);
    return status;
}

/* `offset`  what the upload has; the rest of the part is appended */
static wfs_status append_part(wfs_store *store, const wfs_create_spec *spec,
                              const part *from, uint64_t offset,
                              wfs_error *error)
{
    wfs_append_spec append = WFS_APPEND_SPEC_INIT;
    wfs_blob_owner owner = {from->row.id, from->row.row};
    wfs_chunk *chunk = NULL;
    wfs_blob *blob = NULL;
    wfs_receipt receipt;
    wfs_status status =
        store->blobs->api->open_part(store->blobs, owner, &blob, NULL, error);

    append.id = spec->id;
    append.offset = offset;
    append.length = from->to - offset;
    append.limits = spec->limits;
    if (status == WFS_OK) {
        status = wfs_upload_begin_append(store, &append, &chunk, error);
    }
    if (status == WFS_OK) {
        status = copy_bytes(store, blob, offset - from->from,
                            from->to - from->from, chunk, error);
        if (status == WFS_OK) {
            status = wfs_chunk_commit(chunk, &receipt, error);
        } else {
            wfs_chunk_discard(chunk);
        }
    }
    store->blobs->api->close_blob(blob);
    return status;
}

/* There may be an upload of that id: of a call before, which goes on. */
static wfs_status create_once(wfs_store *store, const wfs_create_spec *spec,
                              uint64_t size_bytes, uint64_t *ret_arrived,
                              wfs_error *error)
{
    wfs_create_spec whole = *spec;
    wfs_upload_row row;
    wfs_status status;

    whole.size_bytes = size_bytes;
    status = wfs_upload_create(store, &whole, error);
    if (status != WFS_OK && status != WFS_ECONFLICT) {
        return status;
    }
    status = wfs_upload_find(store, spec->id, &row, error);
    if (status == WFS_OK && row.size_bytes != size_bytes) {
        return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                             "there is another upload of this id");
    }
    if (status == WFS_OK) {
        *ret_arrived = row.received_bytes;
    }
    return status;
}

static wfs_status fill(wfs_store *store, const wfs_create_spec *spec,
                       const part *parts, size_t count, wfs_error *error)
{
    uint64_t size = count > 0 ? parts[count - 1].to : 0;
    uint64_t offset = 0;
    wfs_status status = create_once(store, spec, size, &offset, error);

    for (size_t i = 0; i < count && status == WFS_OK; i++) {
        if (parts[i].to > offset) {
            status = append_part(store, spec, &parts[i], offset, error);
            offset = parts[i].to;
        }
    }
    return status;
}

wfs_status wfs_upload_concatenate(wfs_store *store, const wfs_create_spec *spec,
                                  const char *const *ids, size_t count,
                                  wfs_error *error)
{
    part *parts = calloc(count > 0 ? count : 1, sizeof(*parts));
    wfs_status status;

    if (parts == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    status = wfs_prove_all(store, error);
    if (status == WFS_OK) {
        status = find_parts(store, ids, count, parts, error);
    }
    if (status == WFS_OK) {
        status = fill(store, spec, parts, count, error);
    }
    free(parts);
    return status;
}
