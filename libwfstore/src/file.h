/*
 * file.h - the file system: the one place with its calls and its errno
 * (file.c and its siblings, see file_internal.h).
 *
 * Names are relative to a directory's descriptor and never followed if they
 * are symbolic links. Interrupted and short calls are continued. Every failure
 * is a wfs_status with step and errno in `error`:
 *
 *     WFS_ENOSTORE   there is no such file or directory
 *     WFS_ECONFLICT  there is one already
 *     WFS_EBUSY      another open file holds the lock
 *     WFS_ENOSPC     disk, quota or file size limit
 *     WFS_EREADONLY  no permission
 *     WFS_ECORRUPT   a symbolic link, or a directory where a file should be
 *     WFS_ENOMEM, WFS_EIO
 */
#ifndef WFS_FILE_H
#define WFS_FILE_H

#include "wfstore/types.h"

typedef enum wfs_file_mode {
    WFS_FILE_READ,    /* must exist */
    WFS_FILE_WRITE,   /* must exist; read and write */
    WFS_FILE_CREATE,  /* made if missing; read and write, mode 0640 */
    WFS_FILE_NEW,     /* must not exist */
    WFS_FILE_NAMELESS /* `name` is a directory; WFS_EINVAL: it cannot */
} wfs_file_mode;

wfs_status wfs_file_open(int dir, const char *name, wfs_file_mode mode,
                         int *ret_fd, wfs_error *error);

/* A directory. `path` may be absolute (`dir` is ignored then) and is followed
 * if `may_follow`. */
wfs_status wfs_file_open_directory(int dir, const char *path, bool may_follow,
                                   int *ret_fd, wfs_error *error);

/* Makes a directory of mode 0750; WFS_ECONFLICT if the name exists. */
wfs_status wfs_file_make_directory(int dir, const char *name, wfs_error *error);

/* Accepts -1. */
void wfs_file_close(int fd);

/* All of it or a failure. */
wfs_status wfs_file_write(int fd, uint64_t offset, const void *bytes,
                          size_t length, wfs_error *error);

/* Less than `length` only at the end of the file. */
wfs_status wfs_file_read(int fd, uint64_t offset, void *buffer, size_t length,
                         size_t *ret_length, wfs_error *error);

/* copy_file_range, or reading and writing where that cannot. WFS_ECORRUPT: the
 * source ends early. */
wfs_status wfs_file_copy(int from, uint64_t from_offset, int to,
                         uint64_t to_offset, uint64_t length, wfs_error *error);

/* Bytes, and what is needed to read them, are on stable storage. */
wfs_status wfs_file_sync_data(int fd, wfs_error *error);

/* The same for a directory's names or a file with its metadata. */
wfs_status wfs_file_sync(int fd, wfs_error *error);

wfs_status wfs_file_truncate(int fd, uint64_t size, wfs_error *error);

typedef struct wfs_file_stat {
    uint64_t size_bytes;
    time_t modified; /* seconds since 1970 */
    uint64_t inode;  /* within the store's file system */
} wfs_file_stat;

wfs_status wfs_file_get_stat(int fd, wfs_file_stat *ret_stat, wfs_error *error);

/* Whether an open file has lost its name. */
wfs_status wfs_file_is_removed(int fd, bool *ret_is_removed, wfs_error *error);

/* Lock bytes of an open file description against all others, exclusively, or
 * WFS_EBUSY at once. Needs a descriptor open for writing. */
wfs_status wfs_file_lock(int fd, uint64_t first, uint64_t count,
                         wfs_error *error);

/* The same, but waits. */
wfs_status wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                              wfs_error *error);

wfs_status wfs_file_unlock(int fd, uint64_t first, uint64_t count,
                           wfs_error *error);

/* Whether another open file holds a lock on one of these bytes. */
wfs_status wfs_file_is_locked(int fd, uint64_t first, uint64_t count,
                              bool *ret_is_locked, wfs_error *error);

/* Replaces what has the new name. */
wfs_status wfs_file_rename(int from_dir, const char *from, int to_dir,
                           const char *to, wfs_error *error);

/* WFS_ECONFLICT if the new name exists. */
wfs_status wfs_file_rename_new(int from_dir, const char *from, int to_dir,
                               const char *to, wfs_error *error);

/* Give a nameless file a name; WFS_ECONFLICT if it exists. */
wfs_status wfs_file_link(int fd, int dir, const char *name, wfs_error *error);

wfs_status wfs_file_remove(int dir, const char *name, wfs_error *error);

/* Free bytes of the disk for an unprivileged user. */
wfs_status wfs_file_get_free(int dir, uint64_t *ret_bytes, wfs_error *error);

/* Whether the disk belongs to another machine (NFS, SMB): its locks and its
 * memory maps cannot be relied on. */
wfs_status wfs_file_is_remote(int dir, bool *ret_is_remote, wfs_error *error);

/* Visit the names in a directory, but `.` and `..`, until `visit` fails. */
typedef wfs_status (*wfs_file_visitor)(void *data, const char *name);
wfs_status wfs_file_visit(int dir, wfs_file_visitor visit, void *data,
                          wfs_error *error);

#endif
