/*
 * wf_fields.c - the fields that say which chunk a body is.
 */
#include "wf_fields.h"

#include <string.h>

#include "wf_number.h"

typedef bool (*field_parser)(wf_fields *fields, wf_span value);

enum {
    FIELD_ID = 1 << 0,
    FIELD_INDEX = 1 << 1,
    FIELD_TOTAL = 1 << 2,
    FIELD_SIZE = 1 << 3,
    FIELD_NAME = 1 << 4,
    FIELD_SHA256 = 1 << 5,
    FIELD_PROVISIONAL = 1 << 6,
    FIELD_SESSION = 1 << 7
};

#define FIELDS_OF_PLACE (FIELD_INDEX | FIELD_SIZE)


static bool
parse_id(wf_fields *fields, wf_span value)
{
    if (!wfs_id_is_valid(value.bytes, value.length)) {
        return false;
    }

    /* session_id is another name of file_id: both must say the same */

    if (fields->seen & (FIELD_ID | FIELD_SESSION)) {
        return wf_span_is(value, fields->id);
    }

    memcpy(fields->id, value.bytes, value.length);

    return true;
}


static bool
parse_index(wf_fields *fields, wf_span value)
{
    return wf_number_parse(value.bytes, value.length, &fields->index);
}


static bool
parse_total(wf_fields *fields, wf_span value)
{
    return wf_number_parse(value.bytes, value.length, &fields->total_chunks)
           && fields->total_chunks > 0;
}


static bool
parse_size(wf_fields *fields, wf_span value)
{
    return wf_number_parse(value.bytes, value.length, &fields->chunk_size)
           && fields->chunk_size > 0;
}


static bool
parse_name(wf_fields *fields, wf_span value)
{
    if (value.length == 0) {
        return true;
    }

    if (!wfs_name_is_valid(value.bytes, value.length)) {
        return false;
    }

    memcpy(fields->name, value.bytes, value.length);

    return true;
}


static bool
parse_sha256(wf_fields *fields, wf_span value)
{
    fields->digest.kind = WFS_DIGEST_SHA256;

    return wf_hex_parse(value.bytes, value.length, fields->digest.bytes,
                        WFS_SHA256_BYTES);
}


static bool
parse_provisional(wf_fields *fields, wf_span value)
{
    fields->is_provisional = wf_span_is(value, "1");

    return fields->is_provisional || wf_span_is(value, "0");
}


static const struct {
    const char *name;
    unsigned bit;
    field_parser parse;
} table[] = {
    {"file_id", FIELD_ID, parse_id},
    {"session_id", FIELD_SESSION, parse_id},
    {"chunk_index", FIELD_INDEX, parse_index},
    {"total_chunks", FIELD_TOTAL, parse_total},
    {"chunk_size", FIELD_SIZE, parse_size},
    {"file_name", FIELD_NAME, parse_name},
    {"sha256", FIELD_SHA256, parse_sha256},
    {"provisional", FIELD_PROVISIONAL, parse_provisional},
};

#define FIELDS (sizeof(table) / sizeof(table[0]))


void
wf_fields_init(wf_fields *fields)
{
    memset(fields, 0, sizeof(*fields));
    fields->total_chunks = WFS_UNKNOWN;
    fields->chunk_size = WFS_UNKNOWN;
}


static wf_field_status
blame(wf_fields *fields, const char *name, wf_field_status status)
{
    fields->culprit = name;

    return status;
}


static const char *
find_name(wf_span name)
{
    size_t i;

    for (i = 0; i < FIELDS; i++) {
        if (wf_span_is(name, table[i].name)) {
            return table[i].name;
        }
    }

    return NULL;
}


bool
wf_fields_is_known(const char *name)
{
    wf_span span = {name, strlen(name)};

    return find_name(span) != NULL;
}


wf_field_status
wf_fields_set(wf_fields *fields, wf_span name, wf_span value)
{
    size_t i;

    for (i = 0; i < FIELDS; i++) {
        if (!wf_span_is(name, table[i].name)) {
            continue;
        }

        if (fields->seen & table[i].bit) {
            return blame(fields, table[i].name, WF_FIELD_INVALID);
        }

        if (!table[i].parse(fields, value)) {
            return blame(fields, table[i].name,
                         table[i].parse == parse_id
                                 && !wfs_id_is_valid(value.bytes, value.length)
                             ? WF_FIELD_INVALID_ID : WF_FIELD_INVALID);
        }

        fields->seen |= table[i].bit;
    }

    return WF_FIELD_OK;
}


wf_field_status
wf_fields_set_query(wf_fields *fields, wf_span query)
{
    char buffer[WF_FIELD_MAX_BYTES + 1];
    wf_span name, value, decoded = {buffer, 0};
    wf_field_status status;

    while (wf_query_next(&query, &name, &value)) {
        if (find_name(name) == NULL) {
            continue;
        }

        if (!wf_query_decode(value, buffer, sizeof(buffer), &decoded.length)) {
            return blame(fields, find_name(name), WF_FIELD_INVALID);
        }

        status = wf_fields_set(fields, name, decoded);

        if (status != WF_FIELD_OK) {
            return status;
        }
    }

    return WF_FIELD_OK;
}


wf_field_status
wf_fields_check(wf_fields *fields)
{
    if (!(fields->seen & (FIELD_ID | FIELD_SESSION))) {
        return blame(fields, "file_id", WF_FIELD_MISSING);
    }

    if (!(fields->seen & FIELD_INDEX)) {
        return blame(fields, "chunk_index", WF_FIELD_MISSING);
    }

    if (fields->is_provisional
        && (fields->index != 0 || fields->seen & FIELD_SIZE))
    {
        return blame(fields, "provisional", WF_FIELD_INVALID);
    }

    return WF_FIELD_OK;
}


bool
wf_fields_have_place(const wf_fields *fields)
{
    return (fields->seen & FIELDS_OF_PLACE) == FIELDS_OF_PLACE
           && fields->seen & (FIELD_ID | FIELD_SESSION);
}


void
wf_fields_get_spec(const wf_fields *fields, wfs_chunk_spec *ret_spec)
{
    *ret_spec = (wfs_chunk_spec) WFS_CHUNK_SPEC_INIT;

    ret_spec->id = fields->id;
    ret_spec->name = fields->name[0] ? fields->name : NULL;
    ret_spec->index = fields->index;
    ret_spec->total_chunks = fields->total_chunks;
    ret_spec->chunk_size = fields->chunk_size;
    ret_spec->digest = fields->digest;
    ret_spec->is_provisional = fields->is_provisional;
}
