/*
 * types.h - the plain values that cross the library's border.
 *
 * Units are in the names: bytes, ms (Unix milliseconds where a moment is
 * meant, else a span), seconds for durations of audio. Text is UTF-8 and ends
 * with a zero. A struct that owns memory has a _release; the rest is flat and
 * may be copied.
 */
#ifndef WFSTORE_TYPES_H
#define WFSTORE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "wfstore/error.h"

#define WFS_ID_MAX_BYTES 64
#define WFS_NAME_MAX_BYTES 255
#define WFS_METADATA_MAX_BYTES 65536
#define WFS_METADATA_MAX_DEPTH 32
#define WFS_CHUNKS_MAX 1000000
#define WFS_HEAD_MAX_BYTES 65536 /* a provisional chunk 0 */
#define WFS_RANGES_MAX 1000      /* ranges told in one wfs_upload_info */
#define WFS_SHA256_BYTES 32
#define WFS_SHA512_BYTES 64
#define WFS_SHA1_BYTES 20
#define WFS_FILENAME_BYTES 112 /* "recording_<15>_<64>.<ext>" and its zero */

/* "Not known" for a number of bytes, chunks or a moment. */
#define WFS_UNKNOWN UINT64_MAX

/* Whether `id` (not zero-terminated) is [A-Za-z0-9_-]{1,64}. */
WFS_PUBLIC bool wfs_id_is_valid(const char *id, size_t length);

/*
 * Whether `name` may be a display name: valid UTF-8, 1 to WFS_NAME_MAX_BYTES
 * bytes, no control characters (C0, C1, DEL) and no bidirectional formatting
 * characters (U+061C, U+200E, U+200F, U+202A-202E, U+2066-2069).
 */
WFS_PUBLIC bool wfs_name_is_valid(const char *name, size_t length);

typedef enum wfs_digest_kind {
    WFS_DIGEST_NONE = 0,
    WFS_DIGEST_SHA256,
    WFS_DIGEST_SHA512,
    WFS_DIGEST_SHA1 /* for protocols that want it */
} wfs_digest_kind;

typedef struct wfs_digest {
    wfs_digest_kind kind;
    uint8_t bytes[WFS_SHA512_BYTES]; /* the first wfs_digest_get_length() */
} wfs_digest;

/* The containers told apart by their first bytes; a bit each in a type mask. */
typedef enum wfs_type {
    WFS_TYPE_UNKNOWN = 0,
    WFS_TYPE_WEBM = 1 << 0,
    WFS_TYPE_MATROSKA = 1 << 1,
    WFS_TYPE_OGG = 1 << 2,
    WFS_TYPE_MP4 = 1 << 3,
    WFS_TYPE_WAV = 1 << 4,
    WFS_TYPE_FLAC = 1 << 5,
    WFS_TYPE_MP3 = 1 << 6,
    WFS_TYPE_AAC = 1 << 7,
    WFS_TYPE_AIFF = 1 << 8,
    WFS_TYPE_CAF = 1 << 9
} wfs_type;

#define WFS_TYPES_AUDIO 0x3ffu   /* every type above */
#define WFS_TYPES_ANY UINT32_MAX /* no check: also what is not known */

/* Inclusive. */
typedef struct wfs_range {
    uint64_t first;
    uint64_t last;
} wfs_range;

/* How far a long call has come. False cancels it: WFS_ECANCELED. */
typedef bool (*wfs_progress)(void *data, uint64_t done_bytes,
                             uint64_t total_bytes);

/*
 * The limits a request is measured against; they belong to the caller's
 * configuration, not to the store, and go with each call. 0: no limit, except
 * `types`, where WFS_TYPES_ANY lifts the check.
 */
typedef struct wfs_limits {
    uint64_t chunk_max_bytes;
    uint64_t recording_max_bytes;
    uint64_t reserve_bytes; /* free space of the disk that stays free */
    uint64_t quota_bytes;   /* of all recordings and reservations */
    uint64_t uploads_max;
    uint32_t types; /* mask of wfs_type */
} wfs_limits;

#define WFS_LIMITS_INIT                                                        \
    {                                                                          \
        0, 0, 0, 0, 0, WFS_TYPES_AUDIO                                         \
    }

/*
 * A finished recording. `metadata` is compact JSON text, an object; new,
 * released by wfs_recording_release. Strings are "" and numbers 0 where a
 * has_ flag says there is none.
 */
typedef struct wfs_recording {
    char id[WFS_ID_MAX_BYTES + 1];
    char filename[WFS_FILENAME_BYTES];
    char name[WFS_NAME_MAX_BYTES + 1];
    int64_t timestamp_ms;
    int64_t stored_ms;
    uint64_t size_bytes;
    bool has_duration;
    double duration_seconds;
    char mime_type[32];
    char codec[16];       /* "" if not known */
    uint32_t channels;    /* 0 if not known */
    uint32_t sample_rate; /* 0 if not known */
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    char *metadata;
} wfs_recording;

#define WFS_RECORDING_INIT                                                     \
    {                                                                          \
        0                                                                      \
    }

WFS_PUBLIC void wfs_recording_release(wfs_recording *recording);

/*
 * Where bytes to be sent lie. `fd` is read-only, the caller's, closed by
 * wfs_blob_ref_release; the kernel keeps the bytes alive while it is open,
 * whatever is deleted meanwhile. (A store on other storage would tell a URL
 * here; today there is only the descriptor.)
 */
typedef struct wfs_blob_ref {
    int fd; /* -1: none */
    uint64_t size_bytes;
    time_t modified; /* seconds since 1970 */
} wfs_blob_ref;

#define WFS_BLOB_REF_INIT                                                      \
    {                                                                          \
        -1, 0, 0                                                               \
    }

WFS_PUBLIC void wfs_blob_ref_release(wfs_blob_ref *blob);

#endif
