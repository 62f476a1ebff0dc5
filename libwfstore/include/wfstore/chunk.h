/*
 * chunk.h - receiving chunks.
 *
 * The chunks of an upload (upload.h) may come in any order and in parallel,
 * over any number of threads and processes. A chunk is received by
 *
 *     begin -> write ... write -> submit   the outcome comes by a callback
 *                              -> commit   the same, and wait for it
 *                              -> discard
 *
 * with amend, if more is told of it behind its bytes than was before.
 *
 * and counts only once its commit has succeeded; until then, and after a
 * discard or the death of the process, the upload is as it was. A wfs_chunk
 * belongs to one thread at a time; which one may change between calls. From
 * begin to the end of commit it holds its index locked against all other
 * writers of all processes; the kernel drops the lock when the process dies.
 *
 * A repeat of a chunk that was accepted is no error: begin tells by
 * wfs_chunk_get_state whether its bytes are needed at all.
 */
#ifndef WFSTORE_CHUNK_H
#define WFSTORE_CHUNK_H

#include "wfstore/store.h"

/*
 * What a client says of a chunk.
 *
 * `id`             not zero-terminated text is not accepted here: a C string
 * `name`           display name or NULL; kept from the first chunk that has one
 * `index`          from 0
 * `total_chunks`   WFS_UNKNOWN while the client does not know it
 * `chunk_size`     bytes of every chunk but the last, or WFS_UNKNOWN
 * `length`         of this chunk, or WFS_UNKNOWN (a body without a length)
 * `digest`         of this chunk's bytes, verified before it counts
 * `is_provisional` chunk 0 will be sent again (a header to be patched)
 * `take_over_ms`   an older writer of this chunk that has received nothing for
 *                  this long has to end; WFS_UNKNOWN: none has to
 * `is_hurried`     WFS_EBUSY, and nothing has happened, unless it can begin
 *                  without waiting for anybody: an upload known here by a chunk
 *                  before, a chunk that nobody has
 */
typedef struct wfs_chunk_spec {
    const char *id;
    const char *name;
    uint64_t index;
    uint64_t total_chunks;
    uint64_t chunk_size;
    uint64_t length;
    wfs_digest digest;
    bool is_provisional;
    uint64_t take_over_ms;
    wfs_limits limits;
    bool is_hurried;
} wfs_chunk_spec;

#define WFS_TAKE_OVER_MS 1000

#define WFS_CHUNK_SPEC_INIT                                                    \
    {                                                                          \
        NULL, NULL, 0, WFS_UNKNOWN, WFS_UNKNOWN, WFS_UNKNOWN,                  \
            {WFS_DIGEST_NONE, {0}}, false, WFS_TAKE_OVER_MS, WFS_LIMITS_INIT,  \
            false                                                              \
    }

typedef struct wfs_chunk wfs_chunk;

typedef enum wfs_chunk_state {
    WFS_CHUNK_RECEIVING, /* its bytes are new and wanted */
    WFS_CHUNK_COMPARING, /* accepted before; its bytes are compared, not kept */
    WFS_CHUNK_PRESENT    /* accepted before with this size and digest */
} wfs_chunk_state;

/*
 * Begin receiving chunk `spec->index`.
 *
 * `spec`       borrowed for the call
 * `ret_chunk`  new; ends with commit or discard
 *
 * Returns WFS_EID, WFS_EINVAL, WFS_ETOOMANY, WFS_ETOOLARGE; WFS_EGONE,
 * WFS_ECOMPLETE; WFS_ECONFLICT if the upload says otherwise about total, chunk
 * size, or this chunk's length or digest; WFS_EBUSY if a live writer has this
 * chunk or the upload is being completed; WFS_EUPLOADS, WFS_ENOSPC; WFS_EIO.
 */
WFS_PUBLIC wfs_status wfs_upload_begin_chunk(wfs_store *store,
                                             const wfs_chunk_spec *spec,
                                             wfs_chunk **ret_chunk,
                                             wfs_error *error);

/*
 * Begin receiving bytes of which it is not yet known which chunk they are (a
 * multipart body with its fields after the file). They go to a nameless file
 * of the store; wfs_chunk_place then does what wfs_upload_begin_chunk does.
 *
 * `limits`  borrowed; chunk_max_bytes and reserve_bytes are heeded
 */
WFS_PUBLIC wfs_status wfs_upload_begin_unplaced_chunk(wfs_store *store,
                                                      const wfs_limits *limits,
                                                      wfs_chunk **ret_chunk,
                                                      wfs_error *error);

/*
 * Tell an unplaced chunk, after its last byte, which one it is. Its bytes are
 * linked or copied to their place; what wfs_upload_begin_chunk refuses is
 * refused here. On failure the chunk is as before and must be discarded.
 */
WFS_PUBLIC wfs_status wfs_chunk_place(wfs_chunk *chunk,
                                      const wfs_chunk_spec *spec,
                                      wfs_error *error);

