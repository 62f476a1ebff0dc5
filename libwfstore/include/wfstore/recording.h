/*
 * recording.h - finished recordings: find, list, read, change, delete.
 *
 * A recording's bytes never change. Its name and metadata do; each change
 * gives it another ETag. Deleting leaves a tombstone for a while.
 */
#ifndef WFSTORE_RECORDING_H
#define WFSTORE_RECORDING_H

#include "wfstore/store.h"

#define WFS_LIST_LIMIT_MAX 1000
#define WFS_LIST_LOOKS_MAX 10000
#define WFS_ETAG_BYTES 33 /* 32 hexadecimal digits and a zero */

/* Returns WFS_EID, WFS_ENORECORDING. */
WFS_PUBLIC wfs_status wfs_recording_get(wfs_store *store, const char *id,
                                        wfs_recording *ret_recording,
                                        wfs_error *error);

/*
 * A recording and its bytes, opened for reading, also while its file still
 * waits for its final name.
 */
WFS_PUBLIC wfs_status wfs_recording_open(wfs_store *store, const char *id,
                                         wfs_recording *ret_recording,
                                         wfs_blob_ref *ret_blob,
                                         wfs_error *error);

/*
 * The recording as one line of JSON with the fields and order of the HTTP
 * interface; also a line of metadata.json. `*ret_json` is new, free() it.
 */
WFS_PUBLIC wfs_status wfs_recording_to_json(const wfs_recording *recording,
                                            char **ret_json,
                                            size_t *ret_length);

/*
 * The ETag of a recording's JSON, without quotes: the first 16 bytes of its
 * SHA-256 in hexadecimal.
 */
WFS_PUBLIC wfs_status wfs_recording_get_etag(const wfs_recording *recording,
                                             char ret_etag[WFS_ETAG_BYTES]);

typedef enum wfs_sort {
    WFS_SORT_TIMESTAMP = 0,
    WFS_SORT_NAME,
    WFS_SORT_DURATION,
    WFS_SORT_SIZE
} wfs_sort;

/*
 * `limit`   1 to WFS_LIST_LIMIT_MAX
 * `cursor`  `next` of the page before, or NULL for the first page
 * `q`       only recordings whose name has this in it, without regard to case
 *           (fold.h); NULL or "": all
 */
typedef struct wfs_list_query {
    size_t limit;
    wfs_sort sort;
    bool descending;
    const char *cursor;
    const char *q;
} wfs_list_query;

#define WFS_LIST_QUERY_INIT                                                    \
    {                                                                          \
        100, WFS_SORT_TIMESTAMP, true, NULL, NULL                              \
    }

typedef struct wfs_recording_page {
    wfs_recording *recordings; /* new */
    size_t count;
    uint64_t total;       /* of all; WFS_UNKNOWN with `q` */
    uint64_t total_bytes; /* the same */
    char *next;           /* new; NULL on the last page */
    uint64_t generation;  /* of the recordings, see wfs_store_get_generation */
} wfs_recording_page;

#define WFS_RECORDING_PAGE_INIT                                                \
    {                                                                          \
        NULL, 0, 0, 0, NULL, 0                                                 \
    }

/*
 * One page of all recordings. Ties go by id, unknown durations last. Rows that
 * come and go between pages neither repeat nor skip others. The cost does not
 * depend on where the page lies. With `q` at most WFS_LIST_LOOKS_MAX rows are
 * looked at, so a page may be short, or empty, while `next` is set. Returns
 * WFS_ECURSOR (broken, or of another order or `q`), WFS_EINVAL.
 */
WFS_PUBLIC wfs_status wfs_recording_list(wfs_store *store,
                                         const wfs_list_query *query,
                                         wfs_recording_page *ret_page,
                                         wfs_error *error);

/* Accepts the INIT value. */
WFS_PUBLIC void wfs_recording_page_release(wfs_recording_page *page);

/*
 * `name`            new name, or NULL to keep
 * `metadata_patch`  JSON text, an object merged as RFC 7396 says, or NULL
 * `remove_metadata` metadata becomes {} (a patch of null)
 * `if_match`        the ETag the recording must have, or NULL
 */
typedef struct wfs_recording_change {
    const char *name;
    const char *metadata_patch;
    size_t metadata_patch_length;
    bool remove_metadata;
    const char *if_match;
} wfs_recording_change;

#define WFS_RECORDING_CHANGE_INIT                                              \
    {                                                                          \
        NULL, NULL, 0, false, NULL                                             \
    }

/*
 * Rename, or change metadata, in one transaction. Returns WFS_ENORECORDING,
 * WFS_ECHANGED, WFS_EINVAL (name), WFS_EFORMAT, WFS_ETOOLARGE (metadata).
 */
WFS_PUBLIC wfs_status wfs_recording_update(wfs_store *store, const char *id,
                                           const wfs_recording_change *change,
                                           wfs_recording *ret_recording,
                                           wfs_error *error);

/*
 * Delete a recording and its file. `if_match`: the ETag it must have, or NULL.
 * Returns WFS_EID, WFS_ENORECORDING, WFS_ECHANGED.
 */
WFS_PUBLIC wfs_status wfs_recording_delete(wfs_store *store, const char *id,
                                           const char *if_match,
                                           wfs_error *error);

#endif
