/*
 * recording.c - finished recordings: find, list, read, change, delete.
 */
#include "wfstore/recording.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "publish.h"
#include "store_internal.h"

static wfs_status check_id(const char *id, wfs_error *error)
{
    if (wfs_id_is_valid(id, strlen(id))) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_EID, 0, NULL, "the id is not valid");
}

static wfs_status get_row(wfs_store *store, const char *id,
                          wfs_recording_row *ret_row, wfs_error *error)
{
    wfs_status status = check_id(id, error);

    if (status == WFS_OK) {
        status = store->catalogue->api->get_recording(store->catalogue, id,
                                                      ret_row, error);
    }
    return status;
}

wfs_status wfs_recording_get(wfs_store *store, const char *id,
                             wfs_recording *ret_recording, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = get_row(store, id, &row, error);

    if (status == WFS_OK) {
        *ret_recording = row.recording;
    }
    return status;
}

/*
 * A file that still waits for its name gets it from whoever meets it; if that
 * fails the bytes are served from where they lie.
 */
static wfs_status open_row(wfs_store *store, const wfs_recording_row *row,
                           wfs_blob_ref *ret_blob, wfs_error *error)
{
    const wfs_recording *recording = &row->recording;
    wfs_blob_owner owner = {recording->id, row->part};

    if (row->part != 0) {
        (void)wfs_store_finish_recording(store, recording->id, row->part,
                                         recording->filename, NULL);
    }
    return store->blobs->api->open_recording(
        store->blobs, owner, recording->filename, ret_blob, error);
}

/* The file is gone: because the recording is, or because it was taken away. */
static wfs_status explain_missing(wfs_store *store, const char *id,
                                  wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = get_row(store, id, &row, error);

    if (status != WFS_OK) {
        return status;
    }
    wfs_recording_release(&row.recording);
    return wfs_error_set(error, WFS_ECORRUPT, 0, "open_recording",
                         "the recording's file is missing");
}

wfs_status wfs_recording_open(wfs_store *store, const char *id,
                              wfs_recording *ret_recording,
                              wfs_blob_ref *ret_blob, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = get_row(store, id, &row, error);

    if (status != WFS_OK) {
        return status;
    }
    status = open_row(store, &row, ret_blob, error);
    if (status == WFS_OK) {
        *ret_recording = row.recording;
        return WFS_OK;
    }
    wfs_recording_release(&row.recording);
    return status == WFS_ENORECORDING ? explain_missing(store, id, error)
                                      : status;
}

wfs_status wfs_recording_list(wfs_store *store, const wfs_list_query *query,
                              wfs_recording_page *ret_page, wfs_error *error)
{
    return store->catalogue->api->list_recordings(store->catalogue, query,
                                                  ret_page, error);
}

void wfs_recording_page_release(wfs_recording_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        wfs_recording_release(&page->recordings[i]);
    }
    free(page->recordings);
    free(page->next);
    *page = (wfs_recording_page)WFS_RECORDING_PAGE_INIT;
}

wfs_status wfs_recording_update(wfs_store *store, const char *id,
                                const wfs_recording_change *change,
                                wfs_recording *ret_recording, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = check_id(id, error);

    if (status == WFS_OK) {
        status = store->catalogue->api->update_recording(store->catalogue, id,
                                                         change, &row, error);
    }
    if (status == WFS_OK) {
        wfs_publisher_request(store->publisher);
        *ret_recording = row.recording;
    }
    return status;
}

/* After its transaction; what fails here tending does later. */
static void remove_file(wfs_store *store, const wfs_recording_row *row)
{
    wfs_blob_owner owner = {row->recording.id, row->part};

    if (store->blobs->api->remove_recording(
            store->blobs, owner, row->recording.filename, NULL) == WFS_OK) {
        (void)store->catalogue->api->finish_unlink(store->catalogue,
                                                   row->recording.id, NULL);
    }
}

wfs_status wfs_store_delete_recording(wfs_store *store, const char *id,
                                      const char *if_match, wfs_error *error)
{
    wfs_recording_row row;
    wfs_status status = store->catalogue->api->delete_recording(
        store->catalogue, id, if_match, &row, error);

    if (status == WFS_OK) {
        remove_file(store, &row);
        wfs_recording_release(&row.recording);
    }
    return status;
}

wfs_status wfs_recording_delete(wfs_store *store, const char *id,
                                const char *if_match, wfs_error *error)
{
    wfs_status status = check_id(id, error);

    if (status == WFS_OK) {
        status = wfs_store_delete_recording(store, id, if_match, error);
    }
    if (status == WFS_OK) {
        wfs_publisher_request(store->publisher);
    }
    return status;
}
