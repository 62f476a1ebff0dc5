/*
 * verify.h - what the two halves of verifying share: recordings against their
 * files (verify.c), and files against the catalogue (verify_strays.c).
 */
#ifndef WFS_VERIFY_H
#define WFS_VERIFY_H

#include "finding.h"
#include "store_internal.h"

typedef struct wfs_verifying {
    wfs_store *store;
    wfs_verify_options options;
    wfs_teller teller;
    wfs_pace pace;
    wfs_verify_summary summary;
} wfs_verifying;

/* Tell of files that belong to nobody. */
wfs_status wfs_verify_strays(wfs_verifying *self, wfs_error *error);

#endif
