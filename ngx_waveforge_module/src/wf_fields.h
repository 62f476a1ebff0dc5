/*
 * wf_fields.h - the fields that say which chunk a body is, from a query string
 * or from the parts of a form.
 */
#ifndef WF_FIELDS_H
#define WF_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "wf_query.h"
#include "wfstore/upload.h"

/* Decoded, no field of ours is longer. */
#define WF_FIELD_MAX_BYTES 1024

typedef enum wf_field_status {
    WF_FIELD_OK = 0,
    WF_FIELD_INVALID,
    WF_FIELD_INVALID_ID,
    WF_FIELD_MISSING
} wf_field_status;

/*
 * `culprit`  static name of the field that a status other than OK is about
 * `seen`     a bit per field
 */
typedef struct wf_fields {
    char id[WFS_ID_MAX_BYTES + 1];
    char name[WFS_NAME_MAX_BYTES + 1];
    uint64_t index;
    uint64_t total_chunks;
    uint64_t chunk_size;
    wfs_digest digest;
    bool is_provisional;
    unsigned seen;
    const char *culprit;
} wf_fields;

void wf_fields_init(wf_fields *fields);

/* Whether a field of this name is one of ours. */
bool wf_fields_is_known(const char *name);

/* Take one field. One that is not ours is ignored, a repeated one invalid. */
wf_field_status wf_fields_set(wf_fields *fields, wf_span name, wf_span value);

/* Take all fields of a query string. */
wf_field_status wf_fields_set_query(wf_fields *fields, wf_span query);

/* After the last: is all there that is needed, and does it fit together? */
wf_field_status wf_fields_check(wf_fields *fields);

/*
 * Whether every field has been told that says where the chunk goes. What may
 * come later (total, name, digest; wfs_chunk_amend) does not change it: with a
 * chunk size no chunk is provisional.
 */
bool wf_fields_have_place(const wf_fields *fields);

/* Fill `ret_spec`; its strings are those of `fields`. */
void wf_fields_get_spec(const wf_fields *fields, wfs_chunk_spec *ret_spec);

#endif
