/*
 * settle_internal.h - what building a catalogue and putting it in its place
 * share.
 */
#ifndef WFS_SETTLE_INTERNAL_H
#define WFS_SETTLE_INTERNAL_H

#include "settle.h"

#define WFS_REBUILT_FOLDER "rebuilt"

/* In that folder: what settle.h calls `aside`. */
#define WFS_ASIDE_FILE "aside"

/* WFS_OK also for WFS_ENOSTORE; else `fault` becomes `error`. */
wfs_status wfs_settle_pass_missing(wfs_status status, const wfs_error *fault,
                                   wfs_error *error);

/* Remove a folder of files, and of folders of files named `inner` (NULL: of
 * none). Idempotent. */
wfs_status wfs_settle_remove_folder(int meta_dir, const char *name,
                                    const char *inner, wfs_error *error);

#endif
