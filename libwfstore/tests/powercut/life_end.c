/*
 * life_end.c - what becomes of uploads and recordings, and what is published.
 */
#include "life.h"

void life_promise_published(life *self)
{
    wfs_store_stat stat;
    wfs_error error = WFS_ERROR_INIT;

    life_expect(wfs_store_get_stat(self->store, &stat, &error), &error, "stat",
                "");
    if (stat.is_published) {
        life_mark("< publish store");
    }
}

void life_complete(life *self, const char *id)
{
    const plan *planned = plan_find(id);
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;

    spec.id = id;
    spec.name = id;
    if (!planned->is_append) {
        spec.total_chunks = planned->count;
    }
    if (planned->count == 0) {
        spec.limits.types = WFS_TYPES_ANY;
    }
    life_mark("> complete %s", id);
    life_expect(wfs_upload_complete(self->store, &spec, &recording,
                                    &was_complete, &error),
                &error, "complete", id);
    life_mark("< complete %s", id);
    wfs_recording_release(&recording);
    life_promise_published(self);
}

void life_salvage(life *self, const char *id, size_t count)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;

    spec.id = id;
    spec.name = id;
    spec.salvage = true;
    life_mark("> salvage %s %zu", id, count);
    life_expect(wfs_upload_complete(self->store, &spec, &recording,
                                    &was_complete, &error),
                &error, "salvage", id);
    life_mark("< salvage %s %zu", id, count);
    wfs_recording_release(&recording);
    life_promise_published(self);
}

void life_rename(life *self, const char *id, const char *name)
{
    wfs_recording_change change = WFS_RECORDING_CHANGE_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;

    change.name = name;
    life_mark("> name %s %s", id, name);
    life_expect(
        wfs_recording_update(self->store, id, &change, &recording, &error),
        &error, "rename", id);
    life_mark("< name %s %s", id, name);
    wfs_recording_release(&recording);
    life_promise_published(self);
}

void life_delete_upload(life *self, const char *id)
{
    wfs_error error = WFS_ERROR_INIT;

    life_mark("> delete %s", id);
    life_expect(wfs_upload_delete(self->store, id, &error), &error, "delete",
                id);
    life_mark("< delete %s", id);
}

void life_delete_recording(life *self, const char *id)
{
    wfs_error error = WFS_ERROR_INIT;

    life_mark("> delete %s", id);
    life_expect(wfs_recording_delete(self->store, id, NULL, &error), &error,
                "delete", id);
    life_mark("< delete %s", id);
    life_promise_published(self);
}

void life_tend(life *self)
{
    wfs_error error = WFS_ERROR_INIT;
    uint64_t next_ms;

    life_expect(wfs_store_tend(self->store, 10000, &next_ms, &error), &error,
                "tend", "");
    life_promise_published(self);
}
