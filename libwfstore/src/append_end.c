/*
 * append_end.c - ending an append, so that what has arrived stands still.
 *
 * An append of several chunks has a slot of its own in `.wfstore/live` besides
 * those of its chunks: between two of them it holds no lock, and would be found
 * nowhere else.
 */
#include <stdlib.h>
#include <time.h>

#include "chunk.h"
#include "error.h"

#define ATTEMPTS 250
#define PAUSE_NS 2000000

struct wfs_append {
    wfs_store *store;
    wfs_live_slot live;
};

wfs_status wfs_append_open(wfs_store *store, wfs_append **ret_append,
                           wfs_error *error)
{
    wfs_append *append = calloc(1, sizeof(*append));

    if (append == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    append->store = store;
    *ret_append = append;
    return WFS_OK;
}

void wfs_append_close(wfs_append *append)
{
    if (append != NULL) {
        wfs_live_release(&append->live);
        free(append);
    }
}

wfs_status wfs_append_get_stop(const wfs_append *append)
{
    return append->live.live == NULL ? WFS_OK
                                     : wfs_live_get_stop(&append->live);
}

static size_t stop(wfs_store *store, int64_t row, uint64_t first, uint64_t last)
{
    wfs_live_aim aim = {.row = row, .first = first, .last = last};

    return wfs_live_stop(store->live, &aim, WFS_LIVE_TAKEN_OVER).stopped;
}

static size_t stop_appends(wfs_store *store, int64_t row)
{
    return stop(store, row, WFS_LIVE_APPENDING, WFS_LIVE_APPENDING);
}

void wfs_append_enter(wfs_append *append, const wfs_chunk *chunk)
{
    if (append != NULL && append->live.live != NULL &&
        append->live.entry.row == chunk->upload.row) {
        return;
    }
    stop_appends(chunk->store, chunk->upload.row);
    if (append != NULL) {
        wfs_live_release(&append->live); /* of an upload that is gone */
        wfs_live_claim(append->store->live, &append->live, chunk->upload.row,
                       WFS_LIVE_APPENDING);
    }
}

/* The slot of an append is there from before its first chunk's goes until after
 * its last one's, so whoever is not found in this order is at its end. */
static size_t stop_all(wfs_store *store, int64_t row)
{
    return stop_appends(store, row) + stop(store, row, 0, WFS_CHUNKS_MAX);
}

wfs_status wfs_upload_end_append(wfs_store *store, const char *id,
                                 wfs_error *error)
{
    const struct timespec pause = {0, PAUSE_NS};
    wfs_upload_row upload;
    wfs_status status = wfs_upload_find(store, id, &upload, error);

    if (status != WFS_OK || !upload.is_append) {
        return status;
    }
    for (int i = 0; i < ATTEMPTS; i++) {
        if (stop_all(store, upload.row) == 0) {
            return WFS_OK;
        }
        nanosleep(&pause, NULL);
    }
    return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                         "who appends to the upload does not end yet");
}
