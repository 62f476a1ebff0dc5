/*
 * catch_up_digest.c - the whole-file digest over chunks that were not in step.
 */
#include "catch_up_internal.h"

#include "error.h"

#define BUFFER_BYTES 65536
#define SLICE_BYTES (UINT64_C(1) << 20)
#define SAVE_BYTES (UINT64_C(16) << 20) /* digested between two savings */

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

bool wfs_catch_up_is_digest_due(const wfs_store *store,
                                const wfs_upload_row *upload, uint64_t chunks)
{
    return !store->options.no_digest && upload->head_bytes == 0 &&
           upload->placed_chunks > chunks;
}

wfs_blob *wfs_catch_up_get_part(const wfs_catch_up *job)
{
    return job->lent != NULL ? job->lent : job->part;
}

bool wfs_catch_up_is_patient(const wfs_catch_up *job)
{
    return job->lent != NULL;
}

wfs_status wfs_catch_up_refresh(wfs_catch_up *job, wfs_error *error)
{
    wfs_catalogue *catalogue = job->store->catalogue;

    return catalogue->api->get_upload(catalogue, job->upload.row, &job->upload,
                                      error);
}

/* Nothing happens if a chunk in step or another process was first; the row
 * tells, and start_digest heeds it. */
wfs_status wfs_catch_up_save(wfs_catch_up *job, wfs_error *error)
{
    wfs_catalogue *catalogue = job->store->catalogue;
    wfs_status status = WFS_OK;

    if (job->hasher != NULL && job->chunks > job->upload.prefix_chunks &&
        job->upload.prefix_chunks >= job->from) {
        status = catalogue->api->put_digest(
            catalogue, job->upload.row, job->upload.prefix_chunks, job->chunks,
            job->bytes, &job->state, wfs_catch_up_is_patient(job), error);
    }
    if (status == WFS_OK) {
        status = wfs_catch_up_refresh(job, error);
    }
    if (status == WFS_OK && job->upload.prefix_chunks == job->chunks) {
        job->from = job->chunks;
    }
    return status;
}

/*
 * Go on from the row's prefix unless the hasher is further already: it is then
 * of the same bytes, since nothing is dropped while the lock is held. A row
 * that fell back all the same is believed.
 */
static wfs_status start_digest(wfs_catch_up *job, wfs_error *error)
{
    wfs_status status;

    if (job->hasher != NULL && job->upload.prefix_chunks >= job->from &&
        job->upload.prefix_chunks <= job->chunks) {
        return WFS_OK;
    }
    wfs_hasher_close(job->hasher);
    job->hasher = NULL;
    status = wfs_hasher_restore(&job->upload.digest, &job->hasher);
    if (status != WFS_OK) {
        return wfs_error_set(error, status, 0, "hasher",
                             "the digest of the upload cannot be continued");
    }
    job->from = job->upload.prefix_chunks;
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

/* At most `max` bytes of the chunk behind what is digested. */
static wfs_status digest_some(wfs_catch_up *job, uint64_t max,
                              uint64_t *ret_length, wfs_error *error)
{
    uint64_t size = 0;
    uint64_t from = job->bytes + job->part_of;
    uint64_t length = 0;
    wfs_status status = get_next_size(job, &size, error);

    if (status == WFS_OK) {
        length = size - job->part_of < max ? size - job->part_of : max;
        status = wfs_digest_range(job->store, wfs_catch_up_get_part(job), from,
                                  from + length, job->hasher, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    job->part_of += length;
    job->done += length;
    if (job->part_of == size) {
        job->chunks++;
        job->bytes += size;
        job->part_of = 0;
        wfs_hasher_save(job->hasher, &job->state);
    }
    *ret_length = length;
    return WFS_OK;
}

wfs_status wfs_catch_up_digest(wfs_catch_up *job, wfs_error *error)
{
    uint64_t budget = SLICE_BYTES;
    wfs_status status = start_digest(job, error);

    while (status == WFS_OK && budget > 0 &&
           wfs_catch_up_is_digest_due(job->store, &job->upload, job->chunks)) {
        uint64_t length = 0;

        status = digest_some(job, budget, &length, error);
        budget -= length;
    }
    return status;
}

/* Whether there is more to digest before it is worth being saved. */
bool wfs_catch_up_is_between(const wfs_catch_up *job)
{
    return job->part_of != 0 ||
           (wfs_catch_up_is_digest_due(job->store, &job->upload, job->chunks) &&
            job->bytes - job->upload.prefix_bytes < SAVE_BYTES);
}
