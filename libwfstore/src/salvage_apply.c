/* salvage_apply.c - carry a plan out on the part of an upload. */
#include "error.h"
#include "part_reader.h"
#include "salvage.h"

/* The appendix first: it needs space, and no patch is right without it. */
static wfs_status apply(wfs_blobs *blobs, wfs_blob *part,
                        const wfs_salvage *plan, wfs_error *error)
{
    wfs_status status = WFS_OK;

    if (plan->appendix_length > 0) {
        status = blobs->api->write(part, plan->kept_bytes, plan->appendix,
                                   plan->appendix_length, error);
    }
    for (size_t i = 0; status == WFS_OK && i < plan->patch_count; i++) {
        const wfs_salvage_patch *patch = &plan->patches[i];

        status = blobs->api->write(part, patch->offset, patch->bytes,
                                   patch->length, error);
    }
    return status;
}

wfs_status wfs_salvage_part(wfs_blobs *blobs, wfs_blob *part, uint64_t size,
                            uint64_t *ret_size, double *ret_duration_seconds,
                            wfs_error *error)
{
    wfs_part_reader bytes;
    wfs_salvage plan = WFS_SALVAGE_INIT;
    wfs_status status;

    wfs_part_reader_init(&bytes, blobs, part, size);
    status = wfs_salvage_plan(&bytes.reader, &plan, error);
    if (status != WFS_OK) {
        return status;
    }
    if (plan.kept_bytes == 0) {
        return wfs_error_set(error, WFS_ETYPE, 0, NULL,
                             "nothing of the upload can be kept: %s",
                             plan.obstacle);
    }
    status = apply(blobs, part, &plan, error);
    if (status == WFS_OK) {
        *ret_size = wfs_salvage_get_size(&plan);
        if (ret_duration_seconds != NULL) {
            *ret_duration_seconds = plan.duration_seconds;
        }
    }
    wfs_salvage_release(&plan);
    return status;
}
