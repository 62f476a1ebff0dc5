/*
 * upload.c - the files of unfinished uploads: parts and loose chunks.
 */
#include "directory/directory_internal.h"

#include <string.h>

#include "error.h"
#include "file.h"

#define OPEN_ATTEMPTS 8

static wfs_status tell_missing(wfs_status status, wfs_error *error)
{
    if (status != WFS_ENOSTORE) {
        return status;
    }
    return wfs_error_set(error, WFS_ENOUPLOAD, 0, "open",
                         "there is no such upload");
}

/* Opens or makes, and knows which. Either may be overtaken by another process
 * that does the opposite, hence the attempts. */
static wfs_status open_or_make(int dir, const char *name, int *ret_fd,
                               bool *ret_is_new, wfs_error *error)
{
    wfs_status status = WFS_EIO;

    for (int i = 0; i < OPEN_ATTEMPTS; i++) {
        status = wfs_file_open(dir, name, WFS_FILE_WRITE, ret_fd, error);
        if (status != WFS_ENOSTORE) {
            *ret_is_new = false;
            return status;
        }
        status = wfs_file_open(dir, name, WFS_FILE_NEW, ret_fd, error);
        if (status != WFS_ECONFLICT) {
            *ret_is_new = true;
            return status;
        }
    }
    return status;
}

wfs_status wfs_directory_open_part(wfs_blobs *blobs, wfs_blob_owner owner,
                                   wfs_blob **ret_blob, bool *ret_is_new,
                                   wfs_error *error)
{
    directory *self = (directory *)blobs;
    char name[UPLOAD_NAME_BYTES];
    bool is_new = false;
    wfs_status status;
    int fd;

    wfs_directory_write_name(owner, WFS_UNKNOWN, name);
    if (ret_is_new == NULL) {
        status = tell_missing(
            wfs_file_open(self->uploads_dir, name, WFS_FILE_WRITE, &fd, error),
            error);
    } else {
        status = open_or_make(self->uploads_dir, name, &fd, &is_new, error);
    }
    if (status == WFS_OK) {
        status = wfs_directory_open_blob(self, "", fd, ret_blob, error);
    }
    if (status == WFS_OK && ret_is_new != NULL) {
        *ret_is_new = is_new;
    }
    return status;
}

wfs_status wfs_directory_open_loose(wfs_blobs *blobs, wfs_blob_owner owner,
                                    uint64_t index, wfs_blob **ret_blob,
                                    wfs_error *error)
{
    directory *self = (directory *)blobs;
    char name[UPLOAD_NAME_BYTES];
    wfs_status status;
    int fd;

    wfs_directory_write_name(owner, index, name);
    status = tell_missing(
        wfs_file_open(self->uploads_dir, name, WFS_FILE_READ, &fd, error),
        error);
    if (status != WFS_OK) {
        return status;
    }
    return wfs_directory_open_blob(self, "", fd, ret_blob, error);
}

wfs_status wfs_directory_put_loose(wfs_blobs *blobs, wfs_blob *nameless,
                                   wfs_blob_owner owner, uint64_t index,
                                   wfs_error *error)
{
    directory *self = (directory *)blobs;
    char name[UPLOAD_NAME_BYTES];
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status;

    wfs_directory_write_name(owner, index, name);
    status = wfs_directory_link(nameless, name, &local);
    if (status == WFS_OK) {
        return WFS_OK;
    }
    if (status != WFS_ECONFLICT) {
        return wfs_error_copy(error, &local);
    }
    status = wfs_directory_remove_if_there(self->uploads_dir, name, error);
    if (status != WFS_OK) {
        return status;
    }
    return wfs_directory_link(nameless, name, error);
}

wfs_status wfs_directory_remove_if_there(int dir, const char *name,
                                         wfs_error *error)
{
    wfs_error local = WFS_ERROR_INIT;
    wfs_status status = wfs_file_remove(dir, name, &local);

    if (status == WFS_OK || status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    return wfs_error_copy(error, &local);
}

wfs_status wfs_directory_remove_loose(wfs_blobs *blobs, wfs_blob_owner owner,
                                      uint64_t index, wfs_error *error)
{
    char name[UPLOAD_NAME_BYTES];

    wfs_directory_write_name(owner, index, name);
    return wfs_directory_remove_if_there(((directory *)blobs)->uploads_dir,
                                         name, error);
}

typedef struct removal {
    int dir;
    int64_t row;
    wfs_error *error;
} removal;

static wfs_status remove_of_row(void *data, const char *name)
{
    const removal *wanted = data;
    wfs_leftover leftover;

    if (!wfs_directory_read_name(name, &leftover) ||
        leftover.row != wanted->row) {
        return WFS_OK;
    }
    return wfs_directory_remove_if_there(wanted->dir, name, wanted->error);
}

wfs_status wfs_directory_remove_upload(wfs_blobs *blobs, wfs_blob_owner owner,
                                       bool with_loose, wfs_error *error)
{
    directory *self = (directory *)blobs;
    removal wanted = {self->uploads_dir, owner.row, error};
    char name[UPLOAD_NAME_BYTES];

    if (with_loose) {
        return wfs_file_visit(self->uploads_dir, remove_of_row, &wanted, error);
    }
    wfs_directory_write_name(owner, WFS_UNKNOWN, name);
    return wfs_directory_remove_if_there(self->uploads_dir, name, error);
}

typedef struct visit_data {
    wfs_leftover_visitor visit;
    void *data;
} visit_data;

static bool is_temporary(const char *name)
{
    return strncmp(name, TEMPORARY_PREFIX, strlen(TEMPORARY_PREFIX)) == 0;
}

static wfs_status visit_name(void *data, const char *name)
{
    const visit_data *inner = data;
    wfs_leftover leftover;

    if (!wfs_directory_read_name(name, &leftover)) {
        if (!is_temporary(name)) {
            return WFS_OK;
        }
        memset(&leftover, 0, sizeof(leftover));
        leftover.index = WFS_UNKNOWN;
    }
    leftover.filename = name;
    return inner->visit(inner->data, &leftover);
}

wfs_status wfs_directory_visit_leftovers(wfs_blobs *blobs,
                                         wfs_leftover_visitor visit, void *data,
                                         wfs_error *error)
{
    visit_data inner = {visit, data};

    return wfs_file_visit(((directory *)blobs)->uploads_dir, visit_name, &inner,
                          error);
}

wfs_status wfs_directory_remove_leftover(wfs_blobs *blobs, const char *filename,
                                         wfs_error *error)
{
    directory *self = (directory *)blobs;

    if (is_temporary(filename) && !wfs_directory_is_abandoned(self, filename)) {
        return wfs_error_set(error, WFS_EBUSY, 0, NULL,
                             "the file belongs to a writer");
    }
    return wfs_directory_remove_if_there(self->uploads_dir, filename, error);
}
