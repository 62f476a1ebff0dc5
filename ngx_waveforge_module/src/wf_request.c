/*
 * wf_request.c - what the JSON bodies of requests say.
 */
#include "wf_request.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wf_number.h"

typedef wf_request_status (*member_reader)(wf_complete *complete,
                                           const json_t *value);

#define DECODE_FLAGS (JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES)
#define ENCODE_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(17))


void
wf_complete_init(wf_complete *complete)
{
    memset(complete, 0, sizeof(*complete));
    complete->total_chunks = WFS_UNKNOWN;
    complete->size_bytes = WFS_UNKNOWN;
}


void
wf_complete_release(wf_complete *complete)
{
    free(complete->metadata);
    complete->metadata = NULL;
}


/* The library asks again; here it keeps the recursion of the encoder small. */
static bool
is_shallow(const json_t *value, unsigned levels)
{
    size_t i;
    void *iterator;

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

    for (iterator = json_object_iter((json_t *) (uintptr_t) value);
         iterator != NULL;
         iterator = json_object_iter_next((json_t *) (uintptr_t) value,
                                          iterator))
    {
        if (!is_shallow(json_object_iter_value(iterator), levels - 1)) {
            return false;
        }
    }

    return true;
}


static wf_request_status
copy_object(const json_t *value, char **ret_text, size_t *ret_length)
{
    if (!json_is_object(value) || !is_shallow(value, WFS_METADATA_MAX_DEPTH)) {
        return WF_REQUEST_MALFORMED;
    }

    free(*ret_text);

    *ret_text = json_dumps(value, ENCODE_FLAGS);
    *ret_length = *ret_text ? strlen(*ret_text) : 0;

    if (*ret_text == NULL) {
        return WF_REQUEST_MALFORMED;
    }

    return *ret_length > WFS_METADATA_MAX_BYTES ? WF_REQUEST_TOO_LARGE
                                                : WF_REQUEST_OK;
}


static wf_request_status
read_id(wf_complete *complete, const json_t *value)
{
    size_t length = json_string_length(value);

    if (!json_is_string(value)) {
        return WF_REQUEST_MALFORMED;
    }

    if (!wfs_id_is_valid(json_string_value(value), length)
        || (complete->id[0]
            && strcmp(complete->id, json_string_value(value)) != 0))
    {
        return WF_REQUEST_INVALID_ID;
    }

    memcpy(complete->id, json_string_value(value), length);

    return WF_REQUEST_OK;
}


static wf_request_status
copy_name(const json_t *value, char *name)
{
    size_t length = json_string_length(value);

    if (!json_is_string(value)) {
        return WF_REQUEST_MALFORMED;
    }

    if (!wfs_name_is_valid(json_string_value(value), length)) {
        return WF_REQUEST_INVALID;
    }

    memcpy(name, json_string_value(value), length + 1);

    return WF_REQUEST_OK;
}


static wf_request_status
read_name(wf_complete *complete, const json_t *value)
{
    if (json_is_string(value) && json_string_length(value) == 0) {
        return WF_REQUEST_OK;
    }

    return copy_name(value, complete->name);
}


static wf_request_status
read_count(const json_t *value, json_int_t least, uint64_t *ret_count)
{
    if (!json_is_integer(value)) {
        return WF_REQUEST_MALFORMED;
    }

    if (json_integer_value(value) < least) {
        return WF_REQUEST_INVALID;
    }

    *ret_count = (uint64_t) json_integer_value(value);

    return WF_REQUEST_OK;
}


static wf_request_status
read_total(wf_complete *complete, const json_t *value)
{
    return read_count(value, 1, &complete->total_chunks);
}


static wf_request_status
read_size(wf_complete *complete, const json_t *value)
{
    return read_count(value, 0, &complete->size_bytes);
}


static wf_request_status
read_sha256(wf_complete *complete, const json_t *value)
{
    if (!json_is_string(value)) {
        return WF_REQUEST_MALFORMED;
    }

    complete->has_sha256 = wf_hex_parse(json_string_value(value),
                                        json_string_length(value),
                                        complete->sha256, WFS_SHA256_BYTES);

    return complete->has_sha256 ? WF_REQUEST_OK : WF_REQUEST_INVALID;
}


static wf_request_status
read_duration(wf_complete *complete, const json_t *value)
{
    double seconds = json_number_value(value);

    if (!json_is_number(value)) {
        return WF_REQUEST_MALFORMED;
    }

    if (!isfinite(seconds) || seconds < 0) {
        return WF_REQUEST_INVALID;
    }

    complete->has_duration = true;
    complete->duration_seconds = seconds;

    return WF_REQUEST_OK;
}


static wf_request_status
read_timestamp(wf_complete *complete, const json_t *value)
{
    if (!json_is_integer(value)) {
        return WF_REQUEST_MALFORMED;
    }

    complete->has_timestamp = true;
    complete->timestamp_ms = json_integer_value(value);

    return WF_REQUEST_OK;
}


static wf_request_status
read_metadata(wf_complete *complete, const json_t *value)
{
    return copy_object(value, &complete->metadata,
                       &complete->metadata_length);
}


/* `is_text`: in a form the value is a string already, not JSON. */
static const struct {
    const char *name;
    member_reader read;
    bool is_text;
} members[] = {
    {"file_id", read_id, true},
    {"session_id", read_id, true},
    {"file_name", read_name, true},
    {"total_chunks", read_total, false},
    {"size", read_size, false},
    {"sha256", read_sha256, true},
    {"duration", read_duration, false},
    {"timestamp", read_timestamp, false},
    {"metadata", read_metadata, false},
};

