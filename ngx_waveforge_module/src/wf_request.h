/*
 * wf_request.h - what the bodies of POST /recording/complete and PATCH
 * /recording/{id} say. The one place that knows jansson.
 */
#ifndef WF_REQUEST_H
#define WF_REQUEST_H

#include "wf_query.h"
#include "wfstore/recording.h"
#include "wfstore/upload.h"

typedef enum wf_request_status {
    WF_REQUEST_OK = 0,
    WF_REQUEST_MALFORMED, /* no JSON, or a value of another type */
    WF_REQUEST_INVALID_ID,
    WF_REQUEST_INVALID,
    WF_REQUEST_MISSING,
    WF_REQUEST_TOO_LARGE /* metadata */
} wf_request_status;

/*
 * `metadata`  compact JSON text of an object, new, or NULL
 * `culprit`   static: what a status other than OK is about
 */
typedef struct wf_complete {
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_NAME_MAX_BYTES + 1];
    uint64_t total_chunks;
    uint64_t size_bytes;
    bool has_sha256;
    uint8_t sha256[WFS_SHA256_BYTES];
    bool has_duration;
    double duration_seconds;
    bool has_timestamp;
    int64_t timestamp_ms;
    char *metadata;
    size_t metadata_length;
    const char *culprit;
} wf_complete;

void wf_complete_init(wf_complete *complete);
void wf_complete_release(wf_complete *complete);

/* A JSON object; members that are null or not ours are as if not there. */
wf_request_status wf_complete_parse_json(wf_complete *complete,
                                         const char *text, size_t length);

/* A urlencoded form of the same fields. */
wf_request_status wf_complete_parse_form(wf_complete *complete,
                                         wf_span form);

/* Strings of the result are those of `complete`. */
void wf_complete_get_spec(const wf_complete *complete,
                          wfs_complete_spec *ret_spec);

typedef struct wf_patch {
    char name[WFS_NAME_MAX_BYTES + 1];
    bool has_name;
    char *metadata; /* new, or NULL */
    size_t metadata_length;
    bool removes_metadata;
    const char *culprit;
} wf_patch;

void wf_patch_release(wf_patch *patch);

/* A merge patch (RFC 7396) of `name` and `metadata`, nothing else. */
wf_request_status wf_patch_parse(wf_patch *patch, const char *text,
                                 size_t length);

#endif
