/*
 * json.c - the JSON the store reads and writes, over jansson.
 */
#include "json_internal.h"

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
static bool is_too_deep(const char *text, size_t length, size_t depth_max)
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
        } else if ((c == '{' || c == '[') && ++depth > depth_max) {
            return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
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

/* Where jansson has found nothing wrong with the text, memory was short. */
static bool is_out_of_memory(const json_error_t *fault)
{
    enum json_error_code code = json_error_code(fault);

    return code == json_error_out_of_memory || code == json_error_unknown;
}

wfs_status wfs_json_parse_object(const char *what, size_t depth_max,
                                 const char *text, size_t length,
                                 json_t **ret_object, wfs_error *error)
{
    json_error_t fault;
    json_t *object;

    if (is_too_deep(text, length, depth_max)) {
        return wfs_error_set(error, WFS_EFORMAT, 0, NULL,
                             "%s is nested too deep", what);
    }
    object = json_loadb(text, length, DECODE_FLAGS, &fault);
    if (object == NULL) {
        if (is_out_of_memory(&fault)) {
            return refuse_memory(error);
        }
        return wfs_error_set(error, WFS_EFORMAT, 0, NULL,
                             "%s is not valid JSON (byte %d)", what,
                             fault.position);
    }
    if (!json_is_object(object)) {
        json_decref(object);
        return wfs_error_set(error, WFS_EFORMAT, 0, NULL,
                             "%s is not a JSON object", what);
    }
    *ret_object = object;
    return WFS_OK;
}

static wfs_status parse_metadata(const char *text, size_t length,
                                 json_t **ret_object, wfs_error *error)
{
    if (length > WFS_METADATA_MAX_BYTES) {
        return refuse_size(length, error);
    }
    return wfs_json_parse_object("metadata", WFS_METADATA_MAX_DEPTH, text,
                                 length, ret_object, error);
}

wfs_status wfs_json_print_object(const json_t *object, char **ret_text,
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
    wfs_status status = parse_metadata(text, length, &object, error);

    if (status == WFS_OK) {
        status = wfs_json_print_object(object, ret_text, error);
        json_decref(object);
    }
    return status;
}

/* A new object with the members of `object`, if it is one. json_copy would
 * leave out those it has no memory for. */
static json_t *copy_object(json_t *object)
{
    json_t *copy = json_object();

    if (json_is_object(object) && json_object_update(copy, object) != 0) {
        json_decref(copy);
        return NULL;
    }
    return copy;
}

/* RFC 7396, MergePatch; recursion is bounded by the patch's checked depth. */
static json_t *merge(json_t *target, json_t *patch)
{
    const char *key;
    json_t *value;

    if (!json_is_object(patch)) {
        return json_incref(patch);
    }
    target = copy_object(target);
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
        parse_metadata(metadata, strlen(metadata), &target, error);

    if (status == WFS_OK) {
        status = parse_metadata(patch, patch_length, &changes, error);
    }
    if (status == WFS_OK) {
        merged = merge(target, changes);
        status = merged == NULL
                     ? refuse_memory(error)
                     : wfs_json_print_object(merged, ret_text, error);
    }
    json_decref(merged);
    json_decref(changes);
    json_decref(target);
    return status;
}
