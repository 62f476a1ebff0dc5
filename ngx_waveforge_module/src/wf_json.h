/*
 * wf_json.h - writes JSON text, piece by piece, into memory of its own.
 *
 * Running out of memory is remembered, not reported at each call: ask
 * wf_json_is_whole at the end. Commas come by themselves. Strings must be
 * valid UTF-8; the caller nests objects and arrays properly.
 *
 *     wf_json json = WF_JSON_INIT;
 *
 *     wf_json_begin(&json, '{');
 *     wf_json_key(&json, "total");
 *     wf_json_uint(&json, 3);
 *     wf_json_end(&json, '}');
 */
#ifndef WF_JSON_H
#define WF_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wf_json {
    char *text; /* not zero-terminated */
    size_t length;
    size_t capacity;
    bool has_failed;
    bool needs_comma;
} wf_json;

#define WF_JSON_INIT {NULL, 0, 0, false, false}

/* `bracket` is '{' or '['; its counterpart goes to wf_json_end. */
void wf_json_begin(wf_json *json, char bracket);
void wf_json_end(wf_json *json, char bracket);

void wf_json_key(wf_json *json, const char *key);
void wf_json_string(wf_json *json, const char *value);
void wf_json_text(wf_json *json, const char *value, size_t length);
void wf_json_uint(wf_json *json, uint64_t value);
void wf_json_int(wf_json *json, int64_t value);
void wf_json_bool(wf_json *json, bool value);
void wf_json_null(wf_json *json);

/* `text` is JSON already: one value, or members without their braces. */
void wf_json_raw(wf_json *json, const char *text, size_t length);

/* A key and its value in one. */
void wf_json_put_string(wf_json *json, const char *key, const char *value);
void wf_json_put_uint(wf_json *json, const char *key, uint64_t value);
void wf_json_put_int(wf_json *json, const char *key, int64_t value);

/* WFS_UNKNOWN becomes null. */
void wf_json_put_known(wf_json *json, const char *key, uint64_t value);

/* NULL and "" become null. */
void wf_json_put_known_string(wf_json *json, const char *key,
                              const char *value);

/* SHA-256 as hexadecimal, or null where `has_value` is false. */
void wf_json_put_sha256(wf_json *json, const char *key, bool has_value,
                        const uint8_t *value);

bool wf_json_is_whole(const wf_json *json);

/* Accepts the INIT value; leaves it. */
void wf_json_release(wf_json *json);

#endif
