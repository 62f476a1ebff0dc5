/*
 * settle.c - a new catalogue takes the old one's place in one step.
 */
#include "settle.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "layout.h"
#include "store_internal.h"

#define REBUILT_FOLDER "rebuilt"
#define ASIDE_FILE "aside"
#define PUBLISHED_FILE "published"
#define NAME_BYTES 160

static wfs_status pass_missing(wfs_status status, const wfs_error *fault,
                               wfs_error *error)
{
    if (status == WFS_OK || status == WFS_ENOSTORE) {
        return WFS_OK;
    }
    return wfs_error_copy(error, fault);
}

static wfs_status remove_if_there(int dir, const char *name, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;

    return pass_missing(wfs_file_remove(dir, name, &fault), &fault, error);
}

static wfs_status move_if_there(int dir, const char *from, const char *to,
                                wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;

    return pass_missing(wfs_file_rename(dir, from, dir, to, &fault), &fault,
                        error);
}

static wfs_status remove_in(void *data, const char *name)
{
    const int *dir = data;
    wfs_status status = wfs_file_remove(*dir, name, NULL);

    return status == WFS_ECORRUPT ? WFS_OK : status; /* a folder: later */
}

/* A folder of files, and of folders of files named `inner`. */
static wfs_status remove_folder(int meta_dir, const char *name,
                                const char *inner, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    int dir = -1;
    wfs_status status =
        wfs_file_open_directory(meta_dir, name, false, &dir, &fault);

    if (status != WFS_OK) {
        return pass_missing(status, &fault, error);
    }
    status = inner == NULL ? WFS_OK : remove_folder(dir, inner, NULL, error);
    if (status == WFS_OK) {
        status = wfs_file_visit(dir, remove_in, &dir, error);
    }
    wfs_file_close(dir);
    return status == WFS_OK ? wfs_file_remove_directory(meta_dir, name, error)
                            : status;
}

wfs_status wfs_discard_building(int meta_dir, wfs_error *error)
{
    return remove_folder(meta_dir, WFS_BUILDING_FOLDER, "old", error);
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
        wfs_file_open(dir, ASIDE_FILE, WFS_FILE_NEW, &fd, error);

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
                                 REBUILT_FOLDER, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(meta_dir, error);
    }
    return status == WFS_OK ? wfs_settle_rebuilt(meta_dir, error) : status;
}

static wfs_status read_aside(int rebuilt, char ret_aside[WFS_ASIDE_BYTES],
                             wfs_error *error)
{
    size_t length = 0;
    int fd = -1;
    wfs_status status =
        wfs_file_open(rebuilt, ASIDE_FILE, WFS_FILE_READ, &fd, error);

    if (status == WFS_OK) {
        status = wfs_file_read(fd, 0, ret_aside, WFS_ASIDE_BYTES - 1, &length,
                               error);
    }
    wfs_file_close(fd);
    ret_aside[length] = '\0';
    return status;
}

/* Its journal with it, for it holds what was committed last. */
static wfs_status move_catalogue(int meta_dir, const char *aside,
                                 wfs_error *error)
{
    static const char *const files[] = {WFS_CATALOGUE_FILE "-wal",
                                        WFS_CATALOGUE_FILE};
    static const char *const suffixes[] = {"-wal", ""};
    wfs_status status =
        remove_if_there(meta_dir, WFS_CATALOGUE_FILE "-shm", error);

    for (size_t i = 0; i < 2 && status == WFS_OK; i++) {
        char name[NAME_BYTES];

        snprintf(name, sizeof name, "%s.%s%s", WFS_CATALOGUE_FILE, aside,
                 suffixes[i]);
        status = move_if_there(meta_dir, files[i], name, error);
    }
    return status;
}

/* An empty folder is not worth keeping. */
static wfs_status move_uploads(int meta_dir, const char *aside,
                               wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    char name[NAME_BYTES];
    wfs_status status =
        wfs_file_remove_directory(meta_dir, WFS_UPLOADS_FOLDER, &fault);

    if (status != WFS_ECONFLICT) {
        return pass_missing(status, &fault, error);
    }
    snprintf(name, sizeof name, "%s.%s", WFS_UPLOADS_FOLDER, aside);
    return move_if_there(meta_dir, WFS_UPLOADS_FOLDER, name, error);
}

static wfs_status clear_place(int meta_dir, const char *aside, wfs_error *error)
{
    wfs_status status;

    if (aside[0] != '\0') {
        status = move_catalogue(meta_dir, aside, error);
        if (status == WFS_OK) {
            status = move_uploads(meta_dir, aside, error);
        }
        return status;
    }
    status = remove_if_there(meta_dir, WFS_CATALOGUE_FILE "-shm", error);
    return status == WFS_OK
               ? remove_if_there(meta_dir, WFS_CATALOGUE_FILE "-wal", error)
               : status;
}

static wfs_status write_version_once(int meta_dir, wfs_error *error)
{
    bool is_made = false;
    wfs_status status = wfs_layout_read_version(meta_dir, &is_made, error);

    if (status == WFS_ECORRUPT || (status == WFS_OK && !is_made)) {
        status = wfs_layout_write_version(meta_dir, error);
    }
    return status;
}

static wfs_status move_mark(int rebuilt, int meta_dir, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;

    return pass_missing(wfs_file_rename(rebuilt, WFS_BACKUP_MARK, meta_dir,
                                        WFS_BACKUP_MARK, &fault),
                        &fault, error);
}

static wfs_status put_in_place(int meta_dir, int rebuilt, wfs_error *error)
{
    char aside[WFS_ASIDE_BYTES] = "";
    wfs_status status = read_aside(rebuilt, aside, error);

    if (status == WFS_OK) {
        status = clear_place(meta_dir, aside, error);
    }
    if (status == WFS_OK) {
        status = remove_if_there(meta_dir, PUBLISHED_FILE, error);
    }
    if (status == WFS_OK) {
        status = write_version_once(meta_dir, error);
    }
    if (status == WFS_OK) {
        status = move_mark(rebuilt, meta_dir, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(meta_dir, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_rename(rebuilt, WFS_CATALOGUE_FILE, meta_dir,
                                 WFS_CATALOGUE_FILE, error);
    }
    if (status == WFS_OK) {
        status = wfs_file_sync(meta_dir, error);
    }
    return status == WFS_OK ? wfs_file_sync(rebuilt, error) : status;
}

/*
 * `ret_answer` false: its catalogue has its place already. What cannot be told
 * now is no answer, for then all of it is removed.
 */
static wfs_status is_waiting(int rebuilt, bool *ret_answer, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    int fd = -1;
    wfs_status status =
        wfs_file_open(rebuilt, WFS_CATALOGUE_FILE, WFS_FILE_READ, &fd, &fault);

    wfs_file_close(fd);
    *ret_answer = status == WFS_OK;
    return pass_missing(status, &fault, error);
}

wfs_status wfs_settle_rebuilt(int meta_dir, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    int rebuilt = -1;
    bool is_due = false;
    wfs_status status = wfs_file_open_directory(meta_dir, REBUILT_FOLDER, false,
                                                &rebuilt, &fault);

    if (status != WFS_OK) {
        return pass_missing(status, &fault, error);
    }
    status = is_waiting(rebuilt, &is_due, error);
    if (status == WFS_OK && is_due) {
        status = put_in_place(meta_dir, rebuilt, error);
    }
    wfs_file_close(rebuilt);
    if (status == WFS_OK) {
        status = remove_folder(meta_dir, REBUILT_FOLDER, "old", error);
    }
    return status == WFS_OK ? wfs_file_sync(meta_dir, error) : status;
}
