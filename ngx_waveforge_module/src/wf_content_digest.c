/*
 * wf_content_digest.c - the Content-Digest header.
 */
#include "wf_content_digest.h"

#include <string.h>

#include "wf_base64.h"


/* `value` is ":BASE64:", perhaps with parameters behind. */
static bool
parse_value(wf_span value, uint8_t *bytes, size_t size)
{
    size_t length = 0;

    value = wf_span_trim(wf_span_cut(&value, ';'));

    if (value.length < 2 || value.bytes[0] != ':'
        || value.bytes[value.length - 1] != ':')
    {
        return false;
    }

    value.bytes++;
    value.length -= 2;

    return wf_base64_decode(value, bytes, size, &length) && length == size;
}


bool
wf_content_digest_parse(const char *text, size_t length,
                        wfs_digest *ret_digest)
{
    wf_span rest = {text, length}, member, key;
    wfs_digest found;

    memset(&found, 0, sizeof(found));

    while (rest.length > 0) {
        member = wf_span_cut(&rest, ',');
        key = wf_span_trim(wf_span_cut(&member, '='));

        if (wf_span_is(key, "sha-256")) {
            memset(&found, 0, sizeof(found));
            found.kind = WFS_DIGEST_SHA256;

            if (!parse_value(member, found.bytes, WFS_SHA256_BYTES)) {
                return false;
            }

        } else if (wf_span_is(key, "sha-512")
                   && found.kind != WFS_DIGEST_SHA256)
        {
            found.kind = WFS_DIGEST_SHA512;

            if (!parse_value(member, found.bytes, WFS_SHA512_BYTES)) {
                return false;
            }
        }
    }

    if (found.kind == WFS_DIGEST_NONE) {
        return false;
    }

    *ret_digest = found;

    return true;
}
