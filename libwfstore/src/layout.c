/*
 * layout.c - the folders of a store and the version that says it is one.
 */
#include "layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "store_internal.h"

#define VERSION_FILE "version"
#define VERSION_NEW_FILE "version.new"
#define VERSION_MAX_BYTES 16

static wfs_status fail_no_store(bool may_create, wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOSTORE, 0, "open", "there is no store%s",
                         may_create ? ", nor a folder to make it in" : "");
}

static wfs_status open_or_make(int dir, const char *name, bool may_create,
                               bool may_follow, const char *path, int *ret_fd,
                               wfs_error *error)
{
    wfs_status status =
        wfs_file_open_directory(dir, path, may_follow, ret_fd, error);

    if (status != WFS_ENOSTORE || !may_create) {
        return status == WFS_ENOSTORE ? fail_no_store(false, error) : status;
    }
    status = wfs_file_make_directory(dir, name, error);
    if (status == WFS_OK) {
        status = wfs_file_sync(dir, error);
    }
    if (status != WFS_OK && status != WFS_ECONFLICT) {
        return status == WFS_ENOSTORE ? fail_no_store(true, error) : status;
    }
    return wfs_file_open_directory(dir, path, may_follow, ret_fd, error);
}

/* The folder above `path` ("." if it names none); new, free it. */
static char *get_parent(const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return length == 0 ? strdup(".") : strndup(path, length);
}

static wfs_status open_root(const char *path, bool may_create, int *ret_root,
                            wfs_error *error)
{
    char *parent_path = get_parent(path);
    size_t skip = 0;
    int parent = -1;
    wfs_status status;

    if (parent_path == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "strdup",
                             "the server is out of memory");
    }
    status = wfs_file_open_directory(-1, parent_path, true, &parent, error);
    if (status == WFS_OK) {
        skip = strcmp(parent_path, ".") == 0 ? 0 : strlen(parent_path);
        while (path[skip] == '/') {
            skip++;
        }
        status = open_or_make(parent, path + skip, may_create, true, path,
                              ret_root, error);
    } else if (status == WFS_ENOSTORE) {
        status = fail_no_store(may_create, error);
    }
    wfs_file_close(parent);
    free(parent_path);
    return status;
}

static wfs_status refuse_remote(int root, wfs_error *error)
{
    bool is_remote = false;
    wfs_status status = wfs_file_is_remote(root, &is_remote, error);

    if (status == WFS_OK && is_remote) {
        status = wfs_error_set(error, WFS_ENOSTORE, 0, "statfs",
                               "a store cannot lie on a network file system");
    }
    return status;
}

wfs_status wfs_layout_open_folders(const char *path, bool may_create,
                                   int *ret_root, int *ret_meta,
                                   wfs_error *error)
{
    int root = -1;
    int meta = -1;
    wfs_status status = open_root(path, may_create, &root, error);

    if (status == WFS_OK) {
        status = refuse_remote(root, error);
    }
    if (status == WFS_OK) {
        status = open_or_make(root, WFS_STORE_FOLDER, may_create, false,
                              WFS_STORE_FOLDER, &meta, error);
    }
    if (status != WFS_OK) {
        wfs_file_close(root);
        return status;
    }
    *ret_root = root;
    *ret_meta = meta;
    return WFS_OK;
}

static wfs_status parse_version(const char *text, wfs_error *error)
{
    char *end = NULL;
    long version = strtol(text, &end, 10);

    if (end == text || *end != '\n' || version < 1) {
        return wfs_error_set(error, WFS_ECORRUPT, 0, "version",
                             "the store's version cannot be read");
    }
    if (version > WFS_LAYOUT_VERSION) {
        return wfs_error_set(error, WFS_EVERSION, 0, "version",
                             "the store was made by a newer version");
    }
    return WFS_OK;
}

wfs_status wfs_layout_read_version(int meta_dir, bool *ret_is_made,
                                   wfs_error *error)
{
    char text[VERSION_MAX_BYTES + 1] = "";
    size_t length = 0;
    int fd = -1;
    wfs_status status =
        wfs_file_open(meta_dir, VERSION_FILE, WFS_FILE_READ, &fd, error);

    if (status == WFS_ENOSTORE) {
        *ret_is_made = false;
        return WFS_OK;
    }
    if (status != WFS_OK) {
        return status;
    }
    status = wfs_file_read(fd, 0, text, VERSION_MAX_BYTES, &length, error);
    wfs_file_close(fd);
    if (status == WFS_OK) {
        status = parse_version(text, error);
    }
    if (status == WFS_OK) {
        *ret_is_made = true;
    }
    return status;
}

wfs_status wfs_layout_write_version(int meta_dir, wfs_error *error)
{
    char text[VERSION_MAX_BYTES];
    int fd = -1;
    wfs_status status =
        wfs_file_open(meta_dir, VERSION_NEW_FILE, WFS_FILE_CREATE, &fd, error);

    if (status != WFS_OK) {
        return status;
    }
    snprintf(text, sizeof(text), "%d\n", WFS_LAYOUT_VERSION);
    status = wfs_file_write(fd, 0, text, strlen(text), error);
    if (status == WFS_OK) {
        status = wfs_file_sync(fd, error);
    }
    wfs_file_close(fd);
    if (status == WFS_OK) {
        status = wfs_file_rename(meta_dir, VERSION_NEW_FILE, meta_dir,
                                 VERSION_FILE, error);
    }
    return status == WFS_OK ? wfs_file_sync(meta_dir, error) : status;
}
