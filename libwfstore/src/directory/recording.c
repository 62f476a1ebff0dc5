/*
 * recording.c - the files of recordings, under either of their names.
 */
#include "directory/directory_internal.h"

#include "error.h"
#include "file.h"

static wfs_status fail_missing(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENORECORDING, 0, "open",
                         "the recording's file is missing");
}

static wfs_status open_sized(int dir, const char *name, int *ret_fd,
                             wfs_file_stat *ret_stat, wfs_error *error)
{
    int fd;
    wfs_status status = wfs_file_open(dir, name, WFS_FILE_READ, &fd, error);

    if (status == WFS_OK) {
        status = wfs_file_get_stat(fd, ret_stat, error);
        if (status != WFS_OK) {
            wfs_file_close(fd);
        }
    }
    if (status == WFS_OK) {
        *ret_fd = fd;
    }
    return status;
}

/* The stat of a file; all 0 if there is none, for no recording is empty. */
static wfs_status get_stat(int dir, const char *name, wfs_file_stat *ret_stat,
                           wfs_error *error)
{
    wfs_file_stat stat = {0, 0, 0};
    int fd = -1;
    wfs_status status = open_sized(dir, name, &fd, &stat, error);

    wfs_file_close(fd);
    if (status == WFS_OK || status == WFS_ENOSTORE) {
        *ret_stat = stat;
        return WFS_OK;
    }
    return status;
}

/* Both directories: else a cut might leave the file under no name. */
static wfs_status sync_both(directory *self, wfs_error *error)
{
    wfs_status status = wfs_file_sync(self->root_dir, error);

    if (status == WFS_OK) {
        status = wfs_file_sync(self->uploads_dir, error);
    }
    return status;
}

/*
 * Both names are taken. A part without bytes is what a writer made that came
 * too late; one file under both names was being renamed by links when its
 * process died. Else the part is the recording, and the other file is not ours.
 */
static wfs_status settle_both(directory *self, const char *part,
                              const char *filename, wfs_error *error)
{
    wfs_file_stat stat;
    wfs_file_stat other;
    wfs_status status = get_stat(self->uploads_dir, part, &stat, error);

    if (status == WFS_OK) {
        status = get_stat(self->root_dir, filename, &other, error);
    }
    if (status == WFS_OK && stat.size_bytes > 0 && stat.inode != other.inode) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "rename",
                             "another file has the recording's name");
    }
    if (status == WFS_OK) {
        status = wfs_directory_remove_if_there(self->uploads_dir, part, error);
    }
    return status;
}

static wfs_status expect_renamed(directory *self, const char *filename,
                                 wfs_error *error)
{
    wfs_file_stat stat;
    wfs_status status = get_stat(self->root_dir, filename, &stat, error);

    return status == WFS_OK && stat.size_bytes == 0 ? fail_missing(error)
                                                    : status;
}

wfs_status wfs_directory_put_recording(wfs_blobs *blobs, wfs_blob_owner owner,
                                       const char *filename, wfs_error *error)
{
    directory *self = (directory *)blobs;
    char part[UPLOAD_NAME_BYTES];
    wfs_status status;

    wfs_directory_write_name(owner, WFS_UNKNOWN, part);
    status = wfs_file_rename_new(self->uploads_dir, part, self->root_dir,
                                 filename, error);
    if (status == WFS_ECONFLICT) {
        status = settle_both(self, part, filename, error);
    } else if (status == WFS_ENOSTORE) {
        status = expect_renamed(self, filename, error);
    }
    if (status == WFS_OK) {
        status = sync_both(self, error);
    }
    return status;
}

/* The part first, for it may be renamed between the two looks. */
static wfs_status open_either(directory *self, wfs_blob_owner owner,
                              const char *filename, int *ret_fd,
                              wfs_file_stat *ret_stat, wfs_error *error)
{
    char part[UPLOAD_NAME_BYTES];
    wfs_status status = WFS_ENOSTORE;

    if (owner.row != 0) {
        wfs_directory_write_name(owner, WFS_UNKNOWN, part);
        status = open_sized(self->uploads_dir, part, ret_fd, ret_stat, error);
    }
    if (status == WFS_OK && ret_stat->size_bytes == 0) {
        wfs_file_close(*ret_fd);
        status = WFS_ENOSTORE;
    }
    if (status == WFS_ENOSTORE) {
        status = open_sized(self->root_dir, filename, ret_fd, ret_stat, error);
    }
    return status;
}

wfs_status wfs_directory_open_recording(wfs_blobs *blobs, wfs_blob_owner owner,
                                        const char *filename,
                                        wfs_blob_ref *ret_ref, wfs_error *error)
{
    wfs_file_stat stat;
    int fd = -1;
    wfs_status status =
        open_either((directory *)blobs, owner, filename, &fd, &stat, error);

    if (status == WFS_ENOSTORE) {
        return fail_missing(error);
    }
    if (status == WFS_OK) {
        *ret_ref = (wfs_blob_ref){fd, stat.size_bytes, stat.modified};
    }
    return status;
}

wfs_status wfs_directory_visit_recordings(wfs_blobs *blobs,
                                          wfs_filename_visitor visit,
                                          void *data, wfs_error *error)
{
    return wfs_file_visit(((directory *)blobs)->root_dir, visit, data, error);
}

/* The part first: while it is looked for it may still be renamed, never the
 * other way round. */
wfs_status wfs_directory_remove_recording(wfs_blobs *blobs,
                                          wfs_blob_owner owner,
                                          const char *filename,
                                          wfs_error *error)
{
    directory *self = (directory *)blobs;
    char part[UPLOAD_NAME_BYTES];
    wfs_status status = WFS_OK;

    if (owner.row != 0) {
        wfs_directory_write_name(owner, WFS_UNKNOWN, part);
        status = wfs_directory_remove_if_there(self->uploads_dir, part, error);
    }
    if (status == WFS_OK && filename[0] != '\0') {
        status = wfs_directory_remove_if_there(self->root_dir, filename, error);
    }
    if (status == WFS_OK) {
        status = sync_both(self, error);
    }
    return status;
}
