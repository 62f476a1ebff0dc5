/*
 * wf_json.c - writes JSON text into memory of its own.
 */
#include "wf_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wfstore/types.h"


static void
append(wf_json *json, const char *bytes, size_t length)
{
    char *grown;
    size_t capacity = json->capacity ? json->capacity : 256;

    if (json->has_failed) {
        return;
    }

    while (capacity - json->length < length) {
        capacity *= 2;
    }

    if (capacity != json->capacity) {
        grown = realloc(json->text, capacity);
        if (grown == NULL) {
            json->has_failed = true;
            return;
        }

        json->text = grown;
        json->capacity = capacity;
    }

    memcpy(json->text + json->length, bytes, length);
    json->length += length;
}


static void
begin_value(wf_json *json)
{
    if (json->needs_comma) {
        append(json, ",", 1);
    }

    json->needs_comma = true;
}


void
wf_json_begin(wf_json *json, char bracket)
{
    begin_value(json);
    append(json, &bracket, 1);
    json->needs_comma = false;
}


void
wf_json_end(wf_json *json, char bracket)
{
    append(json, &bracket, 1);
    json->needs_comma = true;
}


static void
append_escaped(wf_json *json, unsigned char byte)
{
    char escape[8];

    if (byte == '"' || byte == '\\') {
        escape[0] = '\\';
        escape[1] = (char) byte;
        append(json, escape, 2);
        return;
    }

    (void) snprintf(escape, sizeof(escape), "\\u%04x", byte);
    append(json, escape, 6);
}


void
wf_json_text(wf_json *json, const char *value, size_t length)
{
    size_t i, plain = 0;

    begin_value(json);
    append(json, "\"", 1);

    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char) value[i];

        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }

        append(json, value + plain, i - plain);
        append_escaped(json, byte);
        plain = i + 1;
    }

    append(json, value + plain, length - plain);
    append(json, "\"", 1);
}


void
wf_json_string(wf_json *json, const char *value)
{
    wf_json_text(json, value, strlen(value));
}


void
wf_json_key(wf_json *json, const char *key)
{
    wf_json_string(json, key);
    append(json, ":", 1);
    json->needs_comma = false;
}


void
wf_json_uint(wf_json *json, uint64_t value)
{
    char digits[24];

    begin_value(json);
    append(json, digits,
           (size_t) snprintf(digits, sizeof(digits), "%" PRIu64, value));
}


void
wf_json_int(wf_json *json, int64_t value)
{
    char digits[24];

    begin_value(json);
    append(json, digits,
           (size_t) snprintf(digits, sizeof(digits), "%" PRId64, value));
}


void
wf_json_bool(wf_json *json, bool value)
{
    wf_json_raw(json, value ? "true" : "false", value ? 4 : 5);
}


void
wf_json_null(wf_json *json)
{
    wf_json_raw(json, "null", 4);
}


void
wf_json_raw(wf_json *json, const char *text, size_t length)
{
    begin_value(json);
    append(json, text, length);
}


void
wf_json_put_string(wf_json *json, const char *key, const char *value)
{
    wf_json_key(json, key);
    wf_json_string(json, value);
}


void
wf_json_put_uint(wf_json *json, const char *key, uint64_t value)
{
    wf_json_key(json, key);
    wf_json_uint(json, value);
}


void
wf_json_put_int(wf_json *json, const char *key, int64_t value)
{
    wf_json_key(json, key);
    wf_json_int(json, value);
}


void
wf_json_put_known(wf_json *json, const char *key, uint64_t value)
{
    if (value != WFS_UNKNOWN) {
        wf_json_put_uint(json, key, value);
        return;
    }

    wf_json_key(json, key);
    wf_json_null(json);
}


void
wf_json_put_known_string(wf_json *json, const char *key, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        wf_json_put_string(json, key, value);
        return;
    }

    wf_json_key(json, key);
    wf_json_null(json);
}


void
wf_json_put_sha256(wf_json *json, const char *key, bool has_value,
                   const uint8_t *value)
{
    size_t i;
    char hex[2 * WFS_SHA256_BYTES + 1];

    wf_json_key(json, key);

    if (!has_value) {
        wf_json_null(json);
        return;
    }

    for (i = 0; i < WFS_SHA256_BYTES; i++) {
        (void) snprintf(hex + 2 * i, 3, "%02x", value[i]);
    }

    wf_json_text(json, hex, sizeof(hex) - 1);
}


bool
wf_json_is_whole(const wf_json *json)
{
    return !json->has_failed && json->length > 0;
}


void
wf_json_release(wf_json *json)
{
    free(json->text);
    *json = (wf_json) WF_JSON_INIT;
}
