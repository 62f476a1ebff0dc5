/*
 * blob.c - one open file of the store.
 */
#include "directory/directory_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "error.h"
#include "file.h"

/* Byte of a part that stands for lock number 0; far above any audio. */
#define LOCK_BASE (UINT64_C(1) << 62)

/* A file stands in for a nameless one this long before it may be locked. */
#define TEMPORARY_AGE_S 60

wfs_status wfs_directory_open_blob(directory *self, const char *name, int fd,
                                   wfs_blob **ret_blob, wfs_error *error)
{
    wfs_blob *blob = calloc(1, sizeof(*blob));

    if (blob == NULL) {
        wfs_file_close(fd);
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    blob->owner = self;
    blob->fd = fd;
    snprintf(blob->temporary, sizeof(blob->temporary), "%s", name);
    *ret_blob = blob;
    return WFS_OK;
}

static wfs_status open_temporary(directory *self, wfs_blob **ret_blob,
                                 wfs_error *error)
{
    char name[TEMPORARY_NAME_BYTES];
    uint64_t random;
    wfs_status status;
    int fd;

    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        return wfs_error_set(error, WFS_EIO, 0, "getrandom",
                             "the server has no random numbers");
    }
    snprintf(name, sizeof(name), TEMPORARY_PREFIX "%016" PRIx64, random);
    status = wfs_file_open(self->uploads_dir, name, WFS_FILE_NEW, &fd, error);
    if (status != WFS_OK) {
        return status;
    }
    (void)wfs_file_lock(fd, LOCK_BASE, 1, NULL); /* it is young: ours */
    return wfs_directory_open_blob(self, name, fd, ret_blob, error);
}

wfs_status wfs_directory_open_nameless(wfs_blobs *blobs, wfs_blob **ret_blob,
                                       wfs_error *error)
{
    directory *self = (directory *)blobs;
    wfs_error local = WFS_ERROR_INIT;
    int fd;
    wfs_status status =
        wfs_file_open(self->uploads_dir, ".", WFS_FILE_NAMELESS, &fd, &local);

    if (status == WFS_EINVAL) {
        return open_temporary(self, ret_blob, error);
    }
    if (status != WFS_OK) {
        return wfs_error_copy(error, &local);
    }
    return wfs_directory_open_blob(self, "", fd, ret_blob, error);
}

wfs_status wfs_directory_link(wfs_blob *blob, const char *name,
                              wfs_error *error)
{
    int dir = blob->owner->uploads_dir;
    wfs_status status;

    if (blob->temporary[0] == '\0') {
        return wfs_file_link(blob->fd, dir, name, error);
    }
    status = wfs_file_rename_new(dir, blob->temporary, dir, name, error);
    if (status == WFS_OK) {
        blob->temporary[0] = '\0';
    }
    return status;
}

bool wfs_directory_is_abandoned(const directory *self, const char *name)
{
    wfs_file_stat info = {0};
    int fd;
    bool is_abandoned;

    if (wfs_file_open(self->uploads_dir, name, WFS_FILE_WRITE, &fd, NULL) !=
        WFS_OK) {
        return false;
    }
    is_abandoned = wfs_file_get_stat(fd, &info, NULL) == WFS_OK &&
                   time(NULL) - info.modified > TEMPORARY_AGE_S &&
                   wfs_file_lock(fd, LOCK_BASE, 1, NULL) == WFS_OK;
    wfs_file_close(fd);
    return is_abandoned;
}

void wfs_directory_close_blob(wfs_blob *blob)
{
    if (blob == NULL) {
        return;
    }
    if (blob->temporary[0] != '\0') {
        wfs_file_remove(blob->owner->uploads_dir, blob->temporary, NULL);
    }
    wfs_file_close(blob->fd);
    free(blob);
}

wfs_status wfs_directory_lock(wfs_blob *blob, uint64_t first, uint64_t count,
                              wfs_error *error)
{
    return wfs_file_lock(blob->fd, LOCK_BASE + first, count, error);
}

wfs_status wfs_directory_write(wfs_blob *blob, uint64_t offset,
                               const void *bytes, size_t length,
                               wfs_error *error)
{
    return wfs_file_write(blob->fd, offset, bytes, length, error);
}

wfs_status wfs_directory_read(wfs_blob *blob, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length,
                              wfs_error *error)
{
    return wfs_file_read(blob->fd, offset, buffer, length, ret_length, error);
}

wfs_status wfs_directory_copy(wfs_blob *from, uint64_t from_offset,
                              wfs_blob *to, uint64_t to_offset, uint64_t length,
                              wfs_error *error)
{
    return wfs_file_copy(from->fd, from_offset, to->fd, to_offset, length,
                         error);
}

wfs_status wfs_directory_get_size(wfs_blob *blob, uint64_t *ret_size,
                                  wfs_error *error)
{
    wfs_file_stat stat;
    wfs_status status = wfs_file_get_stat(blob->fd, &stat, error);

    if (status == WFS_OK) {
        *ret_size = stat.size_bytes;
    }
    return status;
}

wfs_status wfs_directory_truncate(wfs_blob *blob, uint64_t size,
                                  wfs_error *error)
{
    return wfs_file_truncate(blob->fd, size, error);
}

wfs_status wfs_directory_sync_blob(wfs_blob *blob, wfs_error *error)
{
    return wfs_file_sync_data(blob->fd, error);
}
