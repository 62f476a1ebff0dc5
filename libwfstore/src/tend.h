/*
 * tend.h - the steps of tending, for tend.c alone.
 */
#ifndef WFS_TEND_H
#define WFS_TEND_H

#include "store_internal.h"

/* `is_unfinished`: the budget ended before the work did. */
typedef struct wfs_tending {
    wfs_store *store;
    int64_t end_ms;
    bool is_unfinished;
} wfs_tending;

/* Receipts that were not synced before the machine went down: digest again. */
wfs_status wfs_tend_prove(wfs_tending *self, wfs_error *error);

/* Absorb, digest; forget uploads whose first writer died. */
wfs_status wfs_tend_uploads(wfs_tending *self, wfs_error *error);

/* Remove files of uploads/ that belong to nobody. */
wfs_status wfs_tend_leftovers(wfs_tending *self, wfs_error *error);

/* Receipts of another boot, all of them, before anything is made of the bytes.
 * WFS_EBUSY: some cannot be looked at now. */
wfs_status wfs_prove_all(wfs_store *store, wfs_error *error);

#endif
