/*
 * complete.c - an upload becomes a recording.
 *
 * Everything before the catalogue's transaction can be repeated, everything
 * after it can be repaired: rename, directory sync, metadata.json.
 */
#include "complete.h"

#include <stdlib.h>

#include "error.h"
#include "json.h"
#include "publish.h"
#include "tend.h"

#define ATTEMPTS 8

/*
 * `metadata`  compact JSON; taken by `recording`
 * `again`     the upload ended while it was looked at: start over
 */
typedef struct completion {
    wfs_store *store;
    const wfs_complete_spec *spec;
    char *metadata;
    wfs_upload_row upload;
    wfs_blob *part;
    wfs_live_slot live;
    wfs_recording recording;
    bool was_complete;
    bool again;
} completion;

static wfs_status answer_repeat(completion *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_recording_row row;
    wfs_status status =
        catalogue->api->get_recording(catalogue, self->spec->id, &row, error);

    if (status == WFS_ENORECORDING) {
        self->again = true;
        return WFS_OK;
    }
    if (status != WFS_OK) {
        return status;
    }
    status = wfs_complete_check_repeat(self->spec, &row, error);
    if (status != WFS_OK) {
        wfs_recording_release(&row.recording);
        return status;
    }
    if (row.part != 0) {
        wfs_store_finish_recording(self->store, row.recording.id, row.part,
                                   row.recording.filename, NULL);
    }
    wfs_publisher_request(self->store->publisher);
    self->recording = row.recording;
    self->was_complete = true;
    return WFS_OK;
}

/*
 * An upload of no bytes at all has had nobody to make its part, or nobody who
 * lived to sync its name: who makes it may die, or fail, before that.
 */
static wfs_status open_part(completion *self, wfs_error *error)
{
    wfs_blobs *blobs = self->store->blobs;
    wfs_blob_owner owner = {self->upload.id, self->upload.row};
    bool is_empty = self->upload.received_chunks == 0;
    bool is_new = false;
    wfs_status status = blobs->api->open_part(blobs, owner, &self->part,
                                              is_empty ? &is_new : NULL, error);

    if (status == WFS_OK && is_empty) {
        status = blobs->api->sync_uploads(blobs, error);
    }
    return status;
}

static wfs_status open_and_lock(completion *self, wfs_error *error)
{
    wfs_status status = open_part(self, error);

    return status == WFS_OK
               ? wfs_complete_lock(self->store, self->spec, &self->upload,
                                   self->part, &self->live, error)
               : status;
}

static wfs_status look_again(completion *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_status status = catalogue->api->get_upload(catalogue, self->upload.row,
                                                   &self->upload, error);

    if (status == WFS_OK) {
        status = wfs_complete_check_upload(self->spec, &self->upload, error);
    }
    return status;
}

static wfs_status say_salvaged(completion *self, wfs_error *error)
{
    static const char patch[] = "{\"salvaged\":true}";
    char *merged = NULL;
    wfs_status status = wfs_json_merge_metadata(
        self->metadata, patch, sizeof(patch) - 1, &merged, error);

    if (status == WFS_OK) {
        free(self->metadata);
        self->metadata = merged;
    }
    return status;
}

/* What the upload was created with, unless completing tells another. */
static wfs_status fill_metadata(completion *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    char *kept = NULL;
    wfs_status status = WFS_OK;

    if (self->spec->metadata == NULL && self->upload.is_created) {
        status = catalogue->api->get_metadata(catalogue, self->upload.row,
                                              &kept, error);
    }
    if (kept != NULL) {
        free(self->metadata);
        self->metadata = kept;
    }
    if (status == WFS_OK && (self->spec->salvage || self->upload.is_salvaged)) {
        status = say_salvaged(self, error);
    }
    return status;
}

