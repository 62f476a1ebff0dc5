/*
 * upload.h - what has arrived of an upload, and what becomes of it.
 *
 * An upload comes into being with its first chunk (chunk.h) or its first append
 * (append.h), and ends as a recording (complete.h) or deleted.
 */
#ifndef WFSTORE_UPLOAD_H
#define WFSTORE_UPLOAD_H

#include "wfstore/chunk.h"

/*
 * What has arrived of an upload. `missing`, `received`: new, at most
 * WFS_RANGES_MAX each, released by wfs_upload_info_release; `has_more` if
 * there would be more. While the total is not known `missing` has the gaps
 * below the highest index only.
 */
typedef struct wfs_upload_info {
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_NAME_MAX_BYTES + 1]; /* "" if none was told */
    uint64_t total_chunks;             /* WFS_UNKNOWN */
    uint64_t chunk_size;               /* WFS_UNKNOWN */
    uint64_t size_bytes; /* of all of it, as declared; WFS_UNKNOWN */
    uint64_t received_bytes;
    uint64_t received_chunks;
    uint64_t prefix_chunks; /* what is there without a gap */
    uint64_t prefix_bytes;
    bool is_provisional; /* chunk 0 may still be replaced */
    bool is_append;      /* made by wfs_upload_create, see append.h */
    bool is_partial;
    int64_t created_ms;
    int64_t updated_ms;
    int64_t expires_ms; /* 0: never */
    wfs_range *missing;
    size_t missing_count;
    bool missing_has_more;
    wfs_range *received; /* NULL unless asked for */
    size_t received_count;
    bool received_has_more;
} wfs_upload_info;

#define WFS_UPLOAD_INFO_INIT                                                   \
    {                                                                          \
        0                                                                      \
    }

/* Returns WFS_EID, WFS_ENOUPLOAD, WFS_ECOMPLETE (it is a recording now). */
WFS_PUBLIC wfs_status wfs_upload_get(wfs_store *store, const char *id,
                                     bool with_received,
                                     wfs_upload_info *ret_info,
                                     wfs_error *error);

/* Accepts the INIT value. */
WFS_PUBLIC void wfs_upload_info_release(wfs_upload_info *info);

typedef struct wfs_upload_page {
    wfs_upload_info *uploads; /* new; without missing and received */
    size_t count;
    uint64_t total;
    char *next; /* new; NULL on the last page */
} wfs_upload_page;

#define WFS_UPLOAD_PAGE_INIT                                                   \
    {                                                                          \
        NULL, 0, 0, NULL                                                       \
    }

/*
 * One page of the unfinished uploads, the newest first.
 *
 * `limit`   1 to WFS_UPLOAD_LIST_LIMIT_MAX
 * `cursor`  `next` of the page before, or NULL for the first page
 *
 * Returns WFS_ECURSOR, WFS_EINVAL.
 */
#define WFS_UPLOAD_LIST_LIMIT_MAX 1000
WFS_PUBLIC wfs_status wfs_upload_list(wfs_store *store, size_t limit,
                                      const char *cursor,
                                      wfs_upload_page *ret_page,
                                      wfs_error *error);

/* Accepts the INIT value. */
WFS_PUBLIC void wfs_upload_page_release(wfs_upload_page *page);

/*
 * Give an upload up, free its space, and keep a tombstone so that a late
 * retry does not bring it back. Writers of its chunks are stopped with
 * WFS_EGONE. Returns WFS_EID, WFS_ENOUPLOAD, WFS_ECOMPLETE.
 */
WFS_PUBLIC wfs_status wfs_upload_delete(wfs_store *store, const char *id,
                                        wfs_error *error);

/*
 * Declare how many bytes an upload has, once the client knows it: durable, and
 * held to from then on. Nothing is accepted beyond it, also of what is under
 * way, and completing wants all of it. Space for it is reserved. Saying the
 * same again changes nothing. (How many chunks there are is told with any of
 * them, or by completing.)
 *
 * `limits`  borrowed; recording_max_bytes, quota_bytes and reserve_bytes are
 *           heeded
 *
 * Returns WFS_EID, WFS_EINVAL; WFS_ENOUPLOAD, WFS_EGONE, WFS_ECOMPLETE;
 * WFS_ECONFLICT if another size is declared or more has arrived (`expected` of
 * the error), WFS_ETOOLARGE, WFS_ENOSPC, WFS_EQUOTA, WFS_EIO. The upload stays
 * as it was on each.
 */
WFS_PUBLIC wfs_status wfs_upload_declare_size(wfs_store *store, const char *id,
                                              uint64_t size_bytes,
                                              const wfs_limits *limits,
                                              wfs_error *error);

#endif
