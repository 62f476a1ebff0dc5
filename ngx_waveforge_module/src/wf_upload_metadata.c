/*
 * wf_upload_metadata.c - the Upload-Metadata header of tus.
 */
#include "wf_upload_metadata.h"

#include <stdlib.h>
#include <string.h>

#include "wf_base64.h"
#include "wf_value.h"

#define KEY_MAX_BYTES 255
#define PAIRS_MAX 64

/* One pair; `bytes` is the decoded value. */
typedef struct pair {
    wf_span key;
    wf_span value;
    char *bytes;
    size_t length;
} pair;


static bool
is_key(wf_span key)
{
    size_t i;

    for (i = 0; i < key.length; i++) {
        if (key.bytes[i] <= ' ' || key.bytes[i] > '~') {
            return false;
        }
    }

    return key.length > 0 && key.length <= KEY_MAX_BYTES;
}


/* `value` may be missing; a third word may not follow. */
static bool
split(wf_span piece, pair *ret_pair)
{
    piece = wf_span_trim(piece);
    ret_pair->key = wf_span_cut(&piece, ' ');
    ret_pair->value = wf_span_trim(piece);

    return is_key(ret_pair->key)
           && (ret_pair->value.length == 0
               || !memchr(ret_pair->value.bytes, ' ', ret_pair->value.length));
}


/* Whether the key is among those that came before, from `text` to `end`. */
static bool
is_repeated(wf_span text, const char *end, wf_span key)
{
    wf_span before = {text.bytes, (size_t) (end - text.bytes)};
    pair earlier;

    while (before.length > 0) {
        if (split(wf_span_cut(&before, ','), &earlier)
            && earlier.key.length == key.length
            && memcmp(earlier.key.bytes, key.bytes, key.length) == 0)
        {
            return true;
        }
    }

    return false;
}


static bool
decode(pair *p)
{
    p->bytes = malloc(p->value.length + 1);

    if (p->bytes == NULL
        || !wf_base64_decode(p->value, (uint8_t *) p->bytes, p->value.length,
                             &p->length))
    {
        return false;
    }

    p->bytes[p->length] = '\0';

    return true;
}


/* Text goes as it is, other bytes in the base64 they came in. */
static void
put(wf_json *json, const pair *p)
{
    wf_span bytes = {p->bytes, p->length};
    wf_value *text =
        memchr(p->bytes, '\0', p->length) ? NULL : wf_value_from_text(bytes);
    wf_span shown = text ? bytes : p->value;
    char key[KEY_MAX_BYTES + 1];

    memcpy(key, p->key.bytes, p->key.length);
    key[p->key.length] = '\0';

    wf_json_key(json, key);
    wf_json_text(json, shown.bytes, shown.length);
    wf_value_close(text);
}


/* `filename` goes before `name`; the one that says the same again is dropped.
 */
static bool
take_name(wf_upload_metadata *metadata, const pair *p)
{
    if (!wf_span_is(p->key, "filename") && !wf_span_is(p->key, "name")) {
        return false;
    }

    if (!wfs_name_is_valid(p->bytes, p->length)) {
        return false;
    }

    if (metadata->name[0] == '\0') {
        memcpy(metadata->name, p->bytes, p->length + 1);
        return true;
    }

    return strcmp(metadata->name, p->bytes) == 0;
}


static void
take(wf_upload_metadata *metadata, const pair *p)
{
    if (wf_span_is(p->key, "filetype") || wf_span_is(p->key, "type") ||
        take_name(metadata, p)) {
        return;
    }

    put(&metadata->json, p);
}


static bool
parse_pairs(wf_span text, wf_upload_metadata *metadata, bool names)
{
    wf_span rest = text, piece;
    bool is_last, is_good;
    size_t n = 0;
    pair p;

    do {
        is_last =
            rest.length == 0 || memchr(rest.bytes, ',', rest.length) == NULL;
        piece = wf_span_cut(&rest, ',');
        memset(&p, 0, sizeof(p));

        is_good = ++n <= PAIRS_MAX && split(piece, &p)
                  && !is_repeated(text, piece.bytes, p.key) && decode(&p);

        if (is_good && wf_span_is(p.key, "filename") == names) {
            take(metadata, &p);
        }

        free(p.bytes);

    } while (is_good && !is_last);

    return is_good;
}


bool
wf_upload_metadata_parse(wf_span text, wf_upload_metadata *metadata)
{
    bool is_good = true;

    text = wf_span_trim(text);

    wf_json_begin(&metadata->json, '{');

    if (text.length > 0) {
        is_good = parse_pairs(text, metadata, true)
                  && parse_pairs(text, metadata, false);
    }

    wf_json_end(&metadata->json, '}');

    return is_good && wf_json_is_whole(&metadata->json);
}


void
wf_upload_metadata_release(wf_upload_metadata *metadata)
{
    wf_json_release(&metadata->json);
}
