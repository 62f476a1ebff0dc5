/*
 * chunk.h - a chunk being received, for the files that share it.
 *
 *     begin.c     find its upload, or make it; choose its place
 *     look.c      lock it, and look what is there
 *     take_over.c the lock, and being asked to give it up
 *     chunk.c     where its bytes go; giving it up
 *     chunk_write.c  its bytes as they come, and their digests
 *     chunk_head.c  a provisional one's, in memory
 *     compare.c   a repeat: its bytes against the accepted ones
 *     unplaced.c  bytes that come before it is known which chunk they are
 *     amend.c     what is told of it behind its bytes
 *     append.c    a chunk is what comes next
 *     append_end.c  what it is a part of, and ending that
 *     submit.c    after the last byte: check, sync, hand to the committer
 *
 * It holds its lock from begin.c until the receipt is committed: by `part`,
 * a descriptor of its own, which is closed only then; and as long its slot in
 * `.wfstore/live`, by which others can ask it to end.
 */
#ifndef WFS_CHUNK_H
#define WFS_CHUNK_H

#include "commit.h"
#include "container.h"
#include "digest.h"
#include "live.h"
#include "wfstore/append.h"

/*
 * `spec`     the client's word; its texts point to `id` and `name`
 * `upload`   the row as it was when looked at with the lock held
 * `live`     held while the lock is
 * `append`   what the chunk is a part of, or NULL; only while it is begun
 * `part`     holds the lock; where fixed and tail chunks are written
 * `nameless` where loose and unplaced chunks are written
 * `base`     offset of the chunk in the file it is written to
 * `own`      digest of this chunk, if one was given
 * `whole`    digest of the file so far, if the chunk is in step
 * `head`     bytes of a chunk that is kept in the catalogue
 * `accepted` the chunk that is there, if this is a repeat; its bytes are read
 *            from `part`, `nameless` or `head`
 */
struct wfs_chunk {
    wfs_ticket ticket; /* first: the committer gives this back */
    wfs_store *store;
    wfs_chunk_state state;
    wfs_chunk_spec spec;
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_NAME_MAX_BYTES + 1];
    wfs_upload_row upload;
    int64_t place;
    uint64_t base;
    wfs_live_slot live;
    wfs_append *append;
    wfs_blob *part;
    wfs_blob *nameless;
    wfs_hasher *own;
    wfs_hasher *whole;
    uint8_t *head;
    size_t head_length;
    size_t head_room;
    wfs_chunk_row accepted;
    uint64_t bytes_max;
    wfs_status bytes_max_status;
    uint64_t space_checked; /* bytes for which there was room on the disk */
    uint64_t written;
    uint8_t first[WFS_TYPE_DETECT_BYTES];
    size_t first_length;
    bool is_type_checked;
    bool is_unplaced;
    bool is_append;
    bool is_all_or_nothing;
    bool is_cut;    /* what came is kept, whoever wants it to end */
    bool is_stored; /* the bytes are where they belong, only to be digested */
    bool is_named;  /* the loose file has its name */
    bool has_failed;
    wfs_chunk_done done;
    void *done_data;
};

/* Find or make the upload of chunk->spec, lock the chunk and choose its place,
 * or make it a repeat. */
wfs_status wfs_chunk_begin(wfs_chunk *chunk, wfs_error *error);

/* Whether what was told of the chunk agrees with the upload as `upload` says.
 */
wfs_status wfs_chunk_check_against(const wfs_chunk *chunk,
                                   const wfs_upload_row *upload,
                                   wfs_error *error);

/*
 * Whether the chunk is there: then chunk->accepted is it and `ret_exists` is
 * set. One that may be replaced counts as absent.
 */
wfs_status wfs_chunk_look(wfs_chunk *chunk, bool *ret_exists, wfs_error *error);

/* The same with the chunk's part open and locked, unless it exists.
 * WFS_ENOUPLOAD: the upload, found before, is no more. */
