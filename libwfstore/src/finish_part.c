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
#include "observe.h"
#include "part_reader.h"

#define SLICE_BYTES (UINT64_C(1) << 20)

/*
 * What completing works on. Of `total` bytes to be absorbed and digested, which
 * is all that takes time, `before` were done when it began.
 */
typedef struct finishing {
    wfs_store *store;
    const wfs_complete_spec *spec;
    wfs_upload_row *upload;
    wfs_blob *part;
    wfs_live_slot *slot;
    uint64_t before;
    uint64_t total;
} finishing;

/* After each slice of work: others are told, and may have had enough. */
static wfs_status tell(const finishing *self, uint64_t done, wfs_error *error)
{
    done += self->before;
    wfs_live_set_progress(self->slot, done, self->total);
    wfs_live_look(self->store->live);
    if (wfs_live_get_stop(self->slot) == WFS_EGONE) {
        return wfs_error_set(error, WFS_EGONE, 0, NULL,
                             "the upload was deleted meanwhile");
    }
    return wfs_complete_tell(self->spec, done, self->total, error);
}

/* Absorb, and digest as far as the catalogue can keep how far it has come. */
static wfs_status catch_up(const finishing *self, uint64_t *ret_done,
                           wfs_error *error)
{
    wfs_catch_up *job = NULL;
    bool is_done = !wfs_catch_up_is_due(self->store, self->upload);
    wfs_status status = WFS_OK;

    if (!is_done) {
        status = wfs_catch_up_borrow(self->store, self->upload, self->part,
                                     &job, error);
    }
    while (status == WFS_OK && !is_done) {
        status = wfs_catch_up_advance(job, &is_done, error);
        if (status == WFS_OK) {
            *ret_done = wfs_catch_up_get_done(job);
            *self->upload = *wfs_catch_up_get_row(job);
            status = tell(self, *ret_done, error);
        }
    }
    wfs_catch_up_close(job);
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

/* What that leaves is all to be digested, behind what was done until now. */
static wfs_status salvage(finishing *self, uint64_t done, wfs_error *error)
{
    wfs_status status =
        wfs_complete_salvage(self->store, self->upload, self->part, error);

    self->total = self->before + done + self->upload->received_bytes;
    return status;
}

static wfs_status read_facts(wfs_store *store, const wfs_upload_row *upload,
                             wfs_blob *part, uint32_t types,
                             wfs_container_facts *ret_facts, wfs_error *error)
{
    wfs_part_reader bytes;
    wfs_status status;

    wfs_part_reader_init(&bytes, store->blobs, part, upload->received_bytes);
    status = wfs_container_read(&bytes.reader, ret_facts);
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

static wfs_status digest_part(const finishing *self, uint64_t done,
                              wfs_digest *ret_digest, wfs_error *error)
{
    wfs_hasher *hasher = NULL;
    uint64_t end = self->upload->received_bytes;
    uint64_t from = 0;
    wfs_status status = open_digest(self->upload, &from, &hasher, error);

    while (status == WFS_OK && from < end) {
        uint64_t next = end - from < SLICE_BYTES ? end : from + SLICE_BYTES;

        status = wfs_digest_range(self->store, self->part, from, next, hasher,
                                  error);
        done += next - from;
        from = next;
        if (status == WFS_OK) {
            status = tell(self, done, error);
        }
    }
    if (status == WFS_OK) {
        wfs_hasher_finish(hasher, ret_digest);
    }
    wfs_hasher_close(hasher);
    return status;
}

static wfs_status check_digest(const finishing *self, uint64_t done,
                               wfs_digest *ret_digest, wfs_error *error)
{
    wfs_digest digest = {WFS_DIGEST_NONE, {0}};
    wfs_status status = WFS_OK;

    if (wfs_complete_needs_digest(self->store, self->spec, self->upload)) {
        status = digest_part(self, done, &digest, error);
    }
    if (status == WFS_OK && self->spec->has_sha256 &&
        !self->upload->is_salvaged &&
        memcmp(digest.bytes, self->spec->sha256, WFS_SHA256_BYTES) != 0) {
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
    uint64_t began_ns;
    wfs_status status = api->get_size(part, &size, error);

    if (status == WFS_OK && size < upload->received_bytes) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "fstat",
                             "accepted bytes are missing");
    }
    if (status == WFS_OK && size > upload->received_bytes) {
        status = api->truncate(part, upload->received_bytes, error);
    }
    if (status == WFS_OK) {
        began_ns = wfs_observe_begin(store);
        status = api->sync(part, error);
        wfs_observe_end(store, WFS_EVENT_SYNCED, began_ns);
    }
    return status;
}

wfs_status wfs_finish_part(wfs_store *store, const wfs_complete_spec *spec,
                           wfs_upload_row *upload, wfs_blob *part,
                           wfs_live_slot *slot, wfs_container_facts *ret_facts,
                           wfs_digest *ret_digest, wfs_error *error)
{
    finishing self = {.store = store,
                      .spec = spec,
                      .upload = upload,
                      .part = part,
                      .slot = slot};
    uint64_t done = 0;
    wfs_status status;

    self.total = wfs_complete_count(store, spec, upload, &self.before);
    status = catch_up(&self, &done, error);
    if (status == WFS_OK) {
        status = put_head(store, upload, part, error);
    }
    if (status == WFS_OK && (spec->salvage || upload->is_salvaged)) {
        status = salvage(&self, done, error);
    }
    if (status == WFS_OK) {
        status = read_facts(store, upload, part, spec->limits.types, ret_facts,
                            error);
    }
    if (status == WFS_OK) {
        status = check_digest(&self, done, ret_digest, error);
    }
    if (status == WFS_OK) {
        status = cut_and_sync(store, upload, part, error);
    }
    return status;
}
