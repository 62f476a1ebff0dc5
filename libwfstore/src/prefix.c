/*
 * prefix.c - what is there of an unfinished upload, to be listened to.
 */
#include "wfstore/prefix.h"

#include <stdlib.h>
#include <string.h>

#include "container.h"
#include "error.h"
#include "file.h"
#include "store_internal.h"

/* Bytes in their place without a gap. */
static uint64_t get_size(const wfs_upload_row *upload)
{
    return upload->chunk_size != WFS_UNKNOWN ? upload->contiguous_bytes
                                             : upload->placed_bytes;
}

static wfs_status read_head(wfs_store *store, const wfs_upload_row *upload,
                            wfs_upload_prefix *prefix, wfs_error *error)
{
    if (upload->head_bytes == 0) {
        return WFS_OK;
    }
    return store->catalogue->api->get_head(store->catalogue, upload->row,
                                           &prefix->head, &prefix->head_bytes,
                                           error);
}

/* Of a part alone: the upload has no other name yet. */
static wfs_status open_part(wfs_store *store, const wfs_upload_row *upload,
                            wfs_upload_prefix *prefix, wfs_error *error)
{
    wfs_blob_owner owner = {upload->id, upload->row};
    uint64_t size = get_size(upload);
    wfs_status status = WFS_OK;

    if (size > prefix->head_bytes) {
        status = store->blobs->api->open_recording(store->blobs, owner, "",
                                                   &prefix->blob, error);
    }
    prefix->blob.size_bytes = size;
    prefix->blob.modified = (time_t)(upload->updated_ms / 1000);
    if (status == WFS_ENORECORDING) {
        status = wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                               "the upload has just ended");
    }
    return status;
}

static wfs_status find_type(wfs_upload_prefix *prefix, wfs_error *error)
{
    uint8_t bytes[WFS_TYPE_DETECT_BYTES];
    size_t length = sizeof(bytes);
    wfs_status status = WFS_OK;

    if (prefix->head != NULL) {
        length = prefix->head_bytes < length ? prefix->head_bytes : length;
        memcpy(bytes, prefix->head, length);
    } else {
        length = prefix->blob.size_bytes < length
                     ? (size_t)prefix->blob.size_bytes
                     : length;
        status =
            wfs_file_read(prefix->blob.fd, 0, bytes, length, &length, error);
    }
    if (status == WFS_OK) {
        prefix->mime_type = wfs_type_get_mime(wfs_type_detect(bytes, length));
    }
    return status;
}

static wfs_status open_once(wfs_store *store, const char *id,
                            wfs_upload_prefix *ret_prefix, wfs_error *error)
{
    wfs_upload_prefix prefix = WFS_UPLOAD_PREFIX_INIT;
    wfs_upload_row upload;
    wfs_status status = wfs_upload_find(store, id, &upload, error);

    if (status == WFS_OK && get_size(&upload) == 0) {
        status = wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                               "nothing is there of the upload's start");
    }
    if (status == WFS_OK) {
        status = read_head(store, &upload, &prefix, error);
    }
    if (status == WFS_OK) {
        status = open_part(store, &upload, &prefix, error);
    }
    if (status == WFS_OK) {
        status = find_type(&prefix, error);
    }
    if (status != WFS_OK) {
        wfs_upload_prefix_release(&prefix);
        return status;
    }
    *ret_prefix = prefix;
    return WFS_OK;
}

wfs_status wfs_upload_open_prefix(wfs_store *store, const char *id,
                                  wfs_upload_prefix *ret_prefix,
                                  wfs_error *error)
{
    wfs_status status = open_once(store, id, ret_prefix, error);

    /* It may have become a recording between its row and its bytes. */
    if (status == WFS_ENOUPLOAD) {
        status = open_once(store, id, ret_prefix, error);
    }
    return status;
}

void wfs_upload_prefix_release(wfs_upload_prefix *prefix)
{
    wfs_blob_ref_release(&prefix->blob);
    free(prefix->head);
    prefix->head = NULL;
    prefix->head_bytes = 0;
}
