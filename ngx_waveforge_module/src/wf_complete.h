/*
 * wf_complete.h - what the body of POST /recording/complete says.
 */
#ifndef WF_COMPLETE_H
#define WF_COMPLETE_H

#include "wf_value.h"
#include "wfstore/complete.h"

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
    bool salvage;
    const char *culprit;
} wf_complete;

void wf_complete_init(wf_complete *complete);
void wf_complete_release(wf_complete *complete);

/* A JSON object; members that are null or not ours are as if not there. */
wf_request_status wf_complete_parse_json(wf_complete *complete, wf_span text);

/* A urlencoded form of the same fields; empty ones are as if not there. */
wf_request_status wf_complete_parse_form(wf_complete *complete, wf_span form);

/* Strings of the result are those of `complete`. */
void wf_complete_get_spec(const wf_complete *complete,
                          wfs_complete_spec *ret_spec);

#endif
