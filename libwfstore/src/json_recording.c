/*
 * json_recording.c - a recording, read back from its JSON.
 *
 * What it says may have been written by anybody: what is served as it stands
 * (type, codec, file name) is believed only as far as the store could have
 * written it.
 */
#include "json_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "container.h"
#include "error.h"
#include "filename.h"

static wfs_status refuse(wfs_error *error, const char *sentence)
{
    return wfs_error_set(error, WFS_EFORMAT, 0, NULL, "%s", sentence);
}

/* "" unless it is a string without zeros that fits. */
static const char *get_text(const json_t *object, const char *key,
                            size_t capacity)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);

    if (text == NULL || strlen(text) != json_string_length(value) ||
        strlen(text) >= capacity) {
        return "";
    }
    return text;
}

/* 0 unless it is an integer from 0 to `most`. */
static uint64_t get_number(const json_t *object, const char *key, uint64_t most)
{
    json_int_t value = json_integer_value(json_object_get(object, key));

    return value > 0 && (uint64_t)value <= most ? (uint64_t)value : 0;
}

static wfs_status read_names(const json_t *object, wfs_recording *recording,
                             wfs_error *error)
{
    const char *id = get_text(object, "id", sizeof recording->id);
    const char *filename =
        get_text(object, "filename", sizeof recording->filename);
    const char *name = get_text(object, "name", sizeof recording->name);
    wfs_filename parts;

    if (!wfs_id_is_valid(id, strlen(id))) {
        return refuse(error, "the entry has no id");
    }
    if (!wfs_filename_read(filename, &parts) || strcmp(parts.id, id) != 0) {
        return refuse(error, "the entry has no file name of a recording");
    }
    if (!wfs_name_is_valid(name, strlen(name))) {
        name = filename;
    }
    snprintf(recording->id, sizeof recording->id, "%s", id);
    snprintf(recording->filename, sizeof recording->filename, "%s", filename);
    snprintf(recording->name, sizeof recording->name, "%s", name);
    recording->timestamp_ms = parts.timestamp_ms;
    return WFS_OK;
}

/* Only what the store itself would say; "" is not known. */
static const char *find_mime(const char *mime)
{
    for (uint32_t bit = 0; bit <= 16; bit++) {
        const char *ours =
            wfs_type_get_mime((wfs_type)(UINT32_C(1) << bit >> 1));

        if (strcmp(ours, mime) == 0) {
            return ours;
        }
    }
    return "";
}

static bool is_codec(const char *codec)
{
    return strspn(codec, "abcdefghijklmnopqrstuvwxyz0123456789_") ==
           strlen(codec);
}

static void read_audio(const json_t *object, wfs_recording *recording)
{
    const json_t *duration = json_object_get(object, "duration");
    double seconds = json_number_value(duration);
    const char *codec = get_text(object, "codec", sizeof recording->codec);

    recording->has_duration =
        json_is_number(duration) && isfinite(seconds) && seconds >= 0;
    recording->duration_seconds = recording->has_duration ? seconds : 0;
    snprintf(
        recording->mime_type, sizeof recording->mime_type, "%s",
        find_mime(get_text(object, "mime_type", sizeof recording->mime_type)));
    snprintf(recording->codec, sizeof recording->codec, "%s",
             is_codec(codec) ? codec : "");
    recording->channels = (uint32_t)get_number(object, "channels", UINT32_MAX);
    recording->sample_rate =
        (uint32_t)get_number(object, "sample_rate", UINT32_MAX);
}

static void read_moments(const json_t *object, wfs_recording *recording)
{
    const json_t *timestamp = json_object_get(object, "timestamp");

    if (json_is_integer(timestamp)) {
        recording->timestamp_ms = json_integer_value(timestamp);
    }
    recording->stored_ms = (int64_t)get_number(object, "stored", INT64_MAX);
    recording->size_bytes = get_number(object, "size", INT64_MAX);
}

static int read_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static wfs_status read_sha256(const json_t *object, wfs_recording *recording,
                              wfs_error *error)
{
    const json_t *value = json_object_get(object, "sha256");
    const char *text = json_string_value(value);

    if (value == NULL || json_is_null(value)) {
        return WFS_OK;
    }
    if (text == NULL || strlen(text) != 2 * sizeof recording->sha256) {
        return refuse(error, "the entry has no digest that can be one");
    }
    for (size_t i = 0; i < sizeof recording->sha256; i++) {
        int high = read_digit(text[2 * i]);
        int low = read_digit(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            return refuse(error, "the entry has no digest that can be one");
        }
        recording->sha256[i] = (uint8_t)(high << 4 | low);
    }
    recording->has_sha256 = true;
    return WFS_OK;
}

static wfs_status read_metadata(const json_t *object, wfs_recording *recording,
                                wfs_error *error)
{
    json_t *metadata = json_object_get(object, "metadata");
    json_t *none = NULL;
    wfs_status status;

    if (!json_is_object(metadata)) {
        metadata = none = json_object();
    }
    status = wfs_json_print_object(metadata, &recording->metadata, error);
    json_decref(none);
    return status == WFS_ETOOLARGE ? WFS_EFORMAT : status;
}

static wfs_status read_members(const json_t *object, wfs_recording *recording,
                               wfs_error *error)
{
    wfs_status status = read_names(object, recording, error);

    if (status == WFS_OK) {
        read_moments(object, recording);
        read_audio(object, recording);
        status = read_sha256(object, recording, error);
    }
    return status == WFS_OK ? read_metadata(object, recording, error) : status;
}

wfs_status wfs_json_read_recording(const char *text, size_t length,
                                   wfs_recording *ret_recording,
                                   wfs_error *error)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    json_t *object = NULL;
    wfs_status status = wfs_json_parse_object(
        "the entry", WFS_METADATA_MAX_DEPTH + 1, text, length, &object, error);

    if (status != WFS_OK) {
        return status;
    }
    status = read_members(object, &recording, error);
    json_decref(object);
    if (status == WFS_OK) {
        *ret_recording = recording;
    }
    return status;
}
