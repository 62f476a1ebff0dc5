/*
 * rebuild_store.c - the store as it is found: is it one, is it free, may its
 * catalogue be replaced, what lies in it?
 */
#include "rebuild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "directory/directory.h"
#include "error.h"
#include "file_share.h"
#include "layout.h"
#include "publish.h"

static wfs_status find_recording(void *data, const char *name)
{
    bool *has_recordings = data;
    wfs_filename parts;

    *has_recordings |= wfs_filename_read(name, &parts) ||
                       strcmp(name, WFS_PUBLISHED_NAME) == 0;
    return WFS_OK;
}

/* A folder is a store by its .wfstore/, or by what lies in it. */
static wfs_status open_folders(wfs_rebuilding *self, wfs_error *error)
{
    bool has_recordings = false;
    int root = -1;
    wfs_status status = wfs_layout_open_folders(
        self->path, false, &self->root_dir, &self->meta_dir, error);

    if (status != WFS_ENOSTORE ||
        wfs_file_open_directory(-1, self->path, true, &root, NULL) != WFS_OK) {
        return status;
    }
    (void)wfs_file_visit(root, find_recording, &has_recordings, NULL);
    wfs_file_close(root);
    return has_recordings
               ? wfs_layout_open_folders(self->path, true, &self->root_dir,
                                         &self->meta_dir, error)
               : status;
}

/* Nobody may have the store open, or open it until this is done. */
static wfs_status lock_store(wfs_rebuilding *self, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = wfs_file_open(self->meta_dir, WFS_STORE_LOCK_FILE,
                                      WFS_FILE_CREATE, &self->lock, &fault);

    if (status == WFS_OK) {
        status = wfs_file_lock(self->lock, WFS_STORE_LOCK_OPEN, 1, &fault);
    }
    if (status == WFS_EBUSY) {
        return wfs_error_set(error, WFS_EBUSY, 0, "lock",
                             "a process has the store open");
    }
    return status == WFS_OK ? WFS_OK : wfs_error_copy(error, &fault);
}

/* What cannot be looked at now is neither older nor absent. */
static wfs_status refuse_catalogue(wfs_rebuilding *self, wfs_error *error)
{
    wfs_file_identity identity;
    wfs_error fault = WFS_ERROR_INIT;
    bool is_made = false;
    wfs_status status =
        wfs_layout_read_version(self->meta_dir, &is_made, &fault);

    if (status == WFS_EVERSION || status == WFS_EIO) {
        return wfs_error_copy(error, &fault);
    }
    status =
        wfs_file_look(self->meta_dir, WFS_CATALOGUE_FILE, &identity, &fault);
    if (status == WFS_EIO) {
        return wfs_error_copy(error, &fault);
    }
    if (status != WFS_ENOSTORE && !self->options.replace) {
        return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                             "the store has a catalogue");
    }
    if (status != WFS_ENOSTORE) {
        snprintf(self->summary.aside, sizeof self->summary.aside, "%s",
                 self->aside);
    }
    return WFS_OK;
}

static wfs_status add_size(void *data, const char *name)
{
    wfs_rebuilding *self = data;
    wfs_file_identity identity;

    if (wfs_file_look(self->root_dir, name, &identity, NULL) == WFS_OK) {
        self->pace.total_bytes += identity.size_bytes;
    }
    return WFS_OK;
}

static wfs_status keep_part(void *data, const wfs_leftover *leftover)
{
    wfs_rebuilding *self = data;
    size_t count = self->part_count;
    wfs_lost_part *part;

    if (leftover->row == 0 || leftover->index != WFS_UNKNOWN) {
        return WFS_OK;
    }
    if ((count & (count - 1)) == 0) { /* a power of two: it is full */
        size_t room = count == 0 ? 1 : 2 * count;

        part = realloc(self->parts, room * sizeof *part);
        if (part == NULL) {
            return WFS_ENOMEM;
        }
        self->parts = part;
    }
    part = &self->parts[self->part_count++];
    snprintf(part->id, sizeof part->id, "%s", leftover->id);
    part->row = leftover->row;
    return WFS_OK;
}

static wfs_status find_parts(wfs_rebuilding *self, wfs_error *error)
{
    wfs_status status =
        wfs_directory_open(self->root_dir, self->meta_dir, &self->blobs, error);

    if (status == WFS_OK) {
        status = self->blobs->api->visit_leftovers(self->blobs, keep_part, self,
                                                   error);
    }
    if (status == WFS_ENOMEM) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "realloc",
                             "the store is out of memory");
    }
    if (self->part_count > 0) {
        qsort(self->parts, self->part_count, sizeof *self->parts,
              wfs_rebuild_compare_parts);
    }
    return status;
}

static wfs_status open_alone(wfs_rebuilding *self, wfs_error *error)
{
    wfs_status status = open_folders(self, error);

    if (status == WFS_OK) {
        status = lock_store(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_settle_rebuilt(self->meta_dir, error);
    }
    return status == WFS_OK ? refuse_catalogue(self, error) : status;
}

wfs_status wfs_rebuild_open_store(wfs_rebuilding *self, wfs_error *error)
{
    wfs_status status = open_alone(self, error);

    if (status != WFS_OK) {
        return status;
    }
    wfs_pace_begin(&self->pace, self->options.bytes_per_second,
                   self->options.progress, self->options.progress_data, 0);
    status = wfs_file_visit(self->root_dir, add_size, self, error);
    return status == WFS_OK ? find_parts(self, error) : status;
}
