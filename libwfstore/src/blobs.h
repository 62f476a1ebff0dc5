/*
 * blobs.h - where bytes lie, and how they are made durable.
 *
 * The second table of functions. A driver keeps the bytes of unfinished
 * uploads and of recordings; it knows no catalogue and decides nothing. An
 * upload has one part (all its chunks at their offsets) and, while gaps are
 * open, loose chunks beside it. Completing gives the part a recording's name.
 *
 *     uploads/<id>.<row>.part      the part of upload `row`
 *     uploads/<id>.<row>.<index>   a loose chunk of it
 *
 * A wfs_blob is one open file. It belongs to one thread at a time; a lock it
 * holds is dropped when it is closed and when its process dies. All functions
 * may sleep. Common failures: WFS_ENOSPC, WFS_EREADONLY, WFS_ECORRUPT (a
 * symbolic link where a file should be), WFS_EIO.
 *
 * Drivers: directory/.
 */
#ifndef WFS_BLOBS_H
#define WFS_BLOBS_H

#include "wfstore/wfstore.h"

typedef struct wfs_blobs wfs_blobs;
typedef struct wfs_blob wfs_blob;

/* Whose file: the upload's id and row. */
typedef struct wfs_blob_owner {
    const char *id;
    int64_t row;
} wfs_blob_owner;

/* The lock numbers of a part: one per chunk index, and one for whoever
 * digests or absorbs. All of them together mean completing. */
#define WFS_LOCK_DIGEST (UINT64_C(1) << 20)
#define WFS_LOCK_COUNT (WFS_LOCK_DIGEST + 1)

/* What lies in uploads/ (for tending). `index` WFS_UNKNOWN: a part. `row` 0:
 * a nameless chunk's file of a dead process. */
typedef struct wfs_leftover {
    char id[WFS_ID_MAX_BYTES + 1];
    int64_t row;
    uint64_t index;
    const char *filename;
} wfs_leftover;

typedef wfs_status (*wfs_leftover_visitor)(void *data,
                                           const wfs_leftover *leftover);

typedef wfs_status (*wfs_filename_visitor)(void *data, const char *filename);

typedef struct wfs_blobs_api {
    /* Closes and frees; no wfs_blob may be open. */
    void (*close)(wfs_blobs *blobs);

    /*
     * The part of an upload to read and write. `ret_is_new` (NULL: it must
     * exist) tells whether it was made just now. WFS_ENOUPLOAD: there is none.
     */
    wfs_status (*open_part)(wfs_blobs *blobs, wfs_blob_owner owner,
                            wfs_blob **ret_blob, bool *ret_is_new,
                            wfs_error *error);

    /* A loose chunk, to read. WFS_ENOUPLOAD: there is none. */
    wfs_status (*open_loose)(wfs_blobs *blobs, wfs_blob_owner owner,
                             uint64_t index, wfs_blob **ret_blob,
                             wfs_error *error);

    /* Bytes without a name; gone when closed unless kept by put_loose. */
    wfs_status (*open_nameless)(wfs_blobs *blobs, wfs_blob **ret_blob,
                                wfs_error *error);

    /* Accepts NULL. */
    void (*close_blob)(wfs_blob *blob);

    /* Take `count` locks from number `first` on, or WFS_EBUSY at once. */
    wfs_status (*lock)(wfs_blob *blob, uint64_t first, uint64_t count,
                       wfs_error *error);

    wfs_status (*write)(wfs_blob *blob, uint64_t offset, const void *bytes,
                        size_t length, wfs_error *error);

    /* `ret_length` is less than asked only at the end. */
    wfs_status (*read)(wfs_blob *blob, uint64_t offset, void *buffer,
                       size_t length, size_t *ret_length, wfs_error *error);

    /* Copy within the store without passing the bytes through, if it can. */
    wfs_status (*copy)(wfs_blob *from, uint64_t from_offset, wfs_blob *to,
                       uint64_t to_offset, uint64_t length, wfs_error *error);

    wfs_status (*get_size)(wfs_blob *blob, uint64_t *ret_size,
                           wfs_error *error);

    wfs_status (*truncate)(wfs_blob *blob, uint64_t size, wfs_error *error);

    /* The bytes are on stable storage. A failure is final: what was written
     * through this blob may be lost, whatever a repeat says. */
    wfs_status (*sync)(wfs_blob *blob, wfs_error *error);

    /* The names of unfinished uploads are on stable storage. */
    wfs_status (*sync_uploads)(wfs_blobs *blobs, wfs_error *error);

    /* Give a nameless blob its name as a loose chunk; replaces one that a dead
     * writer left. The caller holds the chunk's lock. */
    wfs_status (*put_loose)(wfs_blobs *blobs, wfs_blob *nameless,
                            wfs_blob_owner owner, uint64_t index,
                            wfs_error *error);

    /* Idempotent. */
    wfs_status (*remove_loose)(wfs_blobs *blobs, wfs_blob_owner owner,
                               uint64_t index, wfs_error *error);

    /* Remove the part and, if `with_loose`, all loose chunks. Idempotent. */
    wfs_status (*remove_upload)(wfs_blobs *blobs, wfs_blob_owner owner,
                                bool with_loose, wfs_error *error);

    /*
     * The part becomes recording `filename`, durably. Idempotent: a recording
     * of that name stays what it is. WFS_ENORECORDING: there is neither.
     */
    wfs_status (*put_recording)(wfs_blobs *blobs, wfs_blob_owner owner,
                                const char *filename, wfs_error *error);

    /*
     * A recording to be read. `owner.row` not 0: its file may still be that
     * part; with `filename` "" nothing else. WFS_ENORECORDING: there is no
     * file.
     */
    wfs_status (*open_recording)(wfs_blobs *blobs, wfs_blob_owner owner,
                                 const char *filename, wfs_blob_ref *ret_ref,
                                 wfs_error *error);

    /* Unlink it under both names, durably. Idempotent. */
    wfs_status (*remove_recording)(wfs_blobs *blobs, wfs_blob_owner owner,
                                   const char *filename, wfs_error *error);

    /* Free bytes of the disk for an unprivileged user. */
    wfs_status (*get_free)(wfs_blobs *blobs, uint64_t *ret_bytes,
                           wfs_error *error);

    /* Write and sync something small and nameless. */
    wfs_status (*probe)(wfs_blobs *blobs, wfs_error *error);

    /* Visit what lies in uploads/, in no order, until `visit` fails. */
    wfs_status (*visit_leftovers)(wfs_blobs *blobs, wfs_leftover_visitor visit,
                                  void *data, wfs_error *error);

    /* Visit the names where recordings lie, whatever they are, in no order,
     * until `visit` fails. */
    wfs_status (*visit_recordings)(wfs_blobs *blobs, wfs_filename_visitor visit,
                                   void *data, wfs_error *error);

    /* Remove a leftover by the name it was visited with. Idempotent. One of a
     * nameless chunk stays while its writer lives: WFS_EBUSY. */
    wfs_status (*remove_leftover)(wfs_blobs *blobs, const char *filename,
                                  wfs_error *error);
} wfs_blobs_api;

struct wfs_blobs {
    const wfs_blobs_api *api;
};

#endif
