/*
 * maintenance.c - what verifying, backing up and rebuilding share.
 */
#include "wfstore/maintenance.h"

#include "error.h"

static wfs_status fail_unbuilt(wfs_error *error)
{
    return wfs_error_set(error, WFS_EIO, 0, NULL, "not built yet");
}

wfs_status wfs_store_backup(wfs_store *store, const char *directory,
                            const wfs_backup_options *options,
                            wfs_finding_visitor visitor, void *data,
                            wfs_backup_summary *ret_summary, wfs_error *error)
{
    (void)store;
    (void)directory;
    (void)options;
    (void)visitor;
    (void)data;
    (void)ret_summary;
    return fail_unbuilt(error);
}
