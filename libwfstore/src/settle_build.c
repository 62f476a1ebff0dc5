/*
 * settle_build.c - a catalogue that is built beside the old one, and committed.
 */
#include "settle_internal.h"

#include <string.h>

#include "error.h"
#include "file_share.h"
#include "store_internal.h"

wfs_status wfs_settle_pass_missing(wfs_status status, const wfs_error *fault,
                                   wfs_error *error)
{
    if (status == WFS_OK || status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    return wfs_error_copy(error, fault);
}

typedef struct clearing {
    int dir;
    wfs_error *error;
} clearing;

static wfs_status remove_in(void *data, const char *name)
{
    const clearing *self = data;
    wfs_error fault = WFS_ERROR_INIT;
    wfs_status status = wfs_file_remove(self->dir, name, &fault);

    if (status == WFS_OK || status == WFS_ECORRUPT) {
        return WFS_OK; /* a folder: later */
    }
    return wfs_error_copy(self->error, &fault);
}

wfs_status wfs_settle_remove_folder(int meta_dir, const char *name,
                                    const char *inner, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    int dir = -1;
    wfs_status status =
        wfs_file_open_directory(meta_dir, name, false, &dir, &fault);

    if (status != WFS_OK) {
        return wfs_settle_pass_missing(status, &fault, error);
    }
    status = inner == NULL ? WFS_OK
                           : wfs_settle_remove_folder(dir, inner, NULL, error);
    if (status == WFS_OK) {
        clearing all = {dir, error};

        status = wfs_file_visit(dir, remove_in, &all, error);
    }
    wfs_file_close(dir);
    return status == WFS_OK ? wfs_file_remove_directory(meta_dir, name, error)
                            : status;
}

wfs_status wfs_discard_building(int meta_dir, wfs_error *error)
{
    return wfs_settle_remove_folder(meta_dir, WFS_BUILDING_FOLDER, "old",
                                    error);
}

wfs_status wfs_begin_building(int meta_dir, int *ret_dir, wfs_error *error)
{
    wfs_status status = wfs_discard_building(meta_dir, error);

    if (status == WFS_OK) {
        status = wfs_file_make_directory(meta_dir, WFS_BUILDING_FOLDER, error);
    }
    return status == WFS_OK
               ? wfs_file_open_directory(meta_dir, WFS_BUILDING_FOLDER, false,
                                         ret_dir, error)
               : status;
}

static wfs_status sync_file(int dir, const char *name, wfs_error *error)
{
    int fd = -1;
    wfs_status status = wfs_file_open(dir, name, WFS_FILE_WRITE, &fd, error);

    if (status == WFS_OK) {
        status = wfs_file_sync(fd, error);
    }
    wfs_file_close(fd);
    return status;
}

static wfs_status write_aside(int dir, const char *aside, wfs_error *error)
{
    int fd = -1;
    wfs_status status =
        wfs_file_open(dir, WFS_ASIDE_FILE, WFS_FILE_NEW, &fd, error);

    if (status == WFS_OK) {
        status = wfs_file_write(fd, 0, aside, strlen(aside), error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(fd, error);
    }
    wfs_file_close(fd);
    return status;
}

wfs_status wfs_commit_building(int meta_dir, int building_dir,
                               const char *aside, wfs_error *error)
{
    wfs_status status = write_aside(building_dir, aside, error);

    if (status == WFS_OK) {
        status = sync_file(building_dir, WFS_CATALOGUE_FILE, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(building_dir, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_rename(meta_dir, WFS_BUILDING_FOLDER, meta_dir,
                                 WFS_REBUILT_FOLDER, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(meta_dir, error);
    }
    return status == WFS_OK ? wfs_settle_rebuilt(meta_dir, error) : status;
}
