/*
 * append_end.c - ending an append, so that what has arrived stands still.
 */
#include <time.h>

#include "live.h"
#include "store_internal.h"
#include "wfstore/append.h"

#define ATTEMPTS 250
#define PAUSE_NS 2000000

wfs_status wfs_upload_end_append(wfs_store *store, const char *id,
                                 wfs_error *error)
{
    const struct timespec pause = {0, PAUSE_NS};
    wfs_live_aim aim = {.last = WFS_CHUNKS_MAX};
    wfs_upload_row upload;
    wfs_status status = wfs_upload_find(store, id, &upload, error);

    if (status != WFS_OK || !upload.is_append) {
        return status;
    }
    aim.row = upload.row;
    for (int i = 0; i < ATTEMPTS; i++) {
        if (wfs_live_stop(store->live, &aim, WFS_LIVE_TAKEN_OVER).stopped ==
            0) {
            break;
        }
        nanosleep(&pause, NULL);
    }
    return WFS_OK;
}