/* The commit point is in here. */
static wfs_status commit(completion *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_container_facts facts = {0};
    wfs_digest digest = {WFS_DIGEST_NONE, {0}};
    wfs_status status =
        wfs_finish_part(self->store, self->spec, &self->upload, self->part,
                        &self->live, &facts, &digest, error);

    if (status == WFS_OK) {
        status = fill_metadata(self, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    wfs_describe_recording(self->spec, &self->upload, &facts, &digest,
                           self->metadata, &self->recording);
    status = catalogue->api->complete(catalogue, self->upload.row,
                                      self->upload.received_chunks,
                                      &self->recording, error);
    if (status == WFS_OK) {
        self->metadata = NULL;
    }
    return status;
}

/* Whatever fails here is made up for by tending or by the next reader. */
static void follow_up(completion *self)
{
    wfs_store_finish_recording(self->store, self->recording.id,
                               self->upload.row, self->recording.filename,
                               NULL);
    if (self->upload.contiguous_chunks < self->upload.received_chunks) {
        self->store->blobs->api->remove_upload(
            self->store->blobs,
            (wfs_blob_owner){self->recording.id, self->upload.row}, true,
            NULL); /* what was salvaged had a gap */
    }
    wfs_publisher_request(self->store->publisher);
}

static wfs_status complete_upload(completion *self, wfs_error *error)
{
    wfs_status status =
        wfs_complete_check_upload(self->spec, &self->upload, error);

    if (status == WFS_OK) {
        status = wfs_prove_all(self->store, error);
    }
    if (status != WFS_OK) {
        return status;
    }
    status = open_and_lock(self, error);
    if (status == WFS_OK) {
        status = look_again(self, error);
    }
    if (status == WFS_OK) {
        status = commit(self, error);
    }
    if (status == WFS_OK) {
        follow_up(self);
    }
    wfs_live_release(&self->live);
    self->store->blobs->api->close_blob(self->part);
    self->part = NULL;
    if (status == WFS_ENOUPLOAD || status == WFS_ECOMPLETE) {
        self->again = true;
        return WFS_OK;
    }
    return status;
}

static wfs_status complete_once(completion *self, wfs_error *error)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_status status = catalogue->api->find_id(catalogue, self->spec->id,
                                                &kind, &self->upload, error);

    self->again = false;
    if (status != WFS_OK) {
        return status;
    }
    if (kind == WFS_ID_GONE) {
        return wfs_error_set(error, WFS_EGONE, 0, NULL, "it was deleted");
    }
    if (kind == WFS_ID_RECORDING) {
        return answer_repeat(self, error);
    }
    if (kind == WFS_ID_FREE || !self->upload.is_visible) {
        return wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                             "there is no such upload");
    }
    return complete_upload(self, error);
}

static wfs_status run(completion *self, wfs_error *error)
{
    wfs_status status = WFS_OK;

    self->again = true;
    for (int i = 0; i < ATTEMPTS && status == WFS_OK && self->again; i++) {
        status = complete_once(self, error);
    }
    if (status == WFS_OK && self->again) {
        status = wfs_error_set(error, WFS_EBUSY, 0, NULL,
                               "the upload begins and ends all the time");
    }
    return status;
}

static wfs_status compact_metadata(const wfs_complete_spec *spec,
                                   char **ret_metadata, wfs_error *error)
{
    bool is_given = spec->metadata != NULL;

    return wfs_json_compact_metadata(is_given ? spec->metadata : "{}",
                                     is_given ? spec->metadata_length : 2,
                                     ret_metadata, error);
}

wfs_status wfs_upload_complete(wfs_store *store, const wfs_complete_spec *spec,
                               wfs_recording *ret_recording,
                               bool *ret_was_complete, wfs_error *error)
{
    completion self = {.store = store, .spec = spec};
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status = wfs_complete_check_spec(spec, &local);

    if (status == WFS_OK) {
        status = compact_metadata(spec, &self.metadata, &local);
    }
    if (status == WFS_OK) {
        status = run(&self, &local);
    }
    free(self.metadata);
    if (status == WFS_OK) {
        *ret_recording = self.recording;
        *ret_was_complete = self.was_complete;
    } else if (error != NULL) {
        *error = local;
    }
    return status;
}
