/*
 * absorb.c - a loose chunk becomes part of the part.
 *
 * Copy, sync, tell the catalogue, unlink: after a death in between the chunk is
 * either still loose, or placed with a leftover file that tending removes. It
 * is synced whatever the durability: the receipt may say that its bytes are.
 */
#include "catch_up.h"

#include "error.h"

static wfs_status copy_chunk(wfs_store *store, const wfs_upload_row *upload,
                             const wfs_chunk_row *chunk, wfs_blob *part,
                             wfs_error *error)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_blob_owner owner = {upload->id, upload->row};
    wfs_blob *loose = NULL;
    wfs_status status =
        api->open_loose(store->blobs, owner, chunk->index, &loose, error);

    if (status != WFS_OK) {
        return status;
    }
    status = api->copy(loose, 0, part, upload->placed_bytes, chunk->size_bytes,
                       error);
    if (status == WFS_OK) {
        status = api->sync(part, error);
    }
    api->close_blob(loose);
    return status;
}

wfs_status wfs_absorb_next(wfs_store *store, wfs_upload_row *upload,
                           wfs_blob *part, wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_blob_owner owner = {upload->id, upload->row};
    wfs_chunk_row chunk;
    wfs_status status = catalogue->api->get_chunk(
        catalogue, upload->row, upload->placed_chunks, &chunk, error);

    if (status == WFS_OK && chunk.place != WFS_PLACE_LOOSE) {
        status = wfs_error_set(error, WFS_ECORRUPT, 0, "absorb",
                               "a chunk is placed behind a gap");
    }
    if (status == WFS_OK) {
        status = copy_chunk(store, upload, &chunk, part, error);
    }
    if (status == WFS_OK) {
        status = catalogue->api->put_place(catalogue, upload->row, chunk.index,
                                           (int64_t)upload->placed_bytes,
                                           upload, error);
    }
    if (status == WFS_OK) {
        store->blobs->api->remove_loose(store->blobs, owner, chunk.index, NULL);
    }
    return status;
}
