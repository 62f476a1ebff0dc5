/*
 * complete_salvage.c - an upload that will never be all there becomes what is
 * whole of it.
 */
#include "complete.h"

#include "error.h"
#include "part_reader.h"
#include "salvage.h"

/* Whether anything of it plays; asked before the upload is closed for good. */
static wfs_status check_plan(wfs_store *store, const wfs_upload_row *upload,
                             wfs_blob *part, wfs_error *error)
{
    wfs_part_reader bytes;
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_status status;

    wfs_part_reader_init(&bytes, store->blobs, part, upload->contiguous_bytes);
    status = wfs_salvage_plan(&bytes.reader, &plan, error);
    if (status == WFS_OK && plan.kept_bytes == 0) {
        status = wfs_error_set(error, WFS_ETYPE, 0, NULL, "%s", plan.obstacle);
    }
    wfs_salvage_release(&plan);
    return status;
}

wfs_status wfs_complete_salvage(wfs_store *store, wfs_upload_row *upload,
                                wfs_blob *part, wfs_error *error)
{
    wfs_catalogue *catalogue = store->catalogue;
    uint64_t size = 0;
    wfs_status status = check_plan(store, upload, part, error);

    if (status == WFS_OK) {
        status = catalogue->api->put_salvaged(catalogue, upload->row, error);
    }
    if (status == WFS_OK) {
        status = wfs_salvage_part(store->blobs, part, upload->contiguous_bytes,
                                  &size, NULL, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    upload->is_salvaged = true;
    upload->received_bytes = size;
    upload->prefix_chunks = 0;
    upload->prefix_bytes = 0;
    upload->digest.length = 0;
    return WFS_OK;
}
