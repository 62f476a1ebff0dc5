/*
 * error.h - what can go wrong, and how a caller is told.
 *
 * Every function that can fail returns a wfs_status: WFS_OK (0) or one of the
 * negative codes below. A function that fails leaves its output parameters and
 * the store as they were, unless its description says otherwise.
 *
 * Functions that can fail for reasons worth telling take a `wfs_error *` as
 * their very last parameter. It is the caller's, of fixed size, and may be
 * NULL. It is written on failure only.
 */
#ifndef WFSTORE_ERROR_H
#define WFSTORE_ERROR_H

#include <stdint.h>

#if defined(__GNUC__)
#define WFS_PUBLIC __attribute__((visibility("default")))
#else
#define WFS_PUBLIC
#endif

typedef enum wfs_status {
    WFS_OK = 0,

    /* The request itself is wrong; repeating it cannot help. */
    WFS_EINVAL = -1,    /* an argument out of range or malformed */
    WFS_EID = -2,       /* an id outside [A-Za-z0-9_-]{1,64} */
    WFS_EEMPTY = -3,    /* a chunk without bytes */
    WFS_EFORMAT = -4,   /* JSON that cannot be read, or is too deep */
    WFS_ECURSOR = -5,   /* a list cursor that is broken or of another list */
    WFS_ETOOLARGE = -6, /* chunk, upload or metadata above its limit */
    WFS_ETOOMANY = -7,  /* more than WFS_CHUNKS_MAX chunks */
    WFS_ETYPE = -8,     /* content is not audio, or not of an allowed type */

    /* The request contradicts what the store holds. */
    WFS_ECONFLICT = -20, /* other bytes, total or chunk size than before */
    WFS_EMISSING = -21,  /* completing: chunks or the total are missing */
    WFS_EDIGEST = -22,   /* the bytes do not have the digest given */
    WFS_ECOMPLETE = -23, /* the upload is a finished recording already */
    WFS_EGONE = -24,     /* the id was deleted */
    WFS_ENOUPLOAD = -25, /* no such upload */
    WFS_ENORECORDING = -26,
    WFS_ECHANGED = -27, /* If-Match names another state of the recording */

    /* Now is a bad time; the same request may succeed later. */
    WFS_EBUSY = -40,    /* a live writer has this chunk, or completing runs */
    WFS_ENOSPC = -41,   /* the disk or its reserve would be exceeded */
    WFS_EUPLOADS = -42, /* too many unfinished uploads */
    WFS_ELOCKED = -43,  /* the catalogue was busy for longer than its limit */
    WFS_EQUOTA = -44,   /* the store's quota would be exceeded */

    /* The store or the machine failed. */
    WFS_EIO = -60,
    WFS_ENOMEM = -61,
    WFS_ECORRUPT = -62,  /* the catalogue or a file is not as it was written */
    WFS_EVERSION = -63,  /* the store was made by a newer version */
    WFS_ENOSTORE = -64,  /* no store there and none may be made */
    WFS_EREADONLY = -65, /* no permission to write */
    WFS_ECANCELED = -66  /* ended by its owner: discarded, store closed */
} wfs_status;

#define WFS_ERROR_DETAIL_BYTES 240

/*
 * `detail`   a sentence for the client: no path, no errno text; may be ""
 * `step`     for the log: static text naming the call that failed, or NULL
 * `os_error` for the log: errno or SQLite's extended code (see `step`), or 0
 * `expected`, `got`  for WFS_ECONFLICT, WFS_ETOOLARGE: the two numbers, else 0
 */
typedef struct wfs_error {
    wfs_status status;
    int os_error;
    const char *step;
    uint64_t expected;
    uint64_t got;
    char detail[WFS_ERROR_DETAIL_BYTES];
} wfs_error;

#define WFS_ERROR_INIT                                                         \
    {                                                                          \
        WFS_OK, 0, (void *)0, 0, 0, ""                                         \
    }

/* The name of a code for logs ("WFS_EBUSY"); static, never NULL. */
WFS_PUBLIC const char *wfs_status_name(wfs_status status);

#endif
