/*
 * declare.c - the size of an upload that did not tell it when it began.
 */
#include <inttypes.h>

#include "error.h"
#include "space.h"
#include "spec.h"
#include "store_internal.h"

static wfs_status check_told(const char *id, uint64_t size_bytes,
                             wfs_error *error)
{
    wfs_chunk_spec like = WFS_CHUNK_SPEC_INIT;

    like.id = id;
    if (size_bytes > INT64_MAX) {
        return wfs_error_set(error, WFS_EINVAL, 0, NULL,
                             "the size is out of range");
    }
    return wfs_spec_check(&like, error);
}

/* Of a size that is news and can be that of the upload: else the catalogue
 * answers, whatever room there is. */
static wfs_status check_room(wfs_store *store, const wfs_upload_row *upload,
                             uint64_t size_bytes, const wfs_limits *limits,
                             wfs_error *error)
{
    uint64_t max = limits->recording_max_bytes;

    if (upload->size_bytes != WFS_UNKNOWN ||
        size_bytes < upload->received_bytes) {
        return WFS_OK;
    }
    if (max != 0 && size_bytes > max) {
        return wfs_error_set_numbers(
            error, WFS_ETOOLARGE, max, size_bytes,
            "a recording has at most %" PRIu64 " bytes", max);
    }
    return wfs_space_check(store, limits, upload, 0,
                           size_bytes - upload->received_bytes, error);
}

static wfs_status declare_once(wfs_store *store, const char *id,
                               uint64_t size_bytes, const wfs_limits *limits,
                               wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_upload_row upload;
    wfs_status status =
        catalogue->api->find_id(catalogue, id, &kind, &upload, error);

    if (status == WFS_OK) {
        status = wfs_upload_check_kind(kind, &upload, error);
    }
    if (status == WFS_OK) {
        status = check_room(store, &upload, size_bytes, limits, error);
    }
    if (status == WFS_OK) {
        status = catalogue->api->put_size(catalogue, upload.row, size_bytes,
                                          limits->quota_bytes, &upload, error);
    }
    return status;
}

wfs_status wfs_upload_declare_size(wfs_store *store, const char *id,
                                   uint64_t size_bytes,
                                   const wfs_limits *limits, wfs_error *error)
{
    wfs_status status = check_told(id, size_bytes, error);

    if (status == WFS_OK) {
        status = declare_once(store, id, size_bytes, limits, error);
    }
    /* It may have ended between two looks: then the next one tells how. */
    if (status == WFS_ENOUPLOAD) {
        status = declare_once(store, id, size_bytes, limits, error);
    }
    return status;
}
