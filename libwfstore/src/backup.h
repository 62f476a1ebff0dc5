/*
 * backup.h - what the files that make a backup share.
 *
 *     backup.c         the steps; the copied catalogue
 *     backup_target.c  the directory: is it one, is it still one
 *     backup_files.c   recordings' files: there already, or to be brought
 *     backup_bring.c   one recording's bytes: cloned, linked or copied
 *     backup_strays.c  what lies in the backup besides
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

/* A file on its way, in the backup's .wfstore/. */
#define WFS_BACKUP_COMING "backup.new"

/* What is needed of a recording to bring its file. */
typedef struct wfs_backup_subject {
    int64_t seq;
    uint64_t size_bytes;
    char id[WFS_ID_MAX_BYTES + 1];
    char filename[WFS_FILENAME_BYTES];
} wfs_backup_subject;

/* Put the file that is open as `from` into the backup, in the wanted way, under
 * its name once it is whole and synced; it replaces what has that name. */
wfs_status wfs_backup_bring_file(wfs_backing_up *self,
                                 const wfs_backup_subject *s, int from,
                                 wfs_error *error);

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
