/*
 * directory.c - opening a directory of blobs, and what is true of it as a
 * whole.
 */
#include "directory/directory_internal.h"

#include <stdlib.h>

#include "error.h"
#include "file.h"
#include "store_internal.h"

static void close_directory(wfs_blobs *blobs)
{
    directory *self = (directory *)blobs;

    wfs_file_close(self->uploads_dir);
    free(self);
}

static wfs_status sync_uploads(wfs_blobs *blobs, wfs_error *error)
{
    return wfs_file_sync(((directory *)blobs)->uploads_dir, error);
}

static wfs_status get_free(wfs_blobs *blobs, uint64_t *ret_bytes,
                           wfs_error *error)
{
    return wfs_file_get_free(((directory *)blobs)->uploads_dir, ret_bytes,
                             error);
}

static wfs_status probe(wfs_blobs *blobs, wfs_error *error)
{
    static const uint8_t bytes[512];
    wfs_blob *blob;
    wfs_status status = wfs_directory_open_nameless(blobs, &blob, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_directory_write(blob, 0, bytes, sizeof(bytes), error);
    if (status == WFS_OK) {
        status = wfs_directory_sync_blob(blob, error);
    }
    wfs_directory_close_blob(blob);
    return status;
}

static const wfs_blobs_api directory_api = {
    .close = close_directory,
    .open_part = wfs_directory_open_part,
    .open_loose = wfs_directory_open_loose,
    .open_nameless = wfs_directory_open_nameless,
    .close_blob = wfs_directory_close_blob,
    .lock = wfs_directory_lock,
    .write = wfs_directory_write,
    .read = wfs_directory_read,
    .copy = wfs_directory_copy,
    .get_size = wfs_directory_get_size,
    .truncate = wfs_directory_truncate,
    .sync = wfs_directory_sync_blob,
    .sync_uploads = sync_uploads,
    .put_loose = wfs_directory_put_loose,
    .remove_loose = wfs_directory_remove_loose,
    .remove_upload = wfs_directory_remove_upload,
    .put_recording = wfs_directory_put_recording,
    .open_recording = wfs_directory_open_recording,
    .remove_recording = wfs_directory_remove_recording,
    .get_free = get_free,
    .probe = probe,
    .visit_leftovers = wfs_directory_visit_leftovers,
    .visit_recordings = wfs_directory_visit_recordings,
    .remove_leftover = wfs_directory_remove_leftover,
};

static wfs_status open_uploads(int meta_dir, int *ret_fd, wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status =
        wfs_file_make_directory(meta_dir, WFS_UPLOADS_FOLDER, &local);

    if (status == WFS_OK) {
        status = wfs_file_sync(meta_dir, &local);
    }
    if (status != WFS_OK && status != WFS_ECONFLICT) {
        if (error != NULL) {
            *error = local;
        }
        return status;
    }
    return wfs_file_open_directory(meta_dir, WFS_UPLOADS_FOLDER, false, ret_fd,
                                   error);
}

wfs_status wfs_directory_open(int root_dir, int meta_dir, wfs_blobs **ret_blobs,
                              wfs_error *error)
{
    directory *self = calloc(1, sizeof(*self));
    wfs_status status;

    if (self == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    self->blobs.api = &directory_api;
    self->root_dir = root_dir;
    status = open_uploads(meta_dir, &self->uploads_dir, error);
    if (status != WFS_OK) {
        free(self);
        return status;
    }
    *ret_blobs = &self->blobs;
    return WFS_OK;
}
