/*
 * complete_lock.c - all locks of a part: writers and catch-up are ended,
 * another one who completes is joined.
 */
#include <time.h>

#include "complete.h"
#include "error.h"

#define END_WAIT_MS 2000
#define CATCH_UP_WAIT_MS 30000 /* its next step may be behind slow syncs */
#define PAUSE_MS 1             /* a slice of catching up, about */
#define PAUSE_NS 1000000

/* How long others were waited for: `ended_ms` those who write, `caught_up_ms`
 * who catches up, `joined_ms` one who completes. */
typedef struct waiting {
    wfs_store *store;
    const wfs_complete_spec *spec;
    const wfs_upload_row *upload;
    uint64_t ended_ms;
    uint64_t caught_up_ms;
    uint64_t joined_ms;
} waiting;

static void end_others(const waiting *self)
{
    wfs_live_aim aim = {.row = self->upload->row, .last = WFS_LIVE_CATCH_UP};

    wfs_live_stop(self->store->live, &aim, WFS_LIVE_COMPLETED);
}

static wfs_status fail_busy(wfs_error *error)
{
    return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                         "a chunk of the upload is still being received, or "
                         "it is being completed already");
}

static wfs_status join(waiting *self, uint64_t progress, wfs_error *error)
{
    uint64_t total = self->upload->received_bytes;
    uint64_t done = (uint64_t)((double)total * ((double)progress / 65536.0));

    if (self->joined_ms >= self->spec->join_ms) {
        return fail_busy(error);
    }
    self->joined_ms += PAUSE_MS;
    return wfs_complete_tell(self->spec, done, total, error);
}

static wfs_status tell_begun(const waiting *self, wfs_error *error)
{
    uint64_t done = 0;
    uint64_t total =
        wfs_complete_count(self->store, self->spec, self->upload, &done);

    return wfs_complete_tell(self->spec, done, total, error);
}

/* Who writes ends soon, or else hangs; who catches up ends at its turn. */
static wfs_status await_end(waiting *self, wfs_error *error)
{
    const wfs_upload_row *upload = self->upload;
    uint64_t progress = 0;
    bool is_caught_up = wfs_live_find(self->store->live, upload->row,
                                      WFS_LIVE_CATCH_UP, &progress);

    uint64_t *waited_ms = is_caught_up ? &self->caught_up_ms : &self->ended_ms;

    if (*waited_ms >= (is_caught_up ? CATCH_UP_WAIT_MS : END_WAIT_MS)) {
        return fail_busy(error);
    }
    *waited_ms += PAUSE_MS;
    end_others(self);
    return is_caught_up ? tell_begun(self, error) : WFS_OK;
}

static wfs_status wait_a_little(waiting *self, wfs_error *error)
{
    const struct timespec pause = {0, PAUSE_NS};
    uint64_t progress = 0;
    wfs_status status = WFS_OK;

    if (wfs_live_find(self->store->live, self->upload->row, WFS_LIVE_COMPLETING,
                      &progress)) {
        status = join(self, progress, error);
    } else {
        status = await_end(self, error);
    }
    if (status == WFS_OK) {
        nanosleep(&pause, NULL);
    }
    return status;
}

wfs_status wfs_complete_tell(const wfs_complete_spec *spec, uint64_t done,
                             uint64_t total, wfs_error *error)
{
    if (spec->progress == NULL ||
        spec->progress(spec->progress_data, done, total)) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ECANCELED, 0, NULL,
                         "completing was cancelled");
}

wfs_status wfs_complete_lock(wfs_store *store, const wfs_complete_spec *spec,
                             const wfs_upload_row *upload, wfs_blob *part,
                             wfs_live_slot *slot, wfs_error *error)
{
    const wfs_blobs_api *api = store->blobs->api;
    waiting self = {.store = store, .spec = spec, .upload = upload};
    wfs_status status = api->lock(part, 0, WFS_LOCK_COUNT, error);

    while (status == WFS_EBUSY) {
        status = wait_a_little(&self, error);
        if (status == WFS_OK) {
            status = api->lock(part, 0, WFS_LOCK_COUNT, error);
        } else {
            return status;
        }
    }
    if (status == WFS_OK) {
        wfs_live_claim(store->live, slot, upload->row, WFS_LIVE_COMPLETING);
        wfs_committer_watch(store->committer);
    }
    return status;
}
