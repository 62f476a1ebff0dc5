/*
 * catalogue_types.h - the rows of the catalogue, as values.
 *
 * What the store's files pass around without asking the catalogue anything;
 * catalogue.h says what can be asked.
 */
#ifndef WFS_CATALOGUE_TYPES_H
#define WFS_CATALOGUE_TYPES_H

#include "wfstore/wfstore.h"

/* A digest in the middle of its work, portable: words, count, tail. */
#define WFS_DIGEST_STATE_MAX_BYTES 112
typedef struct wfs_digest_state {
    uint8_t bytes[WFS_DIGEST_STATE_MAX_BYTES];
    size_t length; /* 0: none; the digest has to start at byte 0 */
} wfs_digest_state;

/* A chunk that lies in a file of its own until the gap before it closes. */
#define WFS_PLACE_LOOSE (-1)
/* The provisional chunk 0: its bytes are in the catalogue. */
#define WFS_PLACE_HEAD (-2)

/*
 * An upload. `row` is never used again for another one and names its files.
 * `placed_*` is where the tail is: chunks 0 ... placed_chunks - 1 lie in the
 * .part file without a gap and end at byte placed_bytes. `prefix_*` is how far
 * the whole-file digest has come (its state in `digest`); it never exceeds
 * what is there without a gap. `contiguous_*` is what is there without a gap,
 * wherever it lies.
 */
typedef struct wfs_upload_row {
    int64_t row;
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_NAME_MAX_BYTES + 1];
    uint64_t total_chunks; /* WFS_UNKNOWN */
    uint64_t chunk_size;   /* WFS_UNKNOWN: chunks of any size */
    int64_t created_ms;
    int64_t updated_ms;
    uint64_t received_chunks;
    uint64_t received_bytes;
    uint64_t contiguous_chunks;
    uint64_t contiguous_bytes;
    uint64_t placed_chunks;
    uint64_t placed_bytes;
    uint64_t prefix_chunks;
    uint64_t prefix_bytes;
    wfs_digest_state digest;
    uint64_t highest_index;  /* of the accepted ones; WFS_UNKNOWN: none */
    uint64_t head_bytes;     /* size of chunk 0 in the catalogue; 0: none */
    bool head_is_sealed;     /* chunk 0 in the catalogue may not change */
    bool is_created;         /* made for a client before its first chunk */
    bool is_visible;         /* exists for clients: created, or has a chunk */
    bool is_append;          /* bytes are appended, no client tells indexes */
    bool is_partial;         /* other uploads are made of it, no recording */
    bool is_salvaged;        /* takes no chunk any more: what is whole stays */
    uint64_t size_bytes;     /* of all of it, as declared; WFS_UNKNOWN */
    uint64_t reserved_bytes; /* kept for it, with what has arrived */
} wfs_upload_row;

/*
 * What an upload is made with before its first chunk. Strings are borrowed;
 * `name` and `metadata` (compact JSON, an object) may be NULL.
 */
typedef struct wfs_upload_spec {
    const char *id;
    const char *name;
    const char *metadata;
    uint64_t chunk_size;   /* WFS_UNKNOWN */
    uint64_t total_chunks; /* WFS_UNKNOWN */
    uint64_t size_bytes;   /* WFS_UNKNOWN */
    bool is_append;
    bool is_partial;
    const char *note;  /* NULL: none */
    wfs_limits limits; /* uploads_max and quota_bytes are heeded */
} wfs_upload_spec;

#define WFS_UPLOAD_SPEC_INIT                                                   \
    {                                                                          \
        NULL, NULL, NULL, WFS_UNKNOWN, WFS_UNKNOWN, WFS_UNKNOWN, false, false, \
            NULL, WFS_LIMITS_INIT                                              \
    }

typedef struct wfs_chunk_row {
    uint64_t index;
    uint64_t size_bytes;
    int64_t place; /* byte offset in the .part, or WFS_PLACE_… */
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    int64_t at_ms;
} wfs_chunk_row;

/* What an id stands for. */
typedef enum wfs_id_kind {
    WFS_ID_FREE = 0,
    WFS_ID_UPLOAD,
    WFS_ID_RECORDING,
    WFS_ID_GONE
} wfs_id_kind;

