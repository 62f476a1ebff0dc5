/*
 * wf_patch.h - what the body of PATCH /recording/{id} says (RFC 7396).
 */
#ifndef WF_PATCH_H
#define WF_PATCH_H

#include "wf_value.h"

/*
 * `metadata`  a merge patch as compact JSON text, new, or NULL
 * `culprit`   static: what a status other than OK is about
 */
typedef struct wf_patch {
    bool has_name;
    char name[WFS_NAME_MAX_BYTES + 1];
    char *metadata;
    size_t metadata_length;
    bool removes_metadata;
    const char *culprit;
} wf_patch;

void wf_patch_release(wf_patch *patch);

/* A merge patch of `name` and `metadata`, nothing else. */
wf_request_status wf_patch_parse(wf_patch *patch, wf_span text);

#endif
