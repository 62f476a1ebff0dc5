/*
 * backup_target.c - the directory of a backup: is it one, is it still one?
 *
 * A backup is a store with a mark, .wfstore/backup, which tells the counters of
 * the catalogue that was put there. Somebody who has begun to use the backup as
 * a store has moved them on, and will not find that undone by the next run.
 */
#include "backup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "layout.h"

#define MARK_BYTES 64
#define NEW_MARK "new\n"

char *wfs_backup_get_path(const wfs_backing_up *self, const char *below)
{
    static const char middle[] = "/" WFS_STORE_FOLDER "/";
    size_t size = strlen(self->directory) + sizeof middle + strlen(below);
    char *path = malloc(size);

    if (path != NULL) {
        snprintf(path, size, "%s%s%s", self->directory, middle, below);
    }
    return path;
}

static void print_mark(const wfs_totals *totals, char ret_mark[MARK_BYTES])
{
    snprintf(ret_mark, MARK_BYTES, "%" PRIu64 " %" PRIu64 "\n",
             totals->generation, totals->recordings);
}

static wfs_status write_mark(int dir, const char *mark, wfs_error *error)
{
    int fd = -1;
    wfs_status status =
        wfs_file_open(dir, WFS_BACKUP_MARK, WFS_FILE_CREATE, &fd, error);

    if (status == WFS_OK) {
        status = wfs_file_truncate(fd, 0, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_write(fd, 0, mark, strlen(mark), error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(fd, error);
    }
    wfs_file_close(fd);
    return status;
}

wfs_status wfs_backup_write_mark(int dir, const wfs_totals *totals,
                                 wfs_error *error)
{
    char mark[MARK_BYTES];

    print_mark(totals, mark);
    return write_mark(dir, mark, error);
}

/*
 * WFS_ENOSTORE where there is none; "" also of one that was never written. One
 * that cannot be read just now is no other mark.
 */
static wfs_status read_mark(int dir, char ret_mark[MARK_BYTES],
                            wfs_error *error)
{
    size_t length = 0;
    int fd = -1;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status =
        wfs_file_open(dir, WFS_BACKUP_MARK, WFS_FILE_READ, &fd, &fault);

    if (status == WFS_OK) {
        status =
            wfs_file_read(fd, 0, ret_mark, MARK_BYTES - 1, &length, &fault);
    }
    wfs_file_close(fd);
    ret_mark[length] = '\0';
    return status == WFS_OK || status == WFS_ENOSTORE
               ? status
               : wfs_error_copy(error, &fault);
}

static wfs_status stop_at_other(void *data, const char *name)
{
    const char *const *only = data;

    return strcmp(name, *only) == 0 ? WFS_OK : WFS_ECONFLICT;
}

/* But for `name`, which may be there. */
static bool is_empty(int dir, const char *name)
{
    return wfs_file_visit(dir, stop_at_other, &name, NULL) == WFS_OK;
}

static wfs_status refuse_other(wfs_error *error)
{
    return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                         "the directory holds something else than a backup");
}

/* The lock is left by who tried to open a store and found none. */
static wfs_status check_meta(int meta, wfs_error *error)
{
    char mark[MARK_BYTES];
    wfs_status status = read_mark(meta, mark, error);

    if (status == WFS_ENOSTORE) {
        return is_empty(meta, WFS_STORE_LOCK_FILE) ? WFS_OK
                                                   : refuse_other(error);
    }
    return status;
}

/* Before anything is made in it. */
static wfs_status check_directory(const wfs_backing_up *self, wfs_error *error)
{
    int root = -1;
    int meta = -1;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status =
        wfs_file_open_directory(-1, self->directory, true, &root, &fault);

    if (status != WFS_OK) {
        return status == WFS_ENOSTORE ? WFS_OK : wfs_error_copy(error, &fault);
    }
    status =
        wfs_file_open_directory(root, WFS_STORE_FOLDER, false, &meta, &fault);
    if (status == WFS_OK) {
        status = check_meta(meta, error);
    } else if (status == WFS_ENOSTORE) {
        status = is_empty(root, "") ? WFS_OK : refuse_other(error);
    } else {
        status = wfs_error_copy(error, &fault);
    }
    wfs_file_close(meta);
    wfs_file_close(root);
    return status;
}

/* Durable before anything else is there: by it the next run knows the directory
 * again, wherever this one ends. */
static wfs_status mark_new(const wfs_backing_up *self, wfs_error *error)
{
    char mark[MARK_BYTES];
    wfs_status status = read_mark(self->target_meta, mark, error);

    if (status == WFS_ENOSTORE || (status == WFS_OK && mark[0] == '\0')) {
        status = write_mark(self->target_meta, NEW_MARK, error);
        if (status == WFS_OK) {
            status = wfs_file_sync(self->target_meta, error);
        }
    }
    return status;
}

static wfs_status lock_target(wfs_backing_up *self, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = wfs_file_open(self->target_meta, WFS_STORE_LOCK_FILE,
                                      WFS_FILE_CREATE, &self->lock, &fault);

    if (status == WFS_OK) {
        status = wfs_file_lock(self->lock, WFS_STORE_LOCK_OPEN, 1, &fault);
    }
    if (status == WFS_EBUSY) {
        return wfs_error_set(error, WFS_EBUSY, 0, "lock",
                             "a process has the backup open");
    }
    return status == WFS_OK ? WFS_OK : wfs_error_copy(error, &fault);
}

static wfs_status read_totals(const wfs_backing_up *self,
                              wfs_totals *ret_totals, wfs_error *error)
{
    static const wfs_catalogue_options options = {.may_create = false};
    char *path = wfs_backup_get_path(self, "");
    wfs_catalogue *catalogue = NULL;
    wfs_status status =
        path == NULL
            ? wfs_error_set(error, WFS_ENOMEM, 0, "malloc",
                            "the store is out of memory")
            : wfs_catalogue_open_sqlite(path, &options, &catalogue, error);

    if (status == WFS_OK && catalogue != NULL) {
        status = catalogue->api->get_totals(catalogue, ret_totals, error);
        catalogue->api->close(catalogue);
    }
    free(path);
    return status;
}

/* A backup whose catalogue is lost or damaged has nothing to be undone. */
static wfs_status refuse_used(const wfs_backing_up *self, wfs_error *error)
{
    char mark[MARK_BYTES];
    char expected[MARK_BYTES];
    wfs_totals totals = {0};
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = read_totals(self, &totals, &fault);

    if (status == WFS_ENOSTORE || status == WFS_ECORRUPT) {
        return WFS_OK;
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &fault);
    }
    status = read_mark(self->target_meta, mark, error);
    if (status != WFS_OK && status != WFS_ENOSTORE) {
        return status;
    }
    print_mark(&totals, expected);
    if (strcmp(mark, expected) == 0 && totals.uploads == 0) {
        return WFS_OK;
    }
    return wfs_error_set(error, WFS_ECONFLICT, 0, NULL,
                         "the backup has been used as a store since");
}

wfs_status wfs_backup_open_target(wfs_backing_up *self, wfs_error *error)
{
    wfs_status status = check_directory(self, error);

    if (status == WFS_OK) {
        status =
            wfs_layout_open_folders(self->directory, true, &self->target_root,
                                    &self->target_meta, error);
    }
    if (status == WFS_OK) {
        status = mark_new(self, error);
    }
    if (status == WFS_OK) {
        status = lock_target(self, error);
    }
    if (status == WFS_OK) {
        status = wfs_settle_rebuilt(self->target_meta, error);
    }
    return status == WFS_OK ? refuse_used(self, error) : status;
}
