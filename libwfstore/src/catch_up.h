/*
 * catch_up.h - what was left undone while chunks came out of order.
 *
 * Loose chunks whose gap has closed are absorbed into the part, and the
 * whole-file digest goes on over chunks that were not in step. It is done in
 * slices, under the digest lock of the part, by whoever has the time: the
 * committer between two transactions, tending, and completing. Everything can
 * be broken off after any slice and by any death.
 */
#ifndef WFS_CATCH_UP_H
#define WFS_CATCH_UP_H

#include "digest.h"
#include "store_internal.h"

typedef struct wfs_catch_up wfs_catch_up;

/* Whether an upload needs it. */
bool wfs_catch_up_is_due(const wfs_store *store, const wfs_upload_row *upload);

/*
 * Take the digest lock of an upload. New; ends with wfs_catch_up_close.
 * WFS_EBUSY: someone else is at it; WFS_ENOUPLOAD: there is no such upload.
 */
wfs_status wfs_catch_up_open(wfs_store *store, const char *id, int64_t row,
                             wfs_catch_up **ret_job, wfs_error *error);

/*
 * The same for completing, who has all locks by `part`, which is lent until the
 * job is closed.
 */
wfs_status wfs_catch_up_borrow(wfs_store *store, const wfs_upload_row *upload,
                               wfs_blob *part, wfs_catch_up **ret_job,
                               wfs_error *error);

/* The row as the job last saw it. */
const wfs_upload_row *wfs_catch_up_get_row(const wfs_catch_up *job);

/* Bytes digested and absorbed. */
uint64_t wfs_catch_up_get_done(const wfs_catch_up *job);

/* One slice: about a megabyte digested, or a few absorbed or one chunk.
 * WFS_ECANCELED: somebody has asked for the lock, so close it. WFS_ELOCKED:
 * others write; what was digested is kept, and the next call tries again. Not
 * of a borrowed one, which waits. */
wfs_status wfs_catch_up_advance(wfs_catch_up *job, bool *ret_is_done,
                                wfs_error *error);

/* Keeps how far it has come. Accepts NULL. */
void wfs_catch_up_close(wfs_catch_up *job);

/*
 * Absorb the next loose chunk of `upload`, and some more if they are small,
 * into `part`, whose digest lock is held; moves `upload` on. WFS_ENOSPC leaves
 * them loose, and so does WFS_ELOCKED, which who `is_patient` does not get.
 */
wfs_status wfs_absorb_next(wfs_store *store, wfs_upload_row *upload,
                           wfs_blob *part, bool is_patient, wfs_error *error);

/* Pass bytes `from` to `to` of a part through `hasher`. */
wfs_status wfs_digest_range(wfs_store *store, wfs_blob *part, uint64_t from,
                            uint64_t to, wfs_hasher *hasher, wfs_error *error);

#endif
