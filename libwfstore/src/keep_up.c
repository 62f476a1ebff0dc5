/*
 * keep_up.c - the whole-file digest stays close behind the chunks.
 */
#include "keep_up.h"

#include <time.h>

#include "catch_up.h"
#include "live.h"

#define WAIT_MS 500
#define PAUSE_NS 1000000

/* Without a chunk size there is one connection, or there are loose chunks. */
bool wfs_keep_up_is_due(const wfs_store *store, const wfs_upload_row *upload)
{
    return upload->chunk_size != WFS_UNKNOWN &&
           wfs_catch_up_is_due(store, upload);
}

/* WFS_EBUSY: somebody else is at it. */
static wfs_status catch_up(wfs_store *store, const wfs_upload_row *upload,
                           int64_t end_ms)
{
    wfs_catch_up *job = NULL;
    bool is_done = false;
    wfs_status status =
        wfs_catch_up_open(store, upload->id, upload->row, &job, NULL);

    if (status != WFS_OK) {
        return status;
    }
    while (status == WFS_OK && !is_done && wfs_live_now_ms() < end_ms) {
        status = wfs_catch_up_advance(job, &is_done, NULL);
    }
    wfs_catch_up_close(job);
    return status;
}

void wfs_keep_up(wfs_store *store, const wfs_upload_row *upload)
{
    const struct timespec pause = {0, PAUSE_NS};
    wfs_upload_row now = *upload;
    int64_t end_ms;
    wfs_status status = WFS_OK;

    if (!wfs_keep_up_is_due(store, upload)) {
        return;
    }
    end_ms = wfs_live_now_ms() + WAIT_MS;
    while (status == WFS_OK && wfs_keep_up_is_due(store, &now) &&
           wfs_live_now_ms() < end_ms) {
        status = catch_up(store, &now, end_ms);
        if (status == WFS_EBUSY) {
            (void)nanosleep(&pause, NULL);
            status = WFS_OK;
        }
        if (status == WFS_OK) {
            status = store->catalogue->api->get_upload(store->catalogue,
                                                       upload->row, &now, NULL);
        }
    }
}
