/*
 * wf_value.h - JSON that a client sent, read with types and limits. The one
 * place that knows jansson.
 */
#ifndef WF_VALUE_H
#define WF_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wf_query.h"
#include "wfstore/types.h"

typedef struct wf_value wf_value;

/* What is wrong with a member of a request. */
typedef enum wf_request_status {
    WF_REQUEST_OK = 0,
    WF_REQUEST_MALFORMED, /* no JSON, or a value of another type */
    WF_REQUEST_INVALID_ID,
    WF_REQUEST_INVALID,
    WF_REQUEST_MISSING,
    WF_REQUEST_TOO_LARGE /* metadata */
} wf_request_status;

/*
 * Parse JSON text: any value, integers within int64, no name twice in an
 * object. New, or NULL; ends with wf_value_close. Values got from it are
 * borrowed.
 */
wf_value *wf_value_parse(wf_span text);

/* A string that is not JSON. New, or NULL: it is not UTF-8. */
wf_value *wf_value_from_text(wf_span text);

/* Accepts NULL. */
void wf_value_close(wf_value *value);

bool wf_value_is_object(wf_value *value);
bool wf_value_is_null(wf_value *value);

/* A member of an object, or NULL. */
wf_value *wf_value_get(wf_value *object, const char *name);

/*
 * Call `visit` for each member of an object until it returns another status
 * than WF_REQUEST_OK, which is returned.
 */
typedef wf_request_status (*wf_value_visitor)(void *data, const char *name,
                                              wf_value *value);
wf_request_status wf_value_visit(wf_value *object,
                                 wf_value_visitor visit, void *data);

/* The bytes of a string; zero-terminated, but may have zeros in them. */
wf_request_status wf_value_read_text(wf_value *value,
                                     wf_span *ret_text);

/* A display name (wfs_name_is_valid) with its zero. */
wf_request_status wf_value_read_name(wf_value *value,
                                     char ret_name[WFS_NAME_MAX_BYTES + 1]);

/* Nothing but true and false. */
wf_request_status wf_value_read_bool(wf_value *value, bool *ret_answer);

wf_request_status wf_value_read_int(wf_value *value, int64_t least,
                                    int64_t *ret_number);

/* Finite and not negative. */
wf_request_status wf_value_read_seconds(wf_value *value,
                                        double *ret_seconds);

/*
 * An object as compact JSON text within the limits of metadata. `*text` is
 * replaced: new, free() it.
 */
wf_request_status wf_value_read_metadata(wf_value *value, char **text,
                                         size_t *length);

#endif
