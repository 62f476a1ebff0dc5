/*
 * wf_multipart.h - a streaming parser of multipart/form-data (RFC 7578, 2046).
 *
 * It gets the body as it comes, in pieces of any size, and tells parts and
 * their bytes without keeping them: what it keeps is the header lines of one
 * part, at most WF_MULTIPART_HEADER_BYTES.
 *
 *     wf_multipart_init(&mp, boundary, length);
 *     for each piece of the body:
 *         while ((event = wf_multipart_next(&mp, &pos, last, &data))
 *                != WF_MULTIPART_MORE) ...
 *
 * A body is whole if WF_MULTIPART_END was seen; what follows it is skipped.
 */
#ifndef WF_MULTIPART_H
#define WF_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "wf_delimiter.h"

#define WF_MULTIPART_HEADER_BYTES 4096
#define WF_MULTIPART_NAME_BYTES 64

typedef enum wf_multipart_event {
    WF_MULTIPART_MORE = 0, /* the piece is used up */
    WF_MULTIPART_PART,     /* a part begins, it is called `name` */
    WF_MULTIPART_DATA,     /* bytes of that part, possibly in many pieces */
    WF_MULTIPART_PART_END,
    WF_MULTIPART_END,
    WF_MULTIPART_MALFORMED
} wf_multipart_event;

typedef enum wf_multipart_state {
    WF_MULTIPART_IN_PREAMBLE = 0,
    WF_MULTIPART_AFTER_BOUNDARY,
    WF_MULTIPART_IN_HEADER,
    WF_MULTIPART_IN_DATA,
    WF_MULTIPART_IN_EPILOGUE,
    WF_MULTIPART_BROKEN
} wf_multipart_state;

/*
 * `name`  of the part that has begun, zero-terminated
 */
typedef struct wf_multipart {
    char name[WF_MULTIPART_NAME_BYTES + 1];

    wf_multipart_state state;
    wf_delimiter delimiter;
    char tail[2];
    size_t tail_length;
    bool is_in_part;
    bool has_name;
    char header[WF_MULTIPART_HEADER_BYTES];
    size_t header_length;
    size_t line;
} wf_multipart;

/*
 * `content_type` is the value of the header. False: not multipart/form-data
 * with a boundary of 1 to 70 bytes.
 */
bool wf_multipart_init(wf_multipart *mp, const char *content_type,
                       size_t length);

/*
 * Go on at `*pos`, which is moved; `data` is set with WF_MULTIPART_DATA and
 * points into the piece or into `mp`, valid until the piece is given up.
 */
wf_multipart_event wf_multipart_next(wf_multipart *mp, const char **pos,
                                     const char *last, wf_span *ret_data);

/* Whether a Content-Type begins with multipart/form-data. */
bool wf_multipart_is_type(const char *content_type, size_t length);

#endif
