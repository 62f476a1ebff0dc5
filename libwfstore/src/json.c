/*
 * json.c - the JSON the store reads and writes, over jansson.
 */
#include "json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"

/*
 * Numbers keep their value: integers beyond int64 are refused by jansson, and
 * 17 digits tell every double apart.
 */
#define DECODE_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)
#define ENCODE_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(17))

/*
 * jansson recurses to its own, far greater limit; this one is asked of the
 * text, before anything is built: brackets outside of strings.
 */
static bool is_too_deep(const char *text, size_t length)
{
    size_t depth = 0;
    bool is_string = false;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (is_string) {
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                is_string = false;
            }
        } else if (c == '"') {
            is_string = true;
        } else if ((c == '{' || c == '[') && ++depth > WFS_METADATA_MAX_DEPTH) {
            return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
}

static wfs_status refuse(wfs_error *error, const char *sentence)
{
    return wfs_error_set(error, WFS_EFORMAT, 0, NULL, "%s", sentence);
}

static wfs_status refuse_memory(wfs_error *error)
{
    return wfs_error_set(error, WFS_ENOMEM, 0, "jansson",
                         "the store is out of memory");
}

static wfs_status refuse_size(size_t length, wfs_error *error)
{
    return wfs_error_set_numbers(error, WFS_ETOOLARGE, WFS_METADATA_MAX_BYTES,
                                 length, "metadata is longer than %d bytes",
                                 WFS_METADATA_MAX_BYTES);
}

static wfs_status parse_object(const char *text, size_t length,
                               json_t **ret_object, wfs_error *error)
{
    json_error_t fault;
    json_t *object;

    if (length > WFS_METADATA_MAX_BYTES) {
        return refuse_size(length, error);
    }
    if (is_too_deep(text, length)) {
        return refuse(error, "metadata is nested too deep");
    }
    object = json_loadb(text, length, DECODE_FLAGS, &fault);
    if (object == NULL) {
        if (json_error_code(&fault) == json_error_out_of_memory) {
            return refuse_memory(error);
        }
        return wfs_error_set(error, WFS_EFORMAT, 0, NULL,
                             "metadata is not valid JSON (byte %d)",
                             fault.position);
    }
    if (!json_is_object(object)) {
        json_decref(object);
        return refuse(error, "metadata is not a JSON object");
    }
    *ret_object = object;
    return WFS_OK;
}

static wfs_status print_object(const json_t *object, char **ret_text,
                               wfs_error *error)
{
    char *text = json_dumps(object, ENCODE_FLAGS);

    if (text == NULL) {
        return refuse_memory(error);
    }
    if (strlen(text) > WFS_METADATA_MAX_BYTES) {
        size_t length = strlen(text);

        free(text);
        return refuse_size(length, error);
    }
    *ret_text = text;
    return WFS_OK;
}

wfs_status wfs_json_compact_metadata(const char *text, size_t length,
                                     char **ret_text, wfs_error *error)
{
    json_t *object = NULL;
    wfs_status status = parse_object(text, length, &object, error);

    if (status == WFS_OK) {
        status = print_object(object, ret_text, error);
        json_decref(object);
    }
    return status;
}

/* RFC 7396, MergePatch; recursion is bounded by the patch's checked depth. */
static json_t *merge(json_t *target, json_t *patch)
{
    const char *key;
    json_t *value;

    if (!json_is_object(patch)) {
        return json_incref(patch);
    }
    target = json_is_object(target) ? json_copy(target) : json_object();
    json_object_foreach(patch, key, value)
    {
        if (json_is_null(value)) {
            (void)json_object_del(target, key);
        } else if (json_object_set_new(
                       target, key,
                       merge(json_object_get(target, key), value)) != 0) {
            json_decref(target);
            return NULL;
        }
    }
    return target;
}

wfs_status wfs_json_merge_metadata(const char *metadata, const char *patch,
                                   size_t patch_length, char **ret_text,
                                   wfs_error *error)
{
    json_t *target = NULL;
    json_t *changes = NULL;
    json_t *merged = NULL;
    wfs_status status =
        parse_object(metadata, strlen(metadata), &target, error);

    if (status == WFS_OK) {
        status = parse_object(patch, patch_length, &changes, error);
    }
    if (status == WFS_OK) {
        merged = merge(target, changes);
        status = merged == NULL ? refuse_memory(error)
                                : print_object(merged, ret_text, error);
    }
    json_decref(merged);
    json_decref(changes);
    json_decref(target);
    return status;
}