#define MEMBERS (sizeof(members) / sizeof(members[0]))


static wf_request_status
require_id(wf_complete *complete)
{
    if (complete->id[0] == '\0') {
        complete->culprit = "file_id";
        return WF_REQUEST_MISSING;
    }

    return WF_REQUEST_OK;
}


static wf_request_status
read_members(wf_complete *complete, const json_t *object)
{
    size_t i;

    for (i = 0; i < MEMBERS; i++) {
        const json_t *value = json_object_get(object, members[i].name);
        wf_request_status status;

        if (value == NULL || json_is_null(value)) {
            continue;
        }

        status = members[i].read(complete, value);

        if (status != WF_REQUEST_OK) {
            complete->culprit = members[i].name;
            return status;
        }
    }

    return require_id(complete);
}


wf_request_status
wf_complete_parse_json(wf_complete *complete, const char *text, size_t length)
{
    wf_request_status status;
    json_t *object = json_loadb(text, length, DECODE_FLAGS, NULL);

    if (!json_is_object(object)) {
        json_decref(object);
        complete->culprit = "the body";
        return WF_REQUEST_MALFORMED;
    }

    status = read_members(complete, object);
    json_decref(object);

    return status;
}


static wf_request_status
read_field(wf_complete *complete, size_t i, wf_span value)
{
    wf_request_status status;
    json_t *json = members[i].is_text
                   ? json_stringn(value.bytes, value.length)
                   : json_loadb(value.bytes, value.length,
                                DECODE_FLAGS | JSON_DECODE_ANY, NULL);

    complete->culprit = members[i].name;

    if (json == NULL) {
        return WF_REQUEST_MALFORMED;
    }

    status = members[i].read(complete, json);
    json_decref(json);

    return status;
}


static wf_request_status
take_field(wf_complete *complete, wf_span name, wf_span encoded)
{
    size_t i;
    wf_span value = {NULL, 0};
    wf_request_status status = WF_REQUEST_OK;

    for (i = 0; i < MEMBERS; i++) {
        if (wf_span_is(name, members[i].name)) {
            break;
        }
    }

    if (i < MEMBERS && encoded.length > 0) {
        char *decoded = malloc(encoded.length + 1);

        value.bytes = decoded;
        status = decoded
                         && wf_query_decode(encoded, decoded,
                                            encoded.length + 1, &value.length)
                     ? read_field(complete, i, value) : WF_REQUEST_MALFORMED;
        complete->culprit = members[i].name;
        free(decoded);
    }

    return status;
}


wf_request_status
wf_complete_parse_form(wf_complete *complete, wf_span form)
{
    wf_span name, value;
    wf_request_status status;

    while (wf_query_next(&form, &name, &value)) {
        status = take_field(complete, name, value);

        if (status != WF_REQUEST_OK) {
            return status;
        }
    }

    return require_id(complete);
}


void
wf_complete_get_spec(const wf_complete *complete, wfs_complete_spec *ret_spec)
{
    *ret_spec = (wfs_complete_spec) WFS_COMPLETE_SPEC_INIT;

    ret_spec->id = complete->id;
    ret_spec->name = complete->name[0] ? complete->name : NULL;
    ret_spec->total_chunks = complete->total_chunks;
    ret_spec->size_bytes = complete->size_bytes;
    ret_spec->has_sha256 = complete->has_sha256;
    memcpy(ret_spec->sha256, complete->sha256, WFS_SHA256_BYTES);
    ret_spec->has_duration = complete->has_duration;
    ret_spec->duration_seconds = complete->duration_seconds;
    ret_spec->has_timestamp = complete->has_timestamp;
    ret_spec->timestamp_ms = complete->timestamp_ms;
    ret_spec->metadata = complete->metadata;
    ret_spec->metadata_length = complete->metadata_length;
}


void
wf_patch_release(wf_patch *patch)
{
    free(patch->metadata);
    patch->metadata = NULL;
}


static wf_request_status
patch_member(wf_patch *patch, const char *key, const json_t *value)
{
    if (strcmp(key, "name") == 0) {
        patch->culprit = "name";
        patch->has_name = true;

        return json_is_null(value) ? WF_REQUEST_INVALID
                                   : copy_name(value, patch->name);
    }

    if (strcmp(key, "metadata") == 0) {
        patch->culprit = "metadata";
        patch->removes_metadata = json_is_null(value);

        return patch->removes_metadata
               ? WF_REQUEST_OK
               : copy_object(value, &patch->metadata,
                             &patch->metadata_length);
    }

    patch->culprit = "a member other than name and metadata";

    return WF_REQUEST_INVALID;
}


wf_request_status
wf_patch_parse(wf_patch *patch, const char *text, size_t length)
{
    wf_request_status status = WF_REQUEST_OK;
    const char *key;
    json_t *object, *value;

    memset(patch, 0, sizeof(*patch));
    patch->culprit = "the body";

    object = json_loadb(text, length, DECODE_FLAGS, NULL);

    if (!json_is_object(object)) {
        status = WF_REQUEST_MALFORMED;
    }

    json_object_foreach(object, key, value) {
        status = patch_member(patch, key, value);

        if (status != WF_REQUEST_OK) {
            break;
        }
    }

    json_decref(object);

    return status;
}
