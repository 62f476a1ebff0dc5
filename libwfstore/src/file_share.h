/*
 * file_share.h - one file's bytes under several names, and what tells files
 * apart: the part of file.h (same rules, same codes) that backups need.
 */
#ifndef WFS_FILE_SHARE_H
#define WFS_FILE_SHARE_H

#include "file.h"

/* Give `to` the blocks of `from` (ioctl FICLONE). WFS_EINVAL: these files or
 * their disk cannot share blocks. */
wfs_status wfs_file_clone(int from, int to, wfs_error *error);

/* A new file with the bytes of another, by sharing blocks where that can be.
 * Not synced. WFS_ECONFLICT: the name is taken. */
wfs_status wfs_file_duplicate(int from_dir, const char *from, int to_dir,
                              const char *to, wfs_error *error);

/* A second name for a file. WFS_ECONFLICT: it is taken; WFS_EINVAL: not
 * possible between these folders. */
wfs_status wfs_file_link_name(int from_dir, const char *from, int to_dir,
                              const char *to, wfs_error *error);

/* What changes when a file does. */
typedef struct wfs_file_identity {
    uint64_t device;
    uint64_t inode;
    uint64_t size_bytes;
    struct timespec modified;
} wfs_file_identity;

wfs_status wfs_file_get_identity(int fd, wfs_file_identity *ret_identity,
                                 wfs_error *error);

/* The same of a name, which is not opened. WFS_ECORRUPT: no plain file. */
wfs_status wfs_file_look(int dir, const char *name,
                         wfs_file_identity *ret_identity, wfs_error *error);

wfs_status wfs_file_set_modified(int fd, struct timespec modified,
                                 wfs_error *error);

/* Read from the disk from now on, not from memory. A hint. */
void wfs_file_forget_cached(int fd);

/* WFS_EBUSY: somebody has the bytes exclusively. */
wfs_status wfs_file_lock_shared(int fd, uint64_t first, uint64_t count,
                                wfs_error *error);

/* WFS_ECONFLICT: it is not empty. */
wfs_status wfs_file_remove_directory(int dir, const char *name,
                                     wfs_error *error);

#endif
