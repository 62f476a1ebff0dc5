/*
 * wf_upload_limit.h - the Upload-Limit header of resumable uploads
 * (draft-ietf-httpbis-resumable-upload, section 4.1.4).
 */
#ifndef WF_UPLOAD_LIMIT_H
#define WF_UPLOAD_LIMIT_H

#include <stddef.h>
#include <stdint.h>

/* In bytes and seconds; WFS_UNKNOWN: there is no such limit. */
typedef struct wf_upload_limit {
    uint64_t max_size;
    uint64_t max_append_size;
    uint64_t max_age;
} wf_upload_limit;

#define WF_UPLOAD_LIMIT_BYTES                                                 \
    sizeof("max-size=999999999999999, max-append-size=999999999999999, "      \
           "max-age=999999999999999")

/*
 * Write it, with a zero after it; returns its length. Without any limit it is
 * "min-size=0": a header of no members could not be sent. What is larger than
 * the header's integers limits nothing.
 */
size_t wf_upload_limit_format(const wf_upload_limit *limit,
                              char text[WF_UPLOAD_LIMIT_BYTES]);

#endif
