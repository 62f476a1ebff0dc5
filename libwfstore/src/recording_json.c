/*
 * recording_json.c - a recording as one line of JSON, and its ETag.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json_text.h"
#include "wfstore/digest.h"
#include "wfstore/recording.h"

/* The names of all members with what is around their values. */
#define NAMES_BYTES 256
#define NUMBERS ((size_t)6)

static const char DIGITS[] = "0123456789abcdef";

static char *put_duration(char *to, const wfs_recording *recording)
{
    to = wfs_json_put_raw(to, ",\"duration\":");
    if (recording->has_duration && isfinite(recording->duration_seconds)) {
        return wfs_json_put_real(to, recording->duration_seconds);
    }
    return wfs_json_put_raw(to, "null");
}

static char *put_number_or_null(char *to, uint32_t value)
{
    return value == 0 ? wfs_json_put_raw(to, "null")
                      : wfs_json_put_uint(to, value);
}

static char *put_format(char *to, const wfs_recording *recording)
{
    to = put_duration(to, recording);
    to = wfs_json_put_raw(to, ",\"mime_type\":");
    to = wfs_json_put_string(to, recording->mime_type);
    to = wfs_json_put_raw(to, ",\"codec\":");
    to = recording->codec[0] == '\0'
             ? wfs_json_put_raw(to, "null")
             : wfs_json_put_string(to, recording->codec);
    to = wfs_json_put_raw(to, ",\"channels\":");
    to = put_number_or_null(to, recording->channels);
    to = wfs_json_put_raw(to, ",\"sample_rate\":");
    return put_number_or_null(to, recording->sample_rate);
}

static char *put_names(char *to, const wfs_recording *recording)
{
    to = wfs_json_put_raw(to, "{\"id\":");
    to = wfs_json_put_string(to, recording->id);
    to = wfs_json_put_raw(to, ",\"filename\":");
    to = wfs_json_put_string(to, recording->filename);
    to = wfs_json_put_raw(to, ",\"name\":");
    return wfs_json_put_string(to, recording->name);
}

static char *put_sha256(char *to, const wfs_recording *recording)
{
    to = wfs_json_put_raw(to, ",\"sha256\":");
    return recording->has_sha256 ? wfs_json_put_bytes(to, recording->sha256,
                                                      sizeof recording->sha256)
                                 : wfs_json_put_raw(to, "null");
}

static char *put_recording(char *to, const wfs_recording *recording,
                           const char *metadata)
{
    to = put_names(to, recording);
    to = wfs_json_put_raw(to, ",\"timestamp\":");
    to = wfs_json_put_int(to, recording->timestamp_ms);
    to = wfs_json_put_raw(to, ",\"size\":");
    to = wfs_json_put_uint(to, recording->size_bytes);
    to = put_format(to, recording);
    to = put_sha256(to, recording);
    to = wfs_json_put_raw(to, ",\"stored\":");
    to = wfs_json_put_int(to, recording->stored_ms);
    to = wfs_json_put_raw(to, ",\"metadata\":");
    to = wfs_json_put_raw(to, metadata);
    return wfs_json_put_raw(to, "}");
}

/* The most its text can take. */
static size_t get_room(const wfs_recording *recording, const char *metadata)
{
    return NAMES_BYTES + WFS_JSON_STRING_BYTES(strlen(recording->id)) +
           WFS_JSON_STRING_BYTES(strlen(recording->filename)) +
           WFS_JSON_STRING_BYTES(strlen(recording->name)) +
           WFS_JSON_STRING_BYTES(strlen(recording->mime_type)) +
           WFS_JSON_STRING_BYTES(strlen(recording->codec)) +
           WFS_JSON_STRING_BYTES(sizeof recording->sha256) +
           NUMBERS * WFS_JSON_NUMBER_BYTES + strlen(metadata);
}

wfs_status wfs_recording_to_json(const wfs_recording *recording,
                                 char **ret_json, size_t *ret_length)
{
    const char *metadata =
        recording->metadata == NULL ? "{}" : recording->metadata;
    char *text = malloc(get_room(recording, metadata) + 1);
    char *end;

    if (text == NULL) {
        return WFS_ENOMEM;
    }
    end = put_recording(text, recording, metadata);
    *end = '\0';
    *ret_json = text;
    *ret_length = (size_t)(end - text);
    return WFS_OK;
}

wfs_status wfs_recording_get_etag(const wfs_recording *recording,
                                  char ret_etag[WFS_ETAG_BYTES])
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    wfs_digest digest;
    size_t length;
    char *json;
    wfs_status status;

    if (hasher == NULL) {
        return WFS_ENOMEM;
    }
    status = wfs_recording_to_json(recording, &json, &length);
    if (status == WFS_OK) {
        wfs_hasher_update(hasher, json, length);
        wfs_hasher_finish(hasher, &digest);
        free(json);
        for (size_t i = 0; i < (WFS_ETAG_BYTES - 1) / 2; i++) {
            ret_etag[2 * i] = DIGITS[digest.bytes[i] >> 4];
            ret_etag[2 * i + 1] = DIGITS[digest.bytes[i] & 0xf];
        }
        ret_etag[WFS_ETAG_BYTES - 1] = '\0';
    }
    wfs_hasher_close(hasher);
    return status;
}
