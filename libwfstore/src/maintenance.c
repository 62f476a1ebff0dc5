/*
 * maintenance.c - what verifying, backing up and rebuilding share.
 */
#include "wfstore/maintenance.h"

#include "error.h"

const char *wfs_finding_kind_name(wfs_finding_kind kind)
{
    switch (kind) {
    case WFS_FINDING_ROT:
        return "rot";
    case WFS_FINDING_SIZE:
        return "size";
    case WFS_FINDING_MISSING:
        return "missing";
    case WFS_FINDING_UNREADABLE:
        return "unreadable";
    case WFS_FINDING_STRAY:
        return "stray";
    case WFS_FINDING_ENTRY:
        return "entry";
    case WFS_FINDING_DUPLICATE:
        return "duplicate";
    case WFS_FINDING_NOT_AUDIO:
        return "not-audio";
    case WFS_FINDING_FOUND:
        return "found";
    case WFS_FINDING_PART:
        return "part";
    case WFS_FINDING_CATALOGUE:
        return "catalogue";
    }
    return "unknown";
}

static wfs_status fail_unbuilt(wfs_error *error)
{
    return wfs_error_set(error, WFS_EIO, 0, NULL, "not built yet");
}

wfs_status wfs_store_verify(wfs_store *store, const wfs_verify_options *options,
                            wfs_finding_visitor visitor, void *data,
                            wfs_verify_summary *ret_summary, wfs_error *error)
{
    (void)store;
    (void)options;
    (void)visitor;
    (void)data;
    (void)ret_summary;
    return fail_unbuilt(error);
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

wfs_status wfs_store_rebuild(const char *path,
                             const wfs_rebuild_options *options,
                             wfs_finding_visitor visitor, void *data,
                             wfs_rebuild_summary *ret_summary, wfs_error *error)
{
    (void)path;
    (void)options;
    (void)visitor;
    (void)data;
    (void)ret_summary;
    return fail_unbuilt(error);
}
