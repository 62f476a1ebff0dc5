/*
 * verify_strays.c - files of the store that belong to nobody.
 *
 * A row is there before its file and a tombstone names what is still to be
 * removed, so a file that neither knows and that is still there afterwards is
 * nobody's. Only an upload that expires leaves no trace between its row and its
 * files: such a file is given a moment.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "error.h"
#include "file_share.h"
#include "filename.h"
#include "publish.h"
#include "verify.h"

#define MOMENT_MS 300
#define MOMENTS_MAX 10

typedef struct search {
    wfs_verifying *verifying;
    int uploads_dir;
    int moments;
    wfs_error *error;
} search;

static wfs_status is_leaving(const search *self, const char *id,
                             bool *ret_is_leaving)
{
    wfs_catalogue *catalogue = self->verifying->store->catalogue;

    return catalogue->api->is_leaving(catalogue, id, ret_is_leaving,
                                      self->error);
}

/* Whether the recording of that id has that file. */
static wfs_status owns_file(const search *self, const char *id,
                            const char *filename, int64_t part,
                            bool *ret_is_owned)
{
    wfs_catalogue *catalogue = self->verifying->store->catalogue;
    wfs_recording_row row;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status =
        catalogue->api->get_recording(catalogue, id, &row, &fault);

    if (status == WFS_OK) {
        *ret_is_owned = filename != NULL
                            ? strcmp(row.recording.filename, filename) == 0
                            : row.part == part;
        wfs_recording_release(&row.recording);
        return WFS_OK;
    }
    *ret_is_owned = false;
    return status == WFS_ENORECORDING ? WFS_OK
                                      : wfs_error_copy(self->error, &fault);
}

static wfs_status tell_stray(search *self, int dir, const char *name,
                             const char *prefix, const char *detail)
{
    wfs_file_identity identity;
    char filename[WFS_FINDING_NAME_BYTES];

    if (wfs_file_look(dir, name, &identity, NULL) == WFS_ENOSTORE) {
        return WFS_OK;
    }
    self->verifying->summary.strays++;
    wfs_join_name(prefix, name, filename);
    return wfs_tell(&self->verifying->teller, WFS_FINDING_STRAY, NULL, filename,
                    self->error, "%s", detail);
}

static wfs_status check_recording_name(void *data, const char *name)
{
    search *self = data;
    int root_dir = self->verifying->store->root_dir;
    wfs_filename parts;
    bool is_owned = false;
    wfs_status status = WFS_OK;

    if (strcmp(name, WFS_STORE_FOLDER) == 0 ||
        strcmp(name, WFS_PUBLISHED_NAME) == 0) {
        return WFS_OK;
    }
    if (!wfs_filename_read(name, &parts)) {
        return tell_stray(self, root_dir, name, "",
                          "it is not named like a recording");
    }
    status = owns_file(self, parts.id, name, 0, &is_owned);
    if (status == WFS_OK && !is_owned) {
        status = is_leaving(self, parts.id, &is_owned);
    }
    if (status != WFS_OK || is_owned) {
        return status;
    }
    return tell_stray(self, root_dir, name, "",
                      "no recording of the catalogue has this file");
}

static void wait_a_moment(search *self)
{
    static const struct timespec moment = {0, MOMENT_MS * 1000000L};

    if (self->moments++ < MOMENTS_MAX) {
        (void)nanosleep(&moment, NULL);
    }
}

static wfs_status check_leftover(void *data, const wfs_leftover *leftover)
{
    search *self = data;
    wfs_catalogue *catalogue = self->verifying->store->catalogue;
    wfs_upload_row upload;
    wfs_error fault = WFS_ERROR_INIT;
    bool is_owned = false;
    wfs_status status;

    if (leftover->row == 0) {
        return WFS_OK; /* of a chunk that has no name yet */
    }
    status =
        catalogue->api->get_upload(catalogue, leftover->row, &upload, &fault);
    if (status != WFS_ENOUPLOAD) {
        return status == WFS_OK ? WFS_OK : wfs_error_copy(self->error, &fault);
    }
    status = owns_file(self, leftover->id, NULL, leftover->row, &is_owned);
    if (status == WFS_OK && !is_owned) {
        status = is_leaving(self, leftover->id, &is_owned);
    }
    if (status != WFS_OK || is_owned) {
        return status;
    }
    wait_a_moment(self);
    return tell_stray(self, self->uploads_dir, leftover->filename,
                      WFS_STORE_FOLDER "/" WFS_UPLOADS_FOLDER "/",
                      "no upload of the catalogue has this file");
}

wfs_status wfs_verify_strays(wfs_verifying *self, wfs_error *error)
{
    wfs_store *store = self->store;
    search all = {.verifying = self, .uploads_dir = -1, .error = error};
    wfs_status status = store->blobs->api->visit_recordings(
        store->blobs, check_recording_name, &all, error);

    if (status == WFS_OK) {
        status = wfs_file_open_directory(store->meta_dir, WFS_UPLOADS_FOLDER,
                                         false, &all.uploads_dir, error);
    }
    if (status == WFS_OK) {
        status = store->blobs->api->visit_leftovers(
            store->blobs, check_leftover, &all, error);
    }
    wfs_file_close(all.uploads_dir);
    return status;
}
