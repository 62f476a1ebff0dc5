/*
 * finish_part.c - the part becomes the file of a recording.
 *
 * Absorb what is loose, write the head into its hole, look what it is, digest
 * to the end, cut off what was never accepted, sync.
 */
#include <stdlib.h>
#include <string.h>

#include "catch_up.h"
#include "complete.h"
#include "error.h"

static wfs_status absorb_all(wfs_store *store, wfs_upload_row *upload,
                             wfs_blob *part, wfs_error *error)
{
    wfs_status status = WFS_OK;

    while (status == WFS_OK && upload->chunk_size == WFS_UNKNOWN &&
           upload->placed_chunks < upload->contiguous_chunks) {
        status = wfs_absorb_next(store, upload, part, error);
    }
    return status;
}

static wfs_status put_head(wfs_store *store, const wfs_upload_row *upload,
                           wfs_blob *part, wfs_error *error)
{
    uint8_t *bytes = NULL;
    size_t length = 0;
    wfs_status status;

    if (upload->head_bytes == 0) {
        return WFS_OK;
    }
    status = store->catalogue->api->get_head(store->catalogue, upload->row,
                                             &bytes, &length, error);
    if (status == WFS_OK) {
        status = store->blobs->api->write(part, 0, bytes, length, error);
    }
    free(bytes);
    return status;
}

typedef struct part_reader {
    wfs_store *store;
    wfs_blob *part;
} part_reader;

static wfs_status read_part(void *data, uint64_t offset, void *buffer,
                            size_t length, size_t *ret_length)
{
    part_reader *self = data;

    return self->store->blobs->api->read(self->part, offset, buffer, length,
                                         ret_length, NULL);
}

static wfs_status read_facts(wfs_store *store, const wfs_upload_row *upload,
                             wfs_blob *part, uint32_t types,
                             wfs_container_facts *ret_facts, wfs_error *error)
{
    part_reader data = {store, part};
    wfs_reader reader = {read_part, &data, upload->received_bytes};
    wfs_status status = wfs_container_read(&reader, ret_facts);

    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, "read", "the disk failed");
    }
    if (types != WFS_TYPES_ANY &&
        ((ret_facts->type & types) == 0 || ret_facts->is_not_audio)) {
        return wfs_error_set(error, WFS_ETYPE, 0, NULL,
                             "the content is not audio of a type this server "
                             "takes");
    }
    return WFS_OK;
}

/* A head came last, so the digest cannot have begun. */
static wfs_status open_digest(const wfs_upload_row *upload, uint64_t *ret_from,
                              wfs_hasher **ret_hasher, wfs_error *error)
{
    static const wfs_digest_state none;
    bool is_begun = upload->head_bytes == 0 && upload->digest.length > 0;
    wfs_status status =
        wfs_hasher_restore(is_begun ? &upload->digest : &none, ret_hasher);

    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, "hasher",
                             "the digest of the upload cannot be continued");
    }
    *ret_from = is_begun ? upload->prefix_bytes : 0;
    return WFS_OK;
}

static wfs_status digest_part(wfs_store *store, const wfs_upload_row *upload,
                              wfs_blob *part, wfs_digest *ret_digest,
                              wfs_error *error)
{
    wfs_hasher *hasher = NULL;
    uint64_t from = 0;
    wfs_status status = open_digest(upload, &from, &hasher, error);

    if (status == WFS_OK) {
        status = wfs_digest_range(store, part, from, upload->received_bytes,
                                  hasher, error);
    }
    if (status == WFS_OK) {
        wfs_hasher_finish(hasher, ret_digest);
    }
    wfs_hasher_close(hasher);
    return status;
}

static wfs_status check_digest(wfs_store *store, const wfs_complete_spec *spec,
                               const wfs_upload_row *upload, wfs_blob *part,
                               wfs_digest *ret_digest, wfs_error *error)
{
    wfs_digest digest = {WFS_DIGEST_NONE, {0}};
    wfs_status status = WFS_OK;

    if (!store->options.no_digest || spec->has_sha256) {
        status = digest_part(store, upload, part, &digest, error);
    }
    if (status == WFS_OK && spec->has_sha256 &&
        memcmp(digest.bytes, spec->sha256, WFS_SHA256_BYTES) != 0) {
        status = wfs_error_set(error, WFS_EDIGEST, 0, NULL,
                               "the bytes received do not have the digest "
                               "given");
    }
    if (status == WFS_OK) {
        *ret_digest = digest;
    }
    return status;
}

/* Bytes behind the accepted ones are of chunks that were given up. */
static wfs_status cut_and_sync(wfs_store *store, const wfs_upload_row *upload,
                               wfs_blob *part, wfs_error *error)
{
    const wfs_blobs_api *api = store->blobs->api;
    uint64_t size = 0;
    wfs_status status = api->get_size(part, &size, error);

    if (status == WFS_OK && size < upload->received_bytes) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "fstat",
                             "accepted bytes are missing");
    }
    if (status == WFS_OK && size > upload->received_bytes) {
        status = api->truncate(part, upload->received_bytes, error);
    }
    if (status == WFS_OK) {
        status = api->sync(part, error);
    }
    if (status == WFS_OK && store->options.durability != WFS_DURABILITY_CHUNK) {
        status = api->sync_uploads(store->blobs, error); /* its name, too */
    }
    return status;
}

wfs_status wfs_finish_part(wfs_store *store, const wfs_complete_spec *spec,
                           wfs_upload_row *upload, wfs_blob *part,
                           wfs_container_facts *ret_facts,
                           wfs_digest *ret_digest, wfs_error *error)
{
    wfs_status status = absorb_all(store, upload, part, error);

    if (status == WFS_OK) {
        status = put_head(store, upload, part, error);
    }
    if (status == WFS_OK) {
        status = read_facts(store, upload, part, spec->limits.types, ret_facts,
                            error);
    }
    if (status == WFS_OK) {
        status = check_digest(store, spec, upload, part, ret_digest, error);
    }
    if (status == WFS_OK) {
        status = cut_and_sync(store, upload, part, error);
    }
    return status;
}