/*
 * Tell of a chunk, after its last byte, what was not known when it was begun:
 * its total, its chunk size, its name, its digest, for which the bytes are read
 * again. Where it goes was decided by then: a chunk size other than its
 * upload's is refused by submit, as everything is that wfs_upload_begin_chunk
 * would refuse.
 *
 * `spec`  borrowed; otherwise as the chunk was begun or placed with
 *
 * Returns WFS_EINVAL, WFS_EIO; after a failure the chunk can only be discarded.
 */
WFS_PUBLIC wfs_status wfs_chunk_amend(wfs_chunk *chunk,
                                      const wfs_chunk_spec *spec,
                                      wfs_error *error);

/*
 * Fixed by begin or place. WFS_CHUNK_PRESENT: the body need not be read, what
 * is written all the same is ignored; submit or commit then tell that it
 * existed.
 */
WFS_PUBLIC wfs_chunk_state wfs_chunk_get_state(const wfs_chunk *chunk);

/*
 * Whether a chunk may go on: WFS_OK, or why its owner has to discard it now:
 * WFS_EBUSY (a newer writer has taken it over), WFS_EGONE (the upload was
 * deleted), WFS_ECOMPLETE (it is being completed). Known about 20 ms after it
 * was asked for, in whichever process; writing and submitting then fail with
 * it. Never sleeps, and may be called on an event loop while the chunk is not
 * in use elsewhere.
 */
WFS_PUBLIC wfs_status wfs_chunk_get_stop(const wfs_chunk *chunk);

/*
 * Bytes have come that are not written yet: the writer is alive, and is not
 * taken over. Writing says so by itself. Never sleeps.
 */
WFS_PUBLIC void wfs_chunk_touch(wfs_chunk *chunk);

/*
 * Write the next `length` bytes. Digests them on the way. Chunk 0's first
 * bytes decide the type: WFS_ETYPE. WFS_ECONFLICT: longer than chunk_size, or
 * other bytes than accepted before; WFS_ETOOLARGE, WFS_ENOSPC, WFS_EIO; what
 * wfs_chunk_get_stop tells. After a failure the chunk can only be discarded.
 */
WFS_PUBLIC wfs_status wfs_chunk_write(wfs_chunk *chunk, const void *bytes,
                                      size_t length, wfs_error *error);

/*
 * `error`   what failed, or NULL
 * `status`  what wfs_chunk_write would have returned
 */
typedef struct wfs_chunk_piece {
    wfs_chunk *chunk;
    const void *bytes;
    size_t length;
    wfs_error *error;
    wfs_status status;
} wfs_chunk_piece;

/* wfs_chunk_write of two chunks; where wfs_digest_has_pair their digests are
 * made at once. What becomes of the one is nothing to the other. */
WFS_PUBLIC void wfs_chunk_write_both(wfs_chunk_piece *a, wfs_chunk_piece *b);

/* What an accepted chunk is, and how far its upload has come with it. */
typedef struct wfs_receipt {
    bool existed; /* the same bytes were accepted before */
    uint64_t index;
    uint64_t size_bytes;
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    uint64_t total_chunks; /* WFS_UNKNOWN: not known yet */
    uint64_t received_chunks;
    uint64_t received_bytes;
} wfs_receipt;

/*
 * Called once, from the committer's thread or within wfs_chunk_submit_here,
 * with the outcome. `receipt` is set on WFS_OK, `error` otherwise; both are
 * valid for the call only. Must not sleep and must not call the store.
 */
typedef void (*wfs_chunk_done)(void *data, wfs_status status,
                               const wfs_receipt *receipt,
                               const wfs_error *error);

/*
 * Finish a chunk after its last byte: check length, type and digest, sync its
 * bytes (durability chunk), and hand its receipt to the committer, who writes
 * all that wait in one transaction. May sleep for the sync, not for the
 * transaction.
 *
 * On WFS_OK the chunk is taken and `done` will be called; it can no longer be
 * discarded or stopped. On failure `done` is not called and the chunk must be
 * discarded: WFS_EEMPTY, WFS_ECONFLICT, WFS_EDIGEST, WFS_ETYPE, WFS_ENOSPC,
 * WFS_EIO; what wfs_chunk_get_stop tells.
 */
WFS_PUBLIC wfs_status wfs_chunk_submit(wfs_chunk *chunk, wfs_chunk_done done,
                                       void *data, wfs_error *error);

/*
 * wfs_chunk_submit, of a thread that may sleep longer: while no other chunk is
 * in flight in this process it writes the receipt itself, and `done` is called
 * before this returns. Else as there.
 */
WFS_PUBLIC wfs_status wfs_chunk_submit_here(wfs_chunk *chunk,
                                            wfs_chunk_done done, void *data,
                                            wfs_error *error);

/*
 * wfs_chunk_submit, and wait for the outcome. The chunk is taken in any case;
 * after a failure it is as if never begun.
 */
WFS_PUBLIC wfs_status wfs_chunk_commit(wfs_chunk *chunk,
                                       wfs_receipt *ret_receipt,
                                       wfs_error *error);

/* Give a chunk up: the upload is as it was. Accepts NULL. */
WFS_PUBLIC void wfs_chunk_discard(wfs_chunk *chunk);

#endif
