/*
 * layout.h - the folders of a store and the version that says it is one.
 *
 *     <store>/              made if missing, the folder above it never
 *     <store>/.wfstore/
 *     <store>/.wfstore/version   written last when a store is made
 */
#ifndef WFS_LAYOUT_H
#define WFS_LAYOUT_H

#include "wfstore/types.h"

#define WFS_LAYOUT_VERSION 1

/*
 * Open the store's folder and its .wfstore/, making them if `may_create`. The
 * caller closes both. WFS_ENOSTORE: missing, or on a network file system.
 */
wfs_status wfs_layout_open_folders(const char *path, bool may_create,
                                   int *ret_root, int *ret_meta,
                                   wfs_error *error);

/*
 * Whether the store was made completely. WFS_EVERSION: by a newer version;
 * WFS_ECORRUPT: the file holds something else.
 */
wfs_status wfs_layout_read_version(int meta_dir, bool *ret_is_made,
                                   wfs_error *error);

/* Durably. */
wfs_status wfs_layout_write_version(int meta_dir, wfs_error *error);

#endif
