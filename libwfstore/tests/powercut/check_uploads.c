/*
 * check_uploads.c - what became of the uploads, and going on with them.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wfstore/append.h"

static bool is_received(const wfs_upload_info *info, uint64_t index)
{
    for (size_t i = 0; i < info->received_count; i++) {
        if (index >= info->received[i].first &&
            index <= info->received[i].last) {
            return true;
        }
    }
    return false;
}

static bool check_chunk(check *self, const promise *it, size_t index,
                        const wfs_upload_info *info)
{
    bool is_there = is_received(info, index);
    bool is_head = index == 0 && info->is_provisional;
    bool is_begun = it->is_begun[index] || (index == 0 && it->head_is_begun);

    if (it->is_kept[index] && (!is_there || is_head)) {
        return check_fail(self, "acknowledged chunk %zu of %s is lost", index,
                          it->planned->id);
    }
    if (index == 0 && it->head_is_kept && !is_there) {
        return check_fail(self, "the acknowledged head of %s is lost",
                          it->planned->id);
    }
    if (is_there && !is_begun) {
        return check_fail(self, "chunk %zu of %s was never sent", index,
                          it->planned->id);
    }
    return true;
}

static bool check_upload(check *self, const promise *it,
                         const wfs_upload_info *info)
{
    if (it->is_complete) {
        return check_fail(self, "recording %s is an upload again",
                          it->planned->id);
    }
    if (it->is_declared && info->size_bytes != plan_get_size(it->planned)) {
        return check_fail(self, "the size declared for %s is lost",
                          it->planned->id);
    }
    for (size_t i = 0; i < it->planned->count; i++) {
        if (!check_chunk(self, it, i, info)) {
            return false;
        }
    }
    return true;
}

/* Nothing is there: nothing was promised, or it was to be deleted. */
static bool check_nothing(check *self, const promise *it)
{
    bool is_promised = it->head_is_kept || it->is_complete || it->is_created;

    for (size_t i = 0; i < it->planned->count; i++) {
        is_promised = is_promised || it->is_kept[i];
    }
    self->is_rebuilt |= is_promised && self->promised->is_rebuilding;
    if (is_promised && !it->is_deleting && !it->may_be_gone) {
        return check_fail(self, "%s is lost", it->planned->id);
    }
    return true;
}

/* It goes with the upload, and with the recording that this becomes. */
static bool check_note(check *self, const promise *it)
{
    char *note = NULL;
    bool is_well;

    if (!check_status(
            self,
            wfs_upload_get_note(self->store, it->planned->id, &note, NULL),
            "note", it->planned->id)) {
        return false;
    }
    is_well = !it->is_created || (note != NULL && strcmp(note, PLAN_NOTE) == 0);
    free(note);
    return is_well ||
           check_fail(self, "the note kept with %s is lost", it->planned->id);
}

bool check_promise(check *self, const promise *it)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status =
        wfs_upload_get(self->store, it->planned->id, true, &info, &error);
    bool is_well;

    if (status == WFS_OK && it->is_deleted) {
        is_well =
            check_fail(self, "deleted upload %s is back", it->planned->id);
    } else if (status == WFS_OK) {
        is_well = check_upload(self, it, &info) && check_note(self, it);
    } else if (status == WFS_ECOMPLETE) {
        is_well = check_recording(self, it) && check_note(self, it);
    } else if (status == WFS_ENOUPLOAD) {
        is_well = check_nothing(self, it);
    } else {
        is_well = check_status(self, status, "upload", it->planned->id);
    }
    wfs_upload_info_release(&info);
    return is_well;
}

static wfs_status begin(check *self, const plan *planned, size_t index,
                        const uint8_t *bytes, wfs_chunk **ret_chunk,
                        wfs_error *error)
{
    wfs_chunk_spec spec = plan_get_spec(planned, index, bytes);
    wfs_append_spec append = WFS_APPEND_SPEC_INIT;

    if (!planned->is_append) {
        return wfs_upload_begin_chunk(self->store, &spec, ret_chunk, error);
    }
    append.id = planned->id;
    append.offset = plan_get_offset(planned, index);
    return wfs_upload_begin_append(self->store, &append, ret_chunk, error);
}