/*
 * A chunk to be accepted. The caller holds the chunk's lock and its bytes are
 * as durable as the store promises.
 *
 * `total_chunks`, `chunk_size`, `name`: what the request said, checked again
 *     against the row inside the transaction (another request may have been
 *     first). A chunk shorter than the row's chunk_size fixes the total as
 *     index + 1.
 * `head`, `head_is_sealed`: bytes of a chunk 0 kept in the catalogue (place is
 *     WFS_PLACE_HEAD); replaces an unsealed one of the same size.
 * `id`: the upload's, to tell what became of a row that is no more.
 * `digest`: state after this chunk if it was in step; written only if the
 *     row's prefix_chunks still equals `index`. length 0: not in step.
 * `is_synced`: false under durability `recording`: carries the boot id.
 * `quota_bytes`: of the store; 0: none.
 * `recording_max_bytes`: of the upload; 0: no limit. Chunks that come at once
 *     without a chunk size are only here looked at one after the other.
 */
typedef struct wfs_receipt_spec {
    int64_t row;
    const char *id;
    uint64_t index;
    uint64_t size_bytes;
    int64_t place;
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    uint64_t total_chunks;
    uint64_t chunk_size;
    const char *name;
    const uint8_t *head;
    bool head_is_sealed;
    wfs_digest_state digest;
    bool is_synced;
    uint64_t quota_bytes;
    uint64_t recording_max_bytes;
} wfs_receipt_spec;

/*
 * What became of it: WFS_OK, WFS_EGONE (the row is no more and the id has a
 * tombstone), WFS_ECOMPLETE, WFS_ENOUPLOAD, WFS_ECONFLICT, WFS_EQUOTA,
 * WFS_ETOOLARGE. `upload` is the row after this receipt. `catch_up`: this
 * receipt closed the gap at prefix_chunks and nobody digests what lies there:
 * the caller's process owes it a catch-up. (Without whole-file digests it comes
 * once and means nothing.)
 */
typedef struct wfs_receipt_result {
    wfs_error error; /* error.status is the outcome */
    bool existed;
    bool catch_up;
    wfs_upload_row upload; /* set if error.status is WFS_OK */
} wfs_receipt_result;

/* A recording with what only the store needs to know. */
typedef struct wfs_recording_row {
    int64_t seq;     /* order of completion */
    int64_t part;    /* upload row whose .part file it still is; 0: renamed */
    uint64_t chunks; /* it was made of; 0: not known */
    wfs_recording recording;
} wfs_recording_row;

typedef struct wfs_totals {
    uint64_t recordings;
    uint64_t recording_bytes;
    uint64_t uploads; /* visible ones */
    uint64_t upload_bytes;
    uint64_t reserved_bytes; /* by uploads, with what has arrived of them */
    uint64_t generation;     /* + 1 with each change to recordings */
    uint64_t damaged;        /* recordings whose file is missing or rotten */
} wfs_totals;

/*
 * `doubt_ms`      how long the clock has to go on without a jump until it is
 *                 believed again; 0: it is
 * `is_check_due`  the catalogue is being looked through, or waits for it
 * `is_broken`     and was found damaged
 * `oldest_ms`     when the oldest upload that clients see began; 0: none
 */
typedef struct wfs_catalogue_state {
    int64_t doubt_ms;
    bool is_check_due;
    bool is_broken;
    int64_t oldest_ms;
} wfs_catalogue_state;

/* Work a crash may have left, or that waits: told by next_repair. */
typedef enum wfs_repair_kind {
    WFS_REPAIR_NONE = 0,
    WFS_REPAIR_RENAME, /* recording `id` still lies in uploads/ */
    WFS_REPAIR_UNLINK  /* files of the deleted `id` may still be there */
} wfs_repair_kind;

typedef struct wfs_repair {
    wfs_repair_kind kind;
    char id[WFS_ID_MAX_BYTES + 1];
    char filename[WFS_FILENAME_BYTES]; /* "": an upload, it has none */
    int64_t part; /* row that names files in uploads/; 0: there are none */
} wfs_repair;

/*
 * A receipt that was not synced before the machine went down. Its bytes are to
 * be compared with `chunk.sha256`; without one they cannot be trusted.
 */
typedef struct wfs_unproven {
    wfs_upload_row upload;
    wfs_chunk_row chunk;
} wfs_unproven;

#endif
