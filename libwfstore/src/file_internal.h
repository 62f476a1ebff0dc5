/*
 * file_internal.h - what the files behind file.h share.
 *
 *     file.c        opening, reading, writing, syncing
 *     file_copy.c   from file to file
 *     file_lock.c   locks between processes
 *     file_name.c   names: rename, link, remove, visit
 *     file_disk.c   the disk below
 *     file_error.c  errno becomes a code
 */
#ifndef WFS_FILE_INTERNAL_H
#define WFS_FILE_INTERNAL_H

#include "error.h"
#include "file.h"

/* To be called right after `step` failed, while errno is its. */
wfs_status wfs_file_fail(wfs_error *error, const char *step);

/* openat, continued when interrupted; never inherited by a child. */
int wfs_file_open_again(int dir, const char *name, int flags);

#endif
