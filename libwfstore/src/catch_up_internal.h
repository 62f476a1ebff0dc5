/*
 * catch_up_internal.h - what the files behind catch_up.h share.
 *
 *     catch_up.c         the job
 *     catch_up_digest.c  the digest it brings forward
 */
#ifndef WFS_CATCH_UP_INTERNAL_H
#define WFS_CATCH_UP_INTERNAL_H

#include "catch_up.h"
#include "live.h"

/*
 * `upload`  the row, as this job last saw it; its prefix is what is saved
 * `part`    holds the lock unless it is `lent` by completing
 * `from`    the prefix at which `hasher` has begun or was saved last
 * `chunks`, `bytes`  how far `hasher` has come, in whole chunks
 * `state`   of it there
 * `part_of` bytes digested of the chunk behind them
 * `done`    bytes digested and absorbed
 */
struct wfs_catch_up {
    wfs_store *store;
    wfs_live_slot live;
    wfs_upload_row upload;
    wfs_blob *part;
    wfs_blob *lent;
    wfs_hasher *hasher;
    uint64_t from;
    uint64_t chunks;
    uint64_t bytes;
    wfs_digest_state state;
    uint64_t part_of;
    uint64_t done;
};

wfs_blob *wfs_catch_up_get_part(const wfs_catch_up *job);

/* Whether it waits for the catalogue as long as that takes: completing, which
 * has done all the work, and nobody behind whom others stand. */
bool wfs_catch_up_is_patient(const wfs_catch_up *job);

/* The row as it is now. */
wfs_status wfs_catch_up_refresh(wfs_catch_up *job, wfs_error *error);

/* Whether there are placed chunks behind the first `chunks` to digest. */
bool wfs_catch_up_is_digest_due(const wfs_store *store,
                                const wfs_upload_row *upload, uint64_t chunks);

/* About a megabyte. */
wfs_status wfs_catch_up_digest(wfs_catch_up *job, wfs_error *error);

/* Whether there is more to digest before it is worth being saved. */
bool wfs_catch_up_is_between(const wfs_catch_up *job);

/*
 * Tell the catalogue how far it has come, and refresh. Nothing happens if a
 * chunk in step or another process was first; the row tells.
 */
wfs_status wfs_catch_up_save(wfs_catch_up *job, wfs_error *error);

#endif
