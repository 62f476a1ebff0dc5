/*
 * backup.h - what the files that make a backup share.
 *
 *     backup.c         the steps; the copied catalogue
 *     backup_target.c  the directory: is it one, is it still one
 *     backup_files.c   recordings' files: there already, or copied
 */
#ifndef WFS_BACKUP_H
#define WFS_BACKUP_H

#include "filename.h"
#include "finding.h"
#include "settle.h"
#include "store_internal.h"

/*
 * `target_*`  the backup: its directory and .wfstore/, and the lock that keeps
 *             others out of it
 * `copy`      the copied catalogue, not yet in its place
 */
typedef struct wfs_backing_up {
    wfs_store *store;
    wfs_backup_options options;
    wfs_teller teller;
    wfs_pace pace;
    wfs_backup_summary summary;
    const char *directory;
    int target_root;
    int target_meta;
    int lock;
    int building_dir;
    wfs_catalogue *copy;
} wfs_backing_up;

/*
 * Open the directory, made if it is missing, as a backup that nobody else has
 * open. WFS_ECONFLICT: it is something else, or was used as a store.
 */
wfs_status wfs_backup_open_target(wfs_backing_up *self, wfs_error *error);

/* Note, beside the new catalogue, by what it is known again. */
wfs_status wfs_backup_write_mark(int dir, const wfs_totals *totals,
                                 wfs_error *error);

/* "<directory>/.wfstore/<below>"; new, or NULL. */
char *wfs_backup_get_path(const wfs_backing_up *self, const char *below);

/* Bring the file of each recording of the copied catalogue. */
wfs_status wfs_backup_copy_files(wfs_backing_up *self, wfs_error *error);

/* Tell of files that the backup's catalogue has not; with `prune`, remove
 * those that are named as recordings. */
wfs_status wfs_backup_tell_strays(wfs_backing_up *self, wfs_error *error);

#endif