wfs_status wfs_chunk_lock_and_look(wfs_chunk *chunk, bool *ret_exists,
                                   wfs_error *error);

/* The same without having found the upload, if its row is known and nothing is
 * in the way; else false, and nothing has happened. */
bool wfs_chunk_look_known(wfs_chunk *chunk, bool *ret_exists);

/* The name of the part is durable before its first chunk is accepted. */
wfs_status wfs_chunk_sync_name(wfs_chunk *chunk, wfs_error *error);

/* Bytes that were written to one of the chunk's files. */
wfs_status wfs_chunk_read_back(const wfs_chunk *chunk, wfs_blob *blob,
                               uint64_t offset, uint8_t *buffer, size_t length,
                               wfs_error *error);

/* Copy the client's word into the chunk. */
void wfs_chunk_set_spec(wfs_chunk *chunk, const wfs_chunk_spec *spec);

/* What follows from the place: limits, digests, a file. */
wfs_status wfs_chunk_prepare(wfs_chunk *chunk, wfs_error *error);

/* The next bytes go where they belong, or are compared; without digests. */
wfs_status wfs_chunk_put(wfs_chunk *chunk, const void *bytes, size_t length,
                         wfs_error *error);

/* wfs_chunk_write without remembering a failure. */
wfs_status wfs_chunk_take(wfs_chunk *chunk, const void *bytes, size_t length,
                          wfs_error *error);

/* The first bytes decide; called with what there is when no more come. */
wfs_status wfs_chunk_check_type(wfs_chunk *chunk, wfs_error *error);

/* The next bytes of a chunk that is kept in the catalogue; with none: it is
 * one, and has room. */
wfs_status wfs_chunk_put_head(wfs_chunk *chunk, const uint8_t *bytes,
                              size_t length, wfs_error *error);

/* Enough free space for `length` more bytes and the reserve. */
wfs_status wfs_chunk_check_space(wfs_chunk *chunk, uint64_t length,
                                 wfs_error *error);

/* Make `chunk` a repeat of chunk->accepted. WFS_ECONFLICT if what was told of
 * it differs; WFS_ENOUPLOAD if its bytes are no longer there. */
wfs_status wfs_chunk_begin_compare(wfs_chunk *chunk, wfs_error *error);

/* The next bytes of a repeat. */
wfs_status wfs_chunk_compare(wfs_chunk *chunk, const uint8_t *bytes,
                             size_t length, wfs_error *error);

/* Undo what lies on the disk of a chunk that was not accepted. */
void wfs_chunk_undo(wfs_chunk *chunk);

/* Lock the chunk by its part, if need be out of the hands of a writer that has
 * received nothing for spec.take_over_ms. WFS_EBUSY. */
wfs_status wfs_chunk_lock(wfs_chunk *chunk, wfs_error *error);

/* The same at once or not at all. */
wfs_status wfs_chunk_try_lock(wfs_chunk *chunk, wfs_error *error);

/*
 * The chunk is the next one of `append` (NULL: of nothing), and its lock is
 * held: whoever else appends to the upload is told to end, and `append` can be
 * told so from now on, unless that is done already.
 */
void wfs_append_enter(wfs_append *append, const wfs_chunk *chunk);

/* Bytes have come; whether the chunk may go on: WFS_EBUSY (taken over),
 * WFS_EGONE, WFS_ECOMPLETE. */
wfs_status wfs_chunk_check_stop(wfs_chunk *chunk, wfs_error *error);

/* The same once more; from now on nobody can stop it. */
wfs_status wfs_chunk_seal(wfs_chunk *chunk, wfs_error *error);

/* After the last byte: length, type and digest, against what was told. */
wfs_status wfs_chunk_check_end(wfs_chunk *chunk, wfs_error *error);

/* Close and free; drops the lock. */
void wfs_chunk_free(wfs_chunk *chunk);

#endif
