/*
 * append.h - uploads whose bytes are appended, for protocols that know no
 * chunks: made by wfs_upload_create, and each append becomes a chunk behind the
 * last one. Its bytes are written as those of any chunk (chunk.h).
 *
 *     create -> begin_append -> write ... write -> submit or commit
 *                                               -> keep   what has come so far
 *                                               -> discard
 *
 * One that lasts, and whose bytes are to count meanwhile, is several of these
 * one after the other, held together by a wfs_append.
 *
 * Looking and deleting are those of upload.h, completing that of complete.h.
 */
#ifndef WFSTORE_APPEND_H
#define WFSTORE_APPEND_H

#include "wfstore/upload.h"

#define WFS_NOTE_MAX_BYTES 32768

/* An id that nobody can guess: 128 random bits in hexadecimal. WFS_EIO: the
 * machine has none. */
WFS_PUBLIC wfs_status wfs_id_make(char ret_id[WFS_ID_MAX_BYTES + 1]);

/*
 * `name`, `metadata`  (compact JSON text, an object) may be NULL; completing
 *                     takes them where it is told no others
 * `size_bytes`        of all of it, or WFS_UNKNOWN until it is declared
 *                     (wfs_upload_declare_size)
 * `is_partial`        other uploads are made of it (below): it takes bytes of
 *                     any type, and never becomes a recording itself
 * `note`              text that is given back as it is by wfs_upload_get_note,
 *                     also of the recording it becomes; NULL: none
 * `limits`            uploads_max, recording_max_bytes, quota_bytes and
 *                     reserve_bytes are heeded
 */
typedef struct wfs_create_spec {
    const char *id;
    const char *name;
    const char *metadata;
    uint64_t size_bytes;
    bool is_partial;
    const char *note;
    wfs_limits limits;
} wfs_create_spec;

#define WFS_CREATE_SPEC_INIT                                                   \
    {                                                                          \
        NULL, NULL, NULL, WFS_UNKNOWN, false, NULL, WFS_LIMITS_INIT            \
    }

/*
 * Make an upload that exists from now on, without a byte. It is durable, and
 * space for `size_bytes` is reserved.
 *
 * Returns WFS_EID, WFS_EINVAL, WFS_EFORMAT; WFS_ECONFLICT if there is one of
 * this id; WFS_EGONE, WFS_ECOMPLETE, WFS_ETOOLARGE (size, or note),
 * WFS_EUPLOADS, WFS_ENOSPC, WFS_EQUOTA, WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_upload_create(wfs_store *store,
                                        const wfs_create_spec *spec,
                                        wfs_error *error);

/*
 * Make an upload of the bytes of others, in this order; the same may be there
 * twice. They must have been created with is_partial, with a size, and be all
 * there; they stay as they are. To be completed then (complete.h). Called again
 * with the same id it goes on where an earlier call ended.
 *
 * `spec`  as for wfs_upload_create; size_bytes is not looked at
 *
 * Returns what wfs_upload_create and wfs_upload_begin_append do, WFS_ECONFLICT
 * only if the upload of this id is another one than these make, or somebody
 * else appends to it; WFS_ENOUPLOAD if there is not one of them, WFS_EINVAL if
 * one is no part or not all there; WFS_EBUSY if receipts of before a restart of
 * the machine cannot be looked at now.
 */
WFS_PUBLIC wfs_status wfs_upload_concatenate(wfs_store *store,
                                             const wfs_create_spec *spec,
                                             const char *const *ids,
                                             size_t count, wfs_error *error);

/*
 * The note that the upload or the recording `id` was created with; new text,
 * free() it; NULL: there is none. Returns WFS_EID.
 */
WFS_PUBLIC wfs_status wfs_upload_get_note(wfs_store *store, const char *id,
                                          char **ret_note, wfs_error *error);

/*
 * An append of several chunks: by this it can be ended also between two of
 * them, while nothing of it is begun. One thread uses it at a time, but for
 * wfs_append_get_stop.
 */
typedef struct wfs_append wfs_append;

/*
 * Before its first chunk is begun (wfs_append_spec). `ret_append` is new and
 * ends with wfs_append_close. Returns WFS_ENOMEM.
 */
WFS_PUBLIC wfs_status wfs_append_open(wfs_store *store, wfs_append **ret_append,
                                      wfs_error *error);

/*
 * WFS_OK, or why the append has to end: WFS_EBUSY (a newer one, or
 * wfs_upload_end_append), WFS_EGONE. None of its chunks can be begun any more;
 * who waits for it waits until it is closed. Never sleeps.
 */
WFS_PUBLIC wfs_status wfs_append_get_stop(const wfs_append *append);

/*
 * When its last chunk has been submitted, committed, kept or discarded, and
 * before the store is closed. Accepts NULL.
 */
WFS_PUBLIC void wfs_append_close(wfs_append *append);

/*
 * `append`          borrowed for the call: what this one is a part of. NULL: it
 *                   is by itself
 * `offset`          what has arrived, as the client knows it
 * `length`          of this append, or WFS_UNKNOWN
 * `digest`          of its bytes; they are then kept all or not at all
 * `all_or_nothing`  keep nothing of an append that breaks off
 * `goes_on`         it is the rest of an append whose bytes so far have just
 *                   been committed: whoever appends by now has taken over
 */
typedef struct wfs_append_spec {
    const char *id;
    wfs_append *append;
    uint64_t offset;
    uint64_t length;
    wfs_digest digest;
    bool all_or_nothing;
    bool goes_on;
    wfs_limits limits;
} wfs_append_spec;

#define WFS_APPEND_SPEC_INIT                                                   \
    {                                                                          \
        NULL, NULL, 0, WFS_UNKNOWN, {WFS_DIGEST_NONE, {0}}, false, false,      \
            WFS_LIMITS_INIT                                                    \
    }

/*
 * Begin appending. An older append to this upload is stopped at once
 * (WFS_EBUSY, see wfs_chunk_get_stop), unless this one only goes on (then it is
 * WFS_EBUSY itself); what the older one keeps counts before `offset` is looked
 * at.
 *
 * Returns what wfs_upload_begin_chunk does, and WFS_ENOUPLOAD; WFS_ECONFLICT if
 * `offset` is not what has arrived (`expected` of the error), or the upload is
 * one of chunks; WFS_ETOOLARGE beyond the declared size; WFS_EBUSY if the older
 * one does not end, so try again; what wfs_append_get_stop tells of `append`.
 */
WFS_PUBLIC wfs_status wfs_upload_begin_append(wfs_store *store,
                                              const wfs_append_spec *spec,
                                              wfs_chunk **ret_chunk,
                                              wfs_error *error);

/*
 * End whoever appends at this moment, as a newer append would: what it has is
 * kept, and what wfs_upload_get then tells stands still until somebody begins
 * anew. Waits half a second for it at most. An upload of chunks is left alone.
 *
 * Returns WFS_EBUSY if it has not ended by then: it may be inside of a system
 * call, and what arrived is not known before that returns, so ask again. Else
 * WFS_EID, WFS_ENOUPLOAD, WFS_ECOMPLETE, WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_upload_end_append(wfs_store *store, const char *id,
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
