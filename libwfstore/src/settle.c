/*
 * settle.c - a new catalogue takes the old one's place in one step.
 */
#include "settle_internal.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "file_share.h"
#include "layout.h"
#include "store_internal.h"

#define PUBLISHED_FILE "published"
#define NAME_BYTES 160

static wfs_status remove_if_there(int dir, const char *name, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;

    return wfs_settle_pass_missing(wfs_file_remove(dir, name, &fault), &fault,
                                   error);
}

static wfs_status move_if_there(int dir, const char *from, const char *to,
                                wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;

    return wfs_settle_pass_missing(wfs_file_rename(dir, from, dir, to, &fault),
                                   &fault, error);
}

static wfs_status read_aside(int rebuilt, char ret_aside[WFS_ASIDE_BYTES],
                             wfs_error *error)
{
    size_t length = 0;
    int fd = -1;
    wfs_status status =
        wfs_file_open(rebuilt, WFS_ASIDE_FILE, WFS_FILE_READ, &fd, error);

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
        return wfs_settle_pass_missing(status, &fault, error);
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

    return wfs_settle_pass_missing(wfs_file_rename(rebuilt, WFS_BACKUP_MARK,
                                                   meta_dir, WFS_BACKUP_MARK,
                                                   &fault),
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

/* After a power cut it may have its name in both folders. */
static wfs_status is_in_place(int meta_dir, const wfs_file_identity *waiting,
                              bool *ret_answer, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_file_identity placed;
    wfs_status status =
        wfs_file_look(meta_dir, WFS_CATALOGUE_FILE, &placed, &fault);

    *ret_answer = status == WFS_OK && placed.device == waiting->device &&
                  placed.inode == waiting->inode;
    return status == WFS_ECORRUPT
               ? WFS_OK
               : wfs_settle_pass_missing(status, &fault, error);
}

/*
 * `ret_answer` false: its catalogue has its place already. What cannot be told
 * now is no answer, for then all of it is removed.
 */
static wfs_status is_waiting(int meta_dir, int rebuilt, bool *ret_answer,
                             wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    wfs_file_identity waiting;
    bool is_placed = false;
    wfs_status status =
        wfs_file_look(rebuilt, WFS_CATALOGUE_FILE, &waiting, &fault);

    *ret_answer = false;
    if (status != WFS_OK) {
        return wfs_settle_pass_missing(status, &fault, error);
    }
    status = is_in_place(meta_dir, &waiting, &is_placed, error);
    *ret_answer = status == WFS_OK && !is_placed;
    return status;
}

wfs_status wfs_settle_rebuilt(int meta_dir, wfs_error *error)
{
    wfs_error fault = WFS_ERROR_INIT;
    int rebuilt = -1;
    bool is_due = false;
    wfs_status status = wfs_file_open_directory(meta_dir, WFS_REBUILT_FOLDER,
                                                false, &rebuilt, &fault);

    if (status != WFS_OK) {
        return wfs_settle_pass_missing(status, &fault, error);
    }
    status = is_waiting(meta_dir, rebuilt, &is_due, error);
    if (status == WFS_OK && is_due) {
        status = put_in_place(meta_dir, rebuilt, error);
    }
    wfs_file_close(rebuilt);
    if (status == WFS_OK) {
        status = wfs_settle_remove_folder(meta_dir, WFS_REBUILT_FOLDER, "old",
                                          error);
    }
    return status == WFS_OK ? wfs_file_sync(meta_dir, error) : status;
}
