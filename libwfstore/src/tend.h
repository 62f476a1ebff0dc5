/*
 * tend.h - the steps of tending, for tend.c alone.
 */
#ifndef WFS_TEND_H
#define WFS_TEND_H

#include "store_internal.h"

/*
 * `end_ms`            by the clock that nobody sets
 * `is_clock_believed` what is old may go
 * `is_unfinished`     the budget ended before the work did
 */
typedef struct wfs_tending {
    wfs_store *store;
    int64_t end_ms;
    bool is_clock_believed;
    bool is_unfinished;
} wfs_tending;

/* Whether the budget is used up, or the store is told to quit. */
bool wfs_tend_is_over(const wfs_tending *self);

/* Receipts that were not synced before the machine went down: digest again. */
wfs_status wfs_tend_prove(wfs_tending *self, wfs_error *error);

/* Absorb, digest; forget uploads whose first writer died; let idle ones go. */
wfs_status wfs_tend_uploads(wfs_tending *self, wfs_error *error);

/* An upload idle since `before_ms`: kept as a recording, or removed. */
void wfs_tend_expire_upload(wfs_store *store, const wfs_upload_row *upload,
                            int64_t before_ms);

/* Delete recordings that were kept long enough. */
wfs_status wfs_tend_retention(wfs_tending *self, wfs_error *error);

/* Remove files of uploads/ that belong to nobody. */
wfs_status wfs_tend_leftovers(wfs_tending *self, wfs_error *error);

/* Receipts of another boot, all of them, before anything is made of the bytes.
 * WFS_EBUSY: some cannot be looked at now. */
wfs_status wfs_prove_all(wfs_store *store, wfs_error *error);

#endif
