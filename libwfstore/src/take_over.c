/*
 * take_over.c - locking a chunk, if need be out of an older writer's hands.
 *
 * A lock that is taken only to look is given back at once, and a writer that
 * is asked to end does it at its next step: so locking is tried again, for a
 * little while in the first case, and a longer one in the second.
 */
#include "chunk.h"

#include <inttypes.h>
#include <time.h>

#include "error.h"
#include "observe.h"

#define LOOK_ATTEMPTS 8
#define TAKE_OVER_ATTEMPTS 250
#define PAUSE_NS 2000000

/* Whether the holder of the lock is told to end. */
static bool stop_older(wfs_chunk *chunk)
{
    wfs_live_aim aim = {.row = chunk->upload.row,
                        .first = chunk->spec.index,
                        .last = chunk->spec.index,
                        .idle_ms = chunk->spec.take_over_ms};

    return aim.idle_ms != WFS_UNKNOWN &&
           wfs_live_stop(chunk->store->live, &aim, WFS_LIVE_TAKEN_OVER)
                   .stopped > 0;
}

wfs_status wfs_chunk_try_lock(wfs_chunk *chunk, wfs_error *error)
{
    wfs_store *store = chunk->store;
    wfs_status status =
        store->blobs->api->lock(chunk->part, chunk->spec.index, 1, error);

    if (status == WFS_OK) {
        wfs_live_claim(store->live, &chunk->live, chunk->upload.row,
                       chunk->spec.index);
        wfs_committer_watch(store->committer);
    }
    return status;
}

wfs_status wfs_chunk_lock(wfs_chunk *chunk, wfs_error *error)
{
    const struct timespec pause = {0, PAUSE_NS};
    int attempts = LOOK_ATTEMPTS;
    wfs_status status = wfs_chunk_try_lock(chunk, error);

    for (int i = 1; i < attempts && status == WFS_EBUSY; i++) {
        if (stop_older(chunk)) {
            attempts = TAKE_OVER_ATTEMPTS;
        }
        nanosleep(&pause, NULL);
        status = wfs_chunk_try_lock(chunk, error);
    }
    if (status == WFS_OK && attempts > LOOK_ATTEMPTS) {
        wfs_observe(chunk->store, WFS_EVENT_TAKEN_OVER);
    }
    if (status == WFS_EBUSY) {
        return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                             "chunk %" PRIu64 " is being received already, or "
                             "the upload is being completed",
                             chunk->spec.index);
    }
    return status;
}

static const char *get_reason(wfs_status status)
{
    switch (status) {
    case WFS_EGONE:
        return "the upload was deleted meanwhile";
    case WFS_ECOMPLETE:
        return "the upload is being made a recording";
    default:
        return "another connection has taken the chunk over";
    }
}

static wfs_status fail_stopped(wfs_status status, wfs_error *error)
{
    return status == WFS_OK ? WFS_OK
                            : wfs_error_set(error, status, 0, NULL, "%s",
                                            get_reason(status));
}

wfs_status wfs_chunk_check_stop(wfs_chunk *chunk, wfs_error *error)
{
    if (chunk->live.live == NULL) {
        return WFS_OK;
    }
    wfs_live_touch(&chunk->live);
    wfs_live_look(chunk->store->live);
    return fail_stopped(wfs_live_get_stop(&chunk->live), error);
}

wfs_status wfs_chunk_seal(wfs_chunk *chunk, wfs_error *error)
{
    wfs_status status;

    if (chunk->live.live == NULL) {
        return WFS_OK;
    }
    status = wfs_live_seal(&chunk->live);
    if (chunk->is_cut && status == WFS_EBUSY) {
        return WFS_OK; /* the newer one waits for it */
    }
    return fail_stopped(status, error);
}

wfs_status wfs_chunk_get_stop(const wfs_chunk *chunk)
{
    return chunk->live.live == NULL ? WFS_OK : wfs_live_get_stop(&chunk->live);
}

void wfs_chunk_touch(wfs_chunk *chunk)
{
    if (chunk->live.live != NULL) {
        wfs_live_touch(&chunk->live);
    }
}
