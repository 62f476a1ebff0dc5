/*
 * wf_complete.c - what the body of POST /recording/complete says.
 */
#include "wf_complete.h"

#include <stdlib.h>
#include <string.h>

#include "wf_number.h"

typedef wf_request_status (*member_reader)(wf_complete *complete,
                                           wf_value *value);


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


/* Twice, under both of its names, it must be the same. */
static wf_request_status
read_id(wf_complete *complete, wf_value *value)
{
    wf_span text;
    wf_request_status status = wf_value_read_text(value, &text);

    if (status != WF_REQUEST_OK) {
        return status;
    }

    if (!wfs_id_is_valid(text.bytes, text.length)
        || (complete->id[0] && !wf_span_is(text, complete->id)))
    {
        return WF_REQUEST_INVALID_ID;
    }

    memcpy(complete->id, text.bytes, text.length);

    return WF_REQUEST_OK;
}


static wf_request_status
read_name(wf_complete *complete, wf_value *value)
{
    wf_span text;

    if (wf_value_read_text(value, &text) == WF_REQUEST_OK
        && text.length == 0)
    {
        return WF_REQUEST_OK;
    }

    return wf_value_read_name(value, complete->name);
}


static wf_request_status
read_total(wf_complete *complete, wf_value *value)
{
    return wf_value_read_int(value, 1, (int64_t *) &complete->total_chunks);
}


static wf_request_status
read_size(wf_complete *complete, wf_value *value)
{
    return wf_value_read_int(value, 0, (int64_t *) &complete->size_bytes);
}


static wf_request_status
read_sha256(wf_complete *complete, wf_value *value)
{
    wf_span text;
    wf_request_status status = wf_value_read_text(value, &text);

    if (status != WF_REQUEST_OK) {
        return status;
    }

    complete->has_sha256 = wf_hex_parse(text.bytes, text.length,
                                        complete->sha256, WFS_SHA256_BYTES);

    return complete->has_sha256 ? WF_REQUEST_OK : WF_REQUEST_INVALID;
}


static wf_request_status
read_duration(wf_complete *complete, wf_value *value)
{
    complete->has_duration = true;

    return wf_value_read_seconds(value, &complete->duration_seconds);
}


static wf_request_status
read_timestamp(wf_complete *complete, wf_value *value)
{
    complete->has_timestamp = true;

    return wf_value_read_int(value, INT64_MIN, &complete->timestamp_ms);
}


static wf_request_status
read_metadata(wf_complete *complete, wf_value *value)
{
    return wf_value_read_metadata(value, &complete->metadata,
                                  &complete->metadata_length);
}


static wf_request_status
read_salvage(wf_complete *complete, wf_value *value)
{
    return wf_value_read_bool(value, &complete->salvage);
}


/* `is_text`: in a form the value is a string, in the others it is JSON. */
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
    {"salvage", read_salvage, false},
};

#define MEMBERS (sizeof(members) / sizeof(members[0]))


static wf_request_status
read_member(wf_complete *complete, size_t i, wf_value *value)
{
    wf_request_status status = WF_REQUEST_MALFORMED;

    if (value != NULL) {
        status = members[i].read(complete, value);
    }

    if (status != WF_REQUEST_OK) {
        complete->culprit = members[i].name;
    }

    return status;
}


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
read_members(wf_complete *complete, wf_value *object)
{
    size_t i;
    wf_request_status status = WF_REQUEST_OK;

    for (i = 0; i < MEMBERS && status == WF_REQUEST_OK; i++) {
        wf_value *value = wf_value_get(object, members[i].name);

        if (value != NULL && !wf_value_is_null(value)) {
            status = read_member(complete, i, value);
        }
    }

    return status == WF_REQUEST_OK ? require_id(complete) : status;
}


wf_request_status
wf_complete_parse_json(wf_complete *complete, wf_span text)
{
    wf_request_status status = WF_REQUEST_MALFORMED;
    wf_value *object = wf_value_parse(text);

    complete->culprit = "the body";

    if (wf_value_is_object(object)) {
        status = read_members(complete, object);
    }

    wf_value_close(object);

    return status;
}


static wf_request_status
read_field(wf_complete *complete, size_t i, wf_span text)
{
    wf_value *value = members[i].is_text ? wf_value_from_text(text)
                                         : wf_value_parse(text);
    wf_request_status status = read_member(complete, i, value);

    wf_value_close(value);

    return status;
}


static wf_request_status
decode_field(wf_complete *complete, size_t i, wf_span encoded)
{
    wf_request_status status = WF_REQUEST_MALFORMED;
    char *buffer = malloc(encoded.length + 1);
    wf_span text = {buffer, 0};

    complete->culprit = members[i].name;

    if (buffer != NULL
        && wf_query_decode(encoded, buffer, encoded.length + 1, &text.length))
    {
        status = read_field(complete, i, text);
    }

    free(buffer);

    return status;
}


wf_request_status
wf_complete_parse_form(wf_complete *complete, wf_span form)
{
    size_t i;
    wf_span name, value;
    wf_request_status status = WF_REQUEST_OK;

    while (status == WF_REQUEST_OK && wf_query_next(&form, &name, &value)) {
        for (i = 0; i < MEMBERS && value.length > 0; i++) {
            if (wf_span_is(name, members[i].name)) {
                status = decode_field(complete, i, value);
                break;
            }
        }
    }

    return status == WF_REQUEST_OK ? require_id(complete) : status;
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
    ret_spec->salvage = complete->salvage;
}
