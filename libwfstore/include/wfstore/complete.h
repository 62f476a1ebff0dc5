/*
 * complete.h - making a recording of an upload.
 */
#ifndef WFSTORE_COMPLETE_H
#define WFSTORE_COMPLETE_H

#include "wfstore/recording.h"
#include "wfstore/store.h"

/*
 * What a client says when all chunks are sent; everything but `id` may be
 * unknown (NULL, WFS_UNKNOWN, a has_ flag false). What is told about total,
 * size and digest is checked. `metadata` is JSON text, an object.
 *
 * `salvage`   the upload will never be all there: what is whole of its bytes
 *             without a gap is mended so that it plays (cut, its header filled
 *             in), whatever total, size and digest were told; its metadata
 *             then says "salvaged":true
 * `join_ms`   how long to wait for somebody else who completes it already;
 *             WFS_UNKNOWN: as long as that takes
 * `progress`  called now and then while there is work, or NULL: bytes done and
 *             to be done; false gives up, and what is done is not lost
 */
typedef struct wfs_complete_spec {
    const char *id;
    const char *name;
    uint64_t total_chunks;
    uint64_t size_bytes;
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    bool has_duration;
    double duration_seconds;
    bool has_timestamp;
    int64_t timestamp_ms;
    const char *metadata;
    size_t metadata_length;
    bool salvage;
    uint64_t join_ms;
    wfs_progress progress;
    void *progress_data;
    wfs_limits limits;
} wfs_complete_spec;

#define WFS_COMPLETE_SPEC_INIT                                                 \
    {                                                                          \
        NULL, NULL, WFS_UNKNOWN, WFS_UNKNOWN, false, {0}, false, 0.0, false,   \
            0, NULL, 0, false, WFS_UNKNOWN, NULL, NULL, WFS_LIMITS_INIT        \
    }

/*
 * Make a recording of an upload: check that nothing is missing, digest what
 * is not digested, find out type and duration, and commit. One transaction
 * is the commit point: before it nothing has changed, after it the recording
 * exists whatever dies. Then the file is renamed and metadata.json published.
 *
 * `ret_recording`    released by wfs_recording_release
 * `ret_was_complete` true: it was a recording before; name and metadata of
 *                    `spec` were ignored
 *
 * Writers that are still at a chunk are stopped with WFS_ECOMPLETE, once it is
 * clear that no chunk is missing; WFS_EBUSY if one of them does not end within
 * 2 s. What is caught up with in the background ends, too, within 30 s. Who
 * finds somebody completing the upload waits for the outcome: the recording, or
 * a failure, after which it is the next one's turn.
 *
 * Returns WFS_ENOUPLOAD, WFS_EGONE, WFS_EMISSING (ask wfs_upload_get which),
 * WFS_ECONFLICT, WFS_EDIGEST, WFS_ETYPE, WFS_EFORMAT, WFS_ETOOLARGE, WFS_EBUSY,
 * WFS_ENOSPC, WFS_ECANCELED, WFS_EIO. The upload stays as it was on each.
 */
WFS_PUBLIC wfs_status wfs_upload_complete(wfs_store *store,
                                          const wfs_complete_spec *spec,
                                          wfs_recording *ret_recording,
                                          bool *ret_was_complete,
                                          wfs_error *error);

#endif
