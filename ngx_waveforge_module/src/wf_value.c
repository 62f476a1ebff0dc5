/*
 * wf_value.c - JSON that a client sent, read with types and limits.
 */
#include "wf_value.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DECODE_FLAGS (JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES | JSON_DECODE_ANY)
#define ENCODE_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(17))


/* A wf_value is a json_t under another name. */

static json_t *
unwrap(wf_value *value)
{
    return (json_t *) value;
}


wf_value *
wf_value_parse(wf_span text)
{
    return (wf_value *) json_loadb(text.bytes ? text.bytes : "", text.length,
                                   DECODE_FLAGS, NULL);
}


wf_value *
wf_value_from_text(wf_span text)
{
    return (wf_value *) json_stringn(text.bytes, text.length);
}


void
wf_value_close(wf_value *value)
{
    json_decref(unwrap(value));
}


bool
wf_value_is_object(wf_value *value)
{
    return json_is_object(unwrap(value));
}


bool
wf_value_is_null(wf_value *value)
{
    return json_is_null(unwrap(value));
}


wf_value *
wf_value_get(wf_value *object, const char *name)
{
    return (wf_value *) json_object_get(unwrap(object), name);
}


wf_request_status
wf_value_visit(wf_value *object, wf_value_visitor visit, void *data)
{
    const char *name;
    json_t *value;
    wf_request_status status = WF_REQUEST_OK;

    json_object_foreach(unwrap(object), name, value) {
        status = visit(data, name, (wf_value *) value);

        if (status != WF_REQUEST_OK) {
            break;
        }
    }

    return status;
}


wf_request_status
wf_value_read_text(wf_value *value, wf_span *ret_text)
{
    if (!json_is_string(unwrap(value))) {
        return WF_REQUEST_MALFORMED;
    }

    ret_text->bytes = json_string_value(unwrap(value));
    ret_text->length = json_string_length(unwrap(value));

    return WF_REQUEST_OK;
}


wf_request_status
wf_value_read_name(wf_value *value, char ret_name[WFS_NAME_MAX_BYTES + 1])
{
    wf_span text;
    wf_request_status status = wf_value_read_text(value, &text);

    if (status != WF_REQUEST_OK) {
        return status;
    }

    if (!wfs_name_is_valid(text.bytes, text.length)) {
        return WF_REQUEST_INVALID;
    }

    memcpy(ret_name, text.bytes, text.length + 1);

    return WF_REQUEST_OK;
}


wf_request_status
wf_value_read_bool(wf_value *value, bool *ret_answer)
{
    if (!json_is_boolean(unwrap(value))) {
        return WF_REQUEST_MALFORMED;
    }

    *ret_answer = json_is_true(unwrap(value));

    return WF_REQUEST_OK;
}


wf_request_status
wf_value_read_int(wf_value *value, int64_t least, int64_t *ret_number)
{
    if (!json_is_integer(unwrap(value))) {
        return WF_REQUEST_MALFORMED;
    }

    if (json_integer_value(unwrap(value)) < least) {
        return WF_REQUEST_INVALID;
    }

    *ret_number = json_integer_value(unwrap(value));

    return WF_REQUEST_OK;
}


wf_request_status
wf_value_read_seconds(wf_value *value, double *ret_seconds)
{
    double seconds = json_number_value(unwrap(value));

    if (!json_is_number(unwrap(value))) {
        return WF_REQUEST_MALFORMED;
    }

    if (!isfinite(seconds) || seconds < 0) {
        return WF_REQUEST_INVALID;
    }

    *ret_seconds = seconds;

    return WF_REQUEST_OK;
}


/* The library asks again; here it keeps the recursion of the encoder small. */
static bool
is_shallow(json_t *value, unsigned levels)
{
    size_t i;
    void *member;

    if (!json_is_object(value) && !json_is_array(value)) {
        return true;
    }

    if (levels == 0) {
        return false;
    }

    for (i = 0; i < json_array_size(value); i++) {
        if (!is_shallow(json_array_get(value, i), levels - 1)) {
            return false;
        }
    }

    for (member = json_object_iter(value); member != NULL;
         member = json_object_iter_next(value, member))
    {
        if (!is_shallow(json_object_iter_value(member), levels - 1)) {
            return false;
        }
    }

    return true;
}


wf_request_status
wf_value_read_metadata(wf_value *value, char **text, size_t *length)
{
    if (!wf_value_is_object(value)
        || !is_shallow(unwrap(value), WFS_METADATA_MAX_DEPTH))
    {
        return WF_REQUEST_MALFORMED;
    }

    free(*text);

    *text = json_dumps(unwrap(value), ENCODE_FLAGS);

    if (*text == NULL) {
        return WF_REQUEST_MALFORMED;
    }

    *length = strlen(*text);

    return *length > WFS_METADATA_MAX_BYTES ? WF_REQUEST_TOO_LARGE
                                            : WF_REQUEST_OK;
}
