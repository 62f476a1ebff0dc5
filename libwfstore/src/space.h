/*
 * space.h - whether there is room for what is about to be written.
 *
 * Asked before bytes are written, so that a refusal comes early; the quota is
 * enforced by the catalogue's transactions all the same.
 */
#ifndef WFS_SPACE_H
#define WFS_SPACE_H

#include "store_internal.h"

/*
 * Whether `bytes` more may be written for `upload` (NULL: one that does not
 * exist yet): beside the reserve of the disk and what others have reserved,
 * and within the quota. What the upload has reserved itself is its own.
 * `written`: bytes of the chunk that are written and not accepted yet.
 *
 * Returns WFS_ENOSPC (the disk), WFS_EQUOTA.
 */
wfs_status wfs_space_check(wfs_store *store, const wfs_limits *limits,
                           const wfs_upload_row *upload, uint64_t written,
                           uint64_t bytes, wfs_error *error);

#endif
