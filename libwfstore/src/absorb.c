/*
 * absorb.c - loose chunks become part of the part.
 *
 * Copy, sync, tell the catalogue, unlink: after a death in between a chunk is
 * either still loose, or placed with a leftover file that tending removes. It
 * is synced whatever the durability: the receipt may say that its bytes are.
 *
 * Chunks that follow one another share the sync and the transaction, but few:
 * until they are unlinked their bytes take room twice.
 */
#include "catch_up.h"

#include "error.h"

/* Of chunks absorbed together; a larger one goes by itself. */
#define BATCH_BYTES (UINT64_C(4) << 20)
#define BATCH_CHUNKS 64

/* `count` chunks of `bytes` bytes are copied to behind what is placed. */
typedef struct batch {
    wfs_store *store;
    const wfs_upload_row *upload;
    wfs_blob *part;
    uint64_t count;
    uint64_t bytes;
} batch;

static wfs_blob_owner get_owner(const batch *self)
{
    return (wfs_blob_owner){self->upload->id, self->upload->row};
}

static uint64_t get_next(const batch *self)
{
    return self->upload->placed_chunks + self->count;
}

static wfs_status copy_chunk(batch *self, const wfs_chunk_row *chunk,
                             wfs_error *error)
{
    const wfs_blobs_api *api = self->store->blobs->api;
    uint64_t place = self->upload->placed_bytes + self->bytes;
    wfs_blob *loose = NULL;
    wfs_status status = api->open_loose(self->store->blobs, get_owner(self),
                                        chunk->index, &loose, error);

    if (status != WFS_OK) {
        return status;
    }
    status = api->copy(loose, 0, self->part, place, chunk->size_bytes, error);
    api->close_blob(loose);
    if (status == WFS_OK) {
        self->count++;
        self->bytes += chunk->size_bytes;
    }
    return status;
}

/* WFS_OK without another one if the batch is full. */
static wfs_status copy_next(batch *self, bool *ret_is_full, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_row chunk;
    wfs_status status = catalogue->api->get_chunk(
        catalogue, self->upload->row, get_next(self), &chunk, error);

    if (status != WFS_OK) {
        return status;
    }
    if (chunk.place != WFS_PLACE_LOOSE) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "absorb",
                             "a chunk is placed behind a gap");
    }
    *ret_is_full =
        self->count > 0 && chunk.size_bytes > BATCH_BYTES - self->bytes;
    return *ret_is_full ? WFS_OK : copy_chunk(self, &chunk, error);
}

/* The first chunk, and as many of the next ones as there are and can be. */
static wfs_status copy_all(batch *self, wfs_error *error)
{
    bool is_full = false;
    wfs_status status = copy_next(self, &is_full, error);

    if (status != WFS_OK) {
        return status;
    }
    while (!is_full && self->bytes < BATCH_BYTES &&
           self->count < BATCH_CHUNKS &&
           get_next(self) < self->upload->contiguous_chunks &&
           copy_next(self, &is_full, NULL) == WFS_OK) {
    }
    return WFS_OK; /* what has failed comes first next time */
}

static void remove_all(const batch *self, uint64_t first)
{
    wfs_blobs *blobs = self->store->blobs;

    for (uint64_t i = 0; i < self->count; i++) {
        blobs->api->remove_loose(blobs, get_owner(self), first + i, NULL);
    }
}

wfs_status wfs_absorb_next(wfs_store *store, wfs_upload_row *upload,
                           wfs_blob *part, bool is_patient, wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    batch copied = {.store = store, .upload = upload, .part = part};
    uint64_t first = upload->placed_chunks;
    wfs_status status = copy_all(&copied, error);

    if (status == WFS_OK) {
        status = store->blobs->api->sync(part, error);
    }
    if (status == WFS_OK) {
        status = catalogue->api->put_places(
            catalogue, upload->row, first, copied.count,
            (int64_t)upload->placed_bytes, is_patient, upload, error);
    }
    if (status == WFS_OK) {
        remove_all(&copied, first);
    }
    return status;
}
