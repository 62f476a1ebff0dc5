/*
 * catch_up.c - the whole-file digest over chunks that were not in step.
 */
#include "catch_up.h"

#include <stdlib.h>

#include "error.h"

#define BUFFER_BYTES 65536
#define SLICE_BYTES (UINT64_C(1) << 20)
#define SAVE_BYTES (UINT64_C(16) << 20) /* digested between two savings */

/*
 * `upload`  the row, as this job last saw it; its prefix is what is saved
 * `chunks`, `bytes`  how far `hasher` has come, in whole chunks
 * `part_of` bytes digested of the chunk behind them
 */
struct wfs_catch_up {
    wfs_store *store;
    wfs_upload_row upload;
    wfs_blob *part;
    wfs_hasher *hasher;
    uint64_t chunks;
    uint64_t bytes;
    uint64_t part_of;
};

static bool is_absorb_due(const wfs_upload_row *upload)
{
    return upload->chunk_size == WFS_UNKNOWN &&
           upload->contiguous_chunks > upload->placed_chunks;
}

static bool is_digest_due(const wfs_store *store, const wfs_upload_row *upload,
                          uint64_t chunks)
{
    return !store->options.no_digest && upload->head_bytes == 0 &&
           upload->placed_chunks > chunks;
}

bool wfs_catch_up_is_due(const wfs_store *store, const wfs_upload_row *upload)
{
    return is_absorb_due(upload) ||
           is_digest_due(store, upload, upload->prefix_chunks);
}

wfs_status wfs_digest_range(wfs_store *store, wfs_blob *part, uint64_t from,
                            uint64_t to, wfs_hasher *hasher, wfs_error *error)
{
    uint8_t buffer[BUFFER_BYTES];

    while (from < to) {
        uint64_t left = to - from;
        size_t want = left < sizeof(buffer) ? (size_t)left : sizeof(buffer);
        size_t got = 0;
        wfs_status status =
            store->blobs->api->read(part, from, buffer, want, &got, error);

        if (status != WFS_OK) {
            return status;
        }
        if (got < want) {
            return wfs_error_set(error, WFS_ECORRUPT, 0, "read",
                                 "accepted bytes are missing");
        }
        wfs_hasher_update(hasher, buffer, got);
        from += got;
    }
    return WFS_OK;
}

static wfs_status refresh(wfs_catch_up *job, wfs_error *error)
{
    wfs_catalogue *catalogue = job->store->catalogue;

    return catalogue->api->get_upload(catalogue, job->upload.row, &job->upload,
                                      error);
}

static wfs_status open_locked(wfs_catch_up *job, const char *id, int64_t row,
                              wfs_error *error)
{
    wfs_blobs *blobs = job->store->blobs;
    wfs_blob_owner owner = {id, row};
    wfs_status status =
        blobs->api->open_part(blobs, owner, &job->part, NULL, error);

    if (status == WFS_OK) {
        status = blobs->api->lock(job->part, WFS_LOCK_DIGEST, 1, error);
    }
    if (status == WFS_OK) {
        job->upload.row = row;
        status = refresh(job, error);
    }
    return status;
}

wfs_status wfs_catch_up_open(wfs_store *store, const char *id, int64_t row,
                             wfs_catch_up **ret_job, wfs_error *error)
{
    wfs_catch_up *job = calloc(1, sizeof(*job));
    wfs_status status;

    if (job == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    job->store = store;
    status = open_locked(job, id, row, error);
    if (status != WFS_OK) {
        wfs_catch_up_close(job);
        return status;
    }
    *ret_job = job;
    return WFS_OK;
}

void wfs_catch_up_close(wfs_catch_up *job)
{
    if (job == NULL) {
        return;
    }
    job->store->blobs->api->close_blob(job->part);
    wfs_hasher_close(job->hasher);
    free(job);
}

/* Go on from the row's prefix unless the hasher is further already. */
static wfs_status start_digest(wfs_catch_up *job, wfs_error *error)
{
    wfs_status status;

    if (job->hasher != NULL && job->upload.prefix_chunks <= job->chunks) {
        return WFS_OK;
    }
    wfs_hasher_close(job->hasher);
    job->hasher = NULL;
    status = wfs_hasher_restore(&job->upload.digest, &job->hasher);
    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, "hasher",
                             "the digest of the upload cannot be continued");
    }
    job->chunks = job->upload.prefix_chunks;
    job->bytes = job->upload.prefix_bytes;
    job->part_of = 0;
    return WFS_OK;
}

static wfs_status get_next_size(wfs_catch_up *job, uint64_t *ret_size,
                                wfs_error *error)
{
    wfs_catalogue *catalogue = job->store->catalogue;
    wfs_chunk_row chunk;
    wfs_status status = catalogue->api->get_chunk(catalogue, job->upload.row,
                                                  job->chunks, &chunk, error);

    if (status == WFS_OK) {
        *ret_size = chunk.size_bytes;
    }
    return status;
}

static wfs_status digest_slice(wfs_catch_up *job, wfs_error *error)
{
    uint64_t budget = SLICE_BYTES;
    wfs_status status = start_digest(job, error);

    while (status == WFS_OK && budget > 0 &&
           is_digest_due(job->store, &job->upload, job->chunks)) {
        uint64_t size = 0;
        uint64_t from = job->bytes + job->part_of;
        uint64_t length;

        status = get_next_size(job, &size, error);
        if (status != WFS_OK) {
            break;
        }
        length = size - job->part_of < budget ? size - job->part_of : budget;
        status = wfs_digest_range(job->store, job->part, from, from + length,
                                  job->hasher, error);
        budget -= length;
        job->part_of += length;
        if (job->part_of == size) {
            job->chunks++;
            job->bytes += size;
            job->part_of = 0;
        }
    }
    return status;
}

/* Nothing happens if a chunk in step or another process was first; the row
 * tells, and start_digest heeds it. */
static wfs_status save(wfs_catch_up *job, wfs_error *error)
{
    wfs_catalogue *catalogue = job->store->catalogue;
    wfs_digest_state state;
    wfs_status status = WFS_OK;

    if (job->hasher != NULL && job->part_of == 0 &&
        job->chunks > job->upload.prefix_chunks) {
        wfs_hasher_save(job->hasher, &state);
        status = catalogue->api->put_digest(
            catalogue, job->upload.row, job->upload.prefix_chunks, job->chunks,
            job->bytes, &state, error);
    }
    return status == WFS_OK ? refresh(job, error) : status;
}

wfs_status wfs_catch_up_advance(wfs_catch_up *job, bool *ret_is_done,
                                wfs_error *error)
{
    wfs_status status = WFS_OK;

    *ret_is_done = false;
    if (is_absorb_due(&job->upload)) {
        return wfs_absorb_next(job->store, &job->upload, job->part, error);
    }
    if (is_digest_due(job->store, &job->upload, job->chunks)) {
        status = digest_slice(job, error);
        if (status != WFS_OK || job->part_of != 0 ||
            (is_digest_due(job->store, &job->upload, job->chunks) &&
             job->bytes - job->upload.prefix_bytes < SAVE_BYTES)) {
            return status;
        }
    }
    status = save(job, error);
    *ret_is_done = status == WFS_OK && !is_absorb_due(&job->upload) &&
                   !is_digest_due(job->store, &job->upload, job->chunks);
    return status;
}
