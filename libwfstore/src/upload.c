/*
 * upload.c - what has arrived of an upload, and giving one up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "live.h"
#include "store_internal.h"

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

wfs_status wfs_upload_find(wfs_store *store, const char *id,
                           wfs_upload_row *ret_row, wfs_error *error)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = check_id(id, error);

    if (status == WFS_OK) {
        status = store->catalogue->api->find_id(store->catalogue, id, &kind,
                                                ret_row, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    if (kind == WFS_ID_RECORDING) {
        return wfs_error_set(error, WFS_ECOMPLETE, 0, NULL,
                             "the upload is a recording already");
    }
    if (kind != WFS_ID_UPLOAD || !ret_row->is_visible) {
        return wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                             "there is no such upload");
    }
    return WFS_OK;
}

wfs_status wfs_upload_check_kind(wfs_id_kind kind, const wfs_upload_row *upload,
                                 wfs_error *error)
{
    if (kind == WFS_ID_GONE) {
        return wfs_error_set(error, WFS_EGONE, 0, NULL,
                             "the upload was deleted");
    }
    if (kind == WFS_ID_RECORDING ||
        (kind == WFS_ID_UPLOAD && upload->is_salvaged)) {
        return wfs_error_set(error, WFS_ECOMPLETE, 0, NULL,
                             "the upload is a recording already");
    }
    if (kind == WFS_ID_FREE || !upload->is_visible) {
        return wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                             "there is no such upload");
    }
    return WFS_OK;
}

void wfs_upload_fill_info(const wfs_store *store, const wfs_upload_row *row,
                          wfs_upload_info *info)
{
    int64_t expiry_ms = (int64_t)store->options.upload_expiry_ms;

    snprintf(info->id, sizeof(info->id), "%s", row->id);
    snprintf(info->name, sizeof(info->name), "%s", row->name);
    info->total_chunks = row->total_chunks;
    info->chunk_size = row->chunk_size;
    info->size_bytes = row->size_bytes;
    info->received_bytes = row->received_bytes;
    info->received_chunks = row->received_chunks;
    info->prefix_chunks = row->contiguous_chunks;
    info->prefix_bytes = row->contiguous_bytes;
    info->is_provisional = row->head_bytes > 0 && !row->head_is_sealed;
    info->is_append = row->is_append;
    info->is_partial = row->is_partial;
    info->created_ms = row->created_ms;
    info->updated_ms = row->updated_ms;
    info->expires_ms = expiry_ms == 0 ? 0 : row->updated_ms + expiry_ms;
}

static wfs_status list_ranges(wfs_store *store, const wfs_upload_row *row,
                              bool missing, wfs_range **ret_ranges,
                              size_t *ret_count, bool *ret_has_more,
                              wfs_error *error)
{
    uint64_t end = row->total_chunks != WFS_UNKNOWN ? row->total_chunks
                                                    : row->highest_index + 1;
    wfs_range *ranges = calloc(WFS_RANGES_MAX, sizeof(*ranges));
    wfs_status status;

    if (ranges == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    status = store->catalogue->api->get_ranges(
        store->catalogue, row->row, missing, end, ranges, WFS_RANGES_MAX,
        ret_count, ret_has_more, error);
    if (status != WFS_OK) {
        free(ranges);
        return status;
    }
    *ret_ranges = ranges;
    return WFS_OK;
}

static wfs_status get_once(wfs_store *store, const char *id, bool with_received,
                           wfs_upload_info *ret_info, wfs_error *error)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_upload_row row;
    wfs_status status = wfs_upload_find(store, id, &row, error);

    if (status != WFS_OK) {
        return status;
    }
    wfs_upload_fill_info(store, &row, &info);
    status = list_ranges(store, &row, true, &info.missing, &info.missing_count,
                         &info.missing_has_more, error);
    if (status == WFS_OK && with_received) {
        status =
            list_ranges(store, &row, false, &info.received,
                        &info.received_count, &info.received_has_more, error);
    }
    if (status != WFS_OK) {
        wfs_upload_info_release(&info);
        return status;
    }
    *ret_info = info;
    return WFS_OK;
}

wfs_status wfs_upload_get(wfs_store *store, const char *id, bool with_received,
                          wfs_upload_info *ret_info, wfs_error *error)
{
    wfs_status status = get_once(store, id, with_received, ret_info, error);

    /* It may have become a recording between its row and its ranges. */
    if (status == WFS_ENOUPLOAD) {
        status = get_once(store, id, with_received, ret_info, error);
    }
    return status;
}

void wfs_upload_info_release(wfs_upload_info *info)
{
    free(info->missing);
    free(info->received);
    info->missing = NULL;
    info->received = NULL;
}

/* The row is gone; its files follow now, or by tending. */
wfs_status wfs_upload_delete(wfs_store *store, const char *id, wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_live_aim everybody = {.last = UINT64_MAX};
    wfs_upload_row row;
    wfs_status status = check_id(id, error);

    if (status == WFS_OK) {
        status = catalogue->api->delete_upload(catalogue, id, &row, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    everybody.row = row.row;
    wfs_live_stop(store->live, &everybody, WFS_LIVE_DELETED);
    if (store->blobs->api->remove_upload(
            store->blobs, (wfs_blob_owner){id, row.row},
            row.placed_chunks != row.received_chunks, NULL) == WFS_OK &&
        store->blobs->api->sync_uploads(store->blobs, NULL) == WFS_OK) {
        catalogue->api->finish_unlink(catalogue, id, NULL);
    }
    return WFS_OK;
}

static wfs_status forget_locked(wfs_store *store, const wfs_upload_row *upload)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_upload_row row;
    wfs_status status =
        catalogue->api->get_upload(catalogue, upload->row, &row, NULL);

    if (status == WFS_OK) {
        status = row.is_visible
                     ? WFS_ECONFLICT
                     : catalogue->api->forget_upload(catalogue, row.row, NULL);
    }
    return status;
}

wfs_status wfs_store_forget_upload(wfs_store *store,
                                   const wfs_upload_row *upload)
{
    const wfs_blobs_api *api = store->blobs->api;
    wfs_blob_owner owner = {upload->id, upload->row};
    wfs_blob *part = NULL;
    bool is_new = false;
    wfs_status status =
        api->open_part(store->blobs, owner, &part, &is_new, NULL);

    if (status != WFS_OK) {
        return status;
    }
    status = api->lock(part, 0, WFS_LOCK_COUNT, NULL);
    if (status == WFS_OK) {
        status = forget_locked(store, upload);
    }
    if (status == WFS_OK || (status == WFS_ENOUPLOAD && is_new)) {
        api->remove_upload(store->blobs, owner, false, NULL);
        status = WFS_OK;
    }
    api->close_blob(part);
    return status == WFS_ENOUPLOAD ? WFS_OK : status;
}
