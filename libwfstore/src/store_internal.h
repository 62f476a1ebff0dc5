/*
 * store_internal.h - what a store is made of, for the files of this folder.
 *
 * Made by wfs_store_open, fixed until wfs_store_close; each member has its own
 * locking, so none is needed here.
 */
#ifndef WFS_STORE_INTERNAL_H
#define WFS_STORE_INTERNAL_H

#include <stdatomic.h>

#include "blobs.h"
#include "catalogue.h"
#include "known.h"

#define WFS_STORE_FOLDER ".wfstore"
#define WFS_UPLOADS_FOLDER "uploads"
#define WFS_CATALOGUE_FILE "catalog.sqlite3"
#define WFS_STORE_LOCK_FILE "lock"
#define WFS_LIVE_FILE "live"

/* Bytes of .wfstore/lock; each is one lock between processes. */
enum {
    WFS_STORE_LOCK_CREATE = 0,
    WFS_STORE_LOCK_TEND = 1,
    WFS_STORE_LOCK_PUBLISH = 2,
    WFS_STORE_LOCK_WRITE = 3,
    WFS_STORE_LOCK_OPEN = 4 /* shared by all who have the store open */
};

typedef struct wfs_committer wfs_committer; /* commit.h */
typedef struct wfs_publisher wfs_publisher; /* publish.h */
typedef struct wfs_live wfs_live;           /* live.h */

/*
 * `path`       as given to wfs_store_open
 * `root_dir`   descriptor of the store's directory
 * `meta_dir`   descriptor of .wfstore/
 * `open_lock`  descriptor that holds WFS_STORE_LOCK_OPEN
 * `is_alone`   nobody else had the store open when it was opened
 * `is_quitting` tending ends at once
 * `check_ms`   time beyond the budget for looking through a table; by whoever
 *              tends
 */
struct wfs_store {
    char *path;
    int root_dir;
    int meta_dir;
    int open_lock;
    bool is_alone;
    atomic_bool is_quitting;
    int64_t check_ms;
    wfs_store_options options;
    wfs_catalogue *catalogue;
    wfs_blobs *blobs;
    wfs_publisher *publisher;
    wfs_committer *committer;
    wfs_live *live;
    wfs_known known;
};

/* Unix milliseconds. */
int64_t wfs_now_ms(void);

/*
 * Finish what follows the commit point of a recording: its file gets its name.
 * Whoever meets a recording whose `part` is not 0 may call it. Idempotent.
 */
wfs_status wfs_store_finish_recording(wfs_store *store, const char *id,
                                      int64_t part, const char *filename,
                                      wfs_error *error);

/*
 * Delete a recording and its file, without publishing. `if_match`: as
 * wfs_recording_delete has it. WFS_ENORECORDING, WFS_ECHANGED.
 */
wfs_status wfs_store_delete_recording(wfs_store *store, const char *id,
                                      const char *if_match, wfs_error *error);

/*
 * What an id is has to be an upload that clients see and that goes on:
 * WFS_EGONE, WFS_ECOMPLETE, WFS_ENOUPLOAD. `upload` is looked at if `kind` says
 * that there is one.
 */
wfs_status wfs_upload_check_kind(wfs_id_kind kind, const wfs_upload_row *upload,
                                 wfs_error *error);

/*
 * An unfinished upload, for who only looks. WFS_EID, WFS_ENOUPLOAD (also one
 * that does not exist for clients yet), WFS_ECOMPLETE.
 */
wfs_status wfs_upload_find(wfs_store *store, const char *id,
                           wfs_upload_row *ret_row, wfs_error *error);

/* What a row says to clients, without missing and received. */
void wfs_upload_fill_info(const wfs_store *store, const wfs_upload_row *row,
                          wfs_upload_info *info);

/*
 * Forget an upload that never had a chunk, with its files, unless a writer is
 * at it (WFS_EBUSY) or it has one by now (WFS_ECONFLICT).
 */
wfs_status wfs_store_forget_upload(wfs_store *store,
                                   const wfs_upload_row *upload);

#endif
