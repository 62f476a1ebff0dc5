/*
 * recording_json.c - a recording as one line of JSON, and its ETag.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wfstore/digest.h"
#include "wfstore/recording.h"

static const char DIGITS[] = "0123456789abcdef";

static void put_hexadecimal(FILE *to, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        (void)fputc(DIGITS[bytes[i] >> 4], to);
        (void)fputc(DIGITS[bytes[i] & 0xf], to);
    }
}

/* RFC 8259, section 7: what must be escaped, and nothing else. */
static void put_string(FILE *to, const char *text)
{
    (void)fputc('"', to);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            (void)fputc('\\', to);
            (void)fputc(c, to);
        } else if (c < 0x20) {
            (void)fprintf(to, "\\u%04x", c);
        } else {
            (void)fputc(c, to);
        }
    }
    (void)fputc('"', to);
}

static void put_member(FILE *to, const char *name, const char *value)
{
    (void)fprintf(to, "\"%s\":", name);
    put_string(to, value);
    (void)fputc(',', to);
}

/* The shortest text that is read back as the same number. */
static void put_real(FILE *to, double value)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    for (char *c = text; *c != '\0'; c++) {
        bool is_plain = strchr("0123456789+-e", *c) != NULL;

        (void)fputc(is_plain ? *c : '.', to); /* a locale may have a comma */
    }
}

static void put_duration(FILE *to, const wfs_recording *recording)
{
    (void)fputs("\"duration\":", to);
    if (recording->has_duration && isfinite(recording->duration_seconds)) {
        put_real(to, recording->duration_seconds);
    } else {
        (void)fputs("null", to);
    }
    (void)fputc(',', to);
}

static void put_number_or_null(FILE *to, const char *name, uint32_t value)
{
    if (value == 0) {
        (void)fprintf(to, "\"%s\":null,", name);
    } else {
        (void)fprintf(to, "\"%s\":%" PRIu32 ",", name, value);
    }
}

static void put_format(FILE *to, const wfs_recording *recording)
{
    put_duration(to, recording);
    put_member(to, "mime_type", recording->mime_type);
    if (recording->codec[0] == '\0') {
        (void)fputs("\"codec\":null,", to);
    } else {
        put_member(to, "codec", recording->codec);
    }
    put_number_or_null(to, "channels", recording->channels);
    put_number_or_null(to, "sample_rate", recording->sample_rate);
}

static void put_sha256(FILE *to, const wfs_recording *recording)
{
    (void)fputs("\"sha256\":", to);
    if (recording->has_sha256) {
        (void)fputc('"', to);
        put_hexadecimal(to, recording->sha256, sizeof recording->sha256);
        (void)fputc('"', to);
    } else {
        (void)fputs("null", to);
    }
}

static void put_recording(FILE *to, const wfs_recording *recording)
{
    (void)fputc('{', to);
    put_member(to, "id", recording->id);
    put_member(to, "filename", recording->filename);
    put_member(to, "name", recording->name);
    (void)fprintf(to, "\"timestamp\":%" PRId64 ",\"size\":%" PRIu64 ",",
                  recording->timestamp_ms, recording->size_bytes);
    put_format(to, recording);
    put_sha256(to, recording);
    (void)fprintf(to, ",\"stored\":%" PRId64 ",\"metadata\":%s}",
                  recording->stored_ms,
                  recording->metadata == NULL ? "{}" : recording->metadata);
}

wfs_status wfs_recording_to_json(const wfs_recording *recording,
                                 char **ret_json, size_t *ret_length)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    bool is_whole;

    if (to == NULL) {
        return WFS_ENOMEM;
    }
    put_recording(to, recording);
    is_whole = ferror(to) == 0;
    if (fclose(to) != 0 || !is_whole) {
        free(text);
        return WFS_ENOMEM;
    }
    *ret_json = text;
    *ret_length = length;
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
