/*
 * wf_delimiter.h - finds the delimiter of a multipart body (CRLF "--" boundary)
 * in bytes that come in pieces, without keeping any.
 *
 * A boundary cannot contain a carriage return, so a delimiter that matched in
 * part and then failed cannot begin anew within what matched: these bytes are
 * data, and since they equal the delimiter's first ones they need not be kept.
 */
#ifndef WF_DELIMITER_H
#define WF_DELIMITER_H

#include "wf_query.h"

#define WF_BOUNDARY_BYTES 70

/* `matched`: how much of `bytes` the last piece ended with. */
typedef struct wf_delimiter {
    char bytes[WF_BOUNDARY_BYTES + 4];
    size_t length;
    size_t matched;
} wf_delimiter;

typedef enum wf_delimiter_found {
    WF_DELIMITER_MORE = 0, /* the piece is used up */
    WF_DELIMITER_DATA,     /* bytes before any delimiter */
    WF_DELIMITER_PASSED    /* `*pos` is behind the delimiter */
} wf_delimiter_found;

/* False: the boundary is empty, too long or has a carriage return. */
bool wf_delimiter_init(wf_delimiter *delimiter, wf_span boundary);

/*
 * Go on at `*pos`, which is moved. `ret_data` is set with WF_DELIMITER_DATA and
 * points into the piece or into `delimiter`.
 */
wf_delimiter_found wf_delimiter_next(wf_delimiter *delimiter, const char **pos,
                                     const char *last, wf_span *ret_data);

#endif
