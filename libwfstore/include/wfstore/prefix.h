/*
 * prefix.h - listening to an unfinished upload: what is there of it so far.
 */
#ifndef WFSTORE_PREFIX_H
#define WFSTORE_PREFIX_H

#include "wfstore/store.h"

/*
 * The first bytes of an upload, up to its first gap. A provisional chunk 0 lies
 * elsewhere than the rest: it is in `head` and has to be read instead of the
 * first `head_bytes` of `blob`.
 *
 * `blob`       size_bytes: of all, the head among them; fd: -1 if there is
 *              nothing but the head
 * `head`       new, NULL: there is none
 * `mime_type`  of the container found by the first bytes; static
 */
typedef struct wfs_upload_prefix {
    wfs_blob_ref blob;
    uint8_t *head;
    size_t head_bytes;
    const char *mime_type;
} wfs_upload_prefix;

#define WFS_UPLOAD_PREFIX_INIT                                                 \
    {                                                                          \
        WFS_BLOB_REF_INIT, NULL, 0, ""                                         \
    }

/*
 * Open what is there. It does not grow with the upload, and stays readable when
 * that ends. Chunks that came out of order belong to it once they lie in
 * their place, which may be some moments after the gap before them closed.
 *
 * `ret_prefix`  released by wfs_upload_prefix_release
 *
 * Returns WFS_EID; WFS_ENOUPLOAD, also if nothing is there from the start on;
 * WFS_ECOMPLETE (it is a recording now); WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_upload_open_prefix(wfs_store *store, const char *id,
                                             wfs_upload_prefix *ret_prefix,
                                             wfs_error *error);

/* Accepts the INIT value. */
WFS_PUBLIC void wfs_upload_prefix_release(wfs_upload_prefix *prefix);

#endif
