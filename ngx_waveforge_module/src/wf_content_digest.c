/*
 * wf_content_digest.c - the headers of digests.
 */
#include "wf_content_digest.h"

#include <string.h>

#include "wf_structured.h"

static const struct {
    const char *key;
    wfs_digest_kind kind;
    size_t size;
} algorithms[] = {
    {"sha-256", WFS_DIGEST_SHA256, WFS_SHA256_BYTES},
    {"sha-512", WFS_DIGEST_SHA512, WFS_SHA512_BYTES},
};


bool
wf_content_digest_parse(const char *text, size_t length,
                        wfs_digest *ret_digest)
{
    wf_span dictionary = {text, length};
    wfs_digest digest;
    wf_item item;
    size_t i;

    memset(&digest, 0, sizeof(digest));

    for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        if (!wf_dictionary_find(dictionary, algorithms[i].key, &item)) {
            continue;
        }

        if (!wf_item_get_bytes(&item, digest.bytes, algorithms[i].size)) {
            return false;
        }

        digest.kind = algorithms[i].kind;
        *ret_digest = digest;

        return true;
    }

    return false;
}


bool
wf_want_digest_has_sha256(const char *text, size_t length)
{
    wf_span dictionary = {text, length};
    wf_item item;

    return wf_dictionary_find(dictionary, "sha-256", &item)
           && item.kind == WF_ITEM_INTEGER && item.integer > 0;
}