static bool send(check *self, const plan *planned, size_t index,
                 const uint8_t *bytes)
{
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;
    wfs_status status = begin(self, planned, index, bytes, &chunk, &error);

    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, bytes + plan_get_offset(planned, index),
                                 planned->lengths[index], &error);
        if (status != WFS_OK) {
            wfs_chunk_discard(chunk);
        }
    }
    if (status == WFS_OK) {
        status = wfs_chunk_commit(chunk, &receipt, &error);
    }
    if (status == WFS_OK) {
        return true;
    }
    return check_fail(self, "chunk %zu of %s sent again: %s: %s", index,
                      planned->id, wfs_status_name(status), error.detail);
}

/* An upload that is appended to: made again if it was not promised yet, and
 * told its size, which it may know. */
static bool create(check *self, const plan *planned)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = planned->id;
    (void)wfs_upload_create(self->store, &spec, NULL);
    return check_status(self,
                        wfs_upload_declare_size(self->store, planned->id,
                                                plan_get_size(planned),
                                                &spec.limits, NULL),
                        "declare", planned->id);
}

static bool send_missing(check *self, const promise *it, const uint8_t *bytes)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    bool is_well = !it->planned->is_append || create(self, it->planned);

    /* WFS_ENOUPLOAD: nothing has arrived */
    (void)wfs_upload_get(self->store, it->planned->id, true, &info, NULL);
    for (size_t i = 0; i < it->planned->count && is_well; i++) {
        if (!is_received(&info, i) || (i == 0 && info.is_provisional)) {
            is_well = send(self, it->planned, i, bytes);
        }
    }
    wfs_upload_info_release(&info);
    return is_well;
}

static bool complete(check *self, const promise *it, bool salvages)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;
    wfs_status status;

    spec.id = it->planned->id;
    spec.name = it->planned->id;
    spec.salvage = salvages;
    if (it->planned->count == 0) {
        spec.limits.types = WFS_TYPES_ANY;
    }
    if (!salvages && !it->planned->is_append) {
        spec.total_chunks = it->planned->count;
    }
    status = wfs_upload_complete(self->store, &spec, &recording, &was_complete,
                                 &error);
    wfs_recording_release(&recording);
    if (status == WFS_OK) {
        return true;
    }
    return check_fail(self, "completing %s after the cut: %s: %s",
                      it->planned->id, wfs_status_name(status), error.detail);
}

/* Whose uploads were put together deletes them. */
static bool drop_parts(check *self, const plan *planned)
{
    char name[PLAN_PART_BYTES];

    for (size_t i = 0; i < planned->count; i++) {
        wfs_status status;

        plan_name_part(planned, i, name);
        status = wfs_upload_delete(self->store, name, NULL);
        if (status != WFS_ENOUPLOAD &&
            !check_status(self, status, "delete", name)) {
            return false;
        }
    }
    return true;
}

/* What a sender of chunk `index` is told. */
static wfs_status ask(check *self, const promise *it, size_t index,
                      const uint8_t *bytes)
{
    wfs_chunk_spec spec = plan_get_spec(it->planned, index, bytes);
    wfs_chunk *chunk = NULL;
    wfs_status status =
        wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL);

    if (status == WFS_OK) {
        wfs_chunk_discard(chunk);
    }
    return status;
}

/* Once salvaging has begun there is no other way; until then there is. */
static bool go_on(check *self, const promise *it, const uint8_t *bytes)
{
    if (it->salvaged > 0 &&
        ask(self, it, it->salvaged, bytes) == WFS_ECOMPLETE) {
        return complete(self, it, true);
    }
    return send_missing(self, it, bytes) && complete(self, it, false);
}

bool check_going_on(check *self, const promise *it)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    uint8_t *bytes = plan_make_bytes(it->planned);
    bool is_well;

    if (wfs_recording_get(self->store, it->planned->id, &recording, NULL) ==
        WFS_OK) {
        is_well = true;
    } else if (it->is_deleting && ask(self, it, 0, bytes) == WFS_EGONE) {
        is_well = true;
    } else if (it->is_deleted) {
        is_well =
            check_fail(self, "deleted %s may come again", it->planned->id);
    } else {
        is_well = go_on(self, it, bytes);
    }
    wfs_recording_release(&recording);
    free(bytes);
    return is_well && drop_parts(self, it->planned);
}
