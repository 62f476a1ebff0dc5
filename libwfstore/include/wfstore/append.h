/*
 * append.h - uploads whose bytes are appended, for protocols that know no
 * chunks: made by wfs_upload_create, and each append becomes a chunk behind the
 * last one. Its bytes are written as those of any chunk (upload.h).
 *
 *     create -> begin_append -> write ... write -> submit or commit
 *                                               -> keep   what has come so far
 *                                               -> discard
 *
 * Looking and deleting are those of upload.h, completing that of complete.h.
 */
#ifndef WFSTORE_APPEND_H
#define WFSTORE_APPEND_H

#include "wfstore/upload.h"

/*
 * `name`, `metadata`  (compact JSON text, an object) may be NULL; completing
 *                     takes them where it is told no others
 * `size_bytes`        of all of it, or WFS_UNKNOWN until it is declared
 *                     (wfs_upload_declare_size)
 * `limits`            uploads_max, recording_max_bytes, quota_bytes and
 *                     reserve_bytes are heeded
 */
typedef struct wfs_create_spec {
    const char *id;
    const char *name;
    const char *metadata;
    uint64_t size_bytes;
    wfs_limits limits;
} wfs_create_spec;

#define WFS_CREATE_SPEC_INIT                                                   \
    {                                                                          \
        NULL, NULL, NULL, WFS_UNKNOWN, WFS_LIMITS_INIT                         \
    }

/*
 * Make an upload that exists from now on, without a byte. It is durable, and
 * space for `size_bytes` is reserved.
 *
 * Returns WFS_EID, WFS_EINVAL, WFS_EFORMAT; WFS_ECONFLICT if there is one of
 * this id; WFS_EGONE, WFS_ECOMPLETE, WFS_ETOOLARGE, WFS_EUPLOADS, WFS_ENOSPC,
 * WFS_EQUOTA, WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_upload_create(wfs_store *store,
                                        const wfs_create_spec *spec,
                                        wfs_error *error);

/*
 * `offset`          what has arrived, as the client knows it
 * `length`          of this append, or WFS_UNKNOWN
 * `digest`          of its bytes; they are then kept all or not at all
 * `all_or_nothing`  keep nothing of an append that breaks off
 */
typedef struct wfs_append_spec {
    const char *id;
    uint64_t offset;
    uint64_t length;
    wfs_digest digest;
    bool all_or_nothing;
    wfs_limits limits;
} wfs_append_spec;

#define WFS_APPEND_SPEC_INIT                                                   \
    {                                                                          \
        NULL, 0, WFS_UNKNOWN, {WFS_DIGEST_NONE, {0}}, false, WFS_LIMITS_INIT   \
    }

/*
 * Begin appending. An older append to this upload is stopped at once
 * (WFS_EBUSY, see wfs_chunk_get_stop); what it keeps counts before `offset` is
 * looked at.
 *
 * Returns what wfs_upload_begin_chunk does, and WFS_ENOUPLOAD; WFS_ECONFLICT if
 * `offset` is not what has arrived (`expected` of the error), or the upload is
 * one of chunks; WFS_ETOOLARGE beyond the declared size; WFS_EBUSY if the older
 * one does not end, so try again.
 */
WFS_PUBLIC wfs_status wfs_upload_begin_append(wfs_store *store,
                                              const wfs_append_spec *spec,
                                              wfs_chunk **ret_chunk,
                                              wfs_error *error);

/*
 * An append has broken off, or was stopped by a newer one (WFS_EBUSY): what has
 * been written so far is all of it, also after a write that failed. Submit or
 * commit it then. WFS_ECANCELED: there is nothing to keep, so discard it.
 */
WFS_PUBLIC wfs_status wfs_chunk_cut(wfs_chunk *chunk, wfs_error *error);

/*
 * wfs_chunk_cut and wfs_chunk_commit in one, for an append that has broken off.
 * The chunk is taken in any case; where there is nothing to keep the upload is
 * as it was, and the receipt says 0 bytes.
 */
WFS_PUBLIC wfs_status wfs_chunk_keep(wfs_chunk *chunk, wfs_receipt *ret_receipt,
                                     wfs_error *error);

#endif
