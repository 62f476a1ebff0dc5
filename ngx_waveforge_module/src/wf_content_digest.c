/*
 * wf_content_digest.c - the Content-Digest header.
 */
#include "wf_content_digest.h"

#include <string.h>

#include "wf_query.h"


static int
base64_value(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(alphabet, c);

    return found ? (int) (found - alphabet) : -1;
}


/* Exactly `size` bytes, with or without padding. */
static bool
decode_base64(wf_span text, uint8_t *bytes, size_t size)
{
    size_t i, n = 0, bits = 0;
    uint32_t value = 0;

    while (text.length > 0 && text.bytes[text.length - 1] == '=') {
        text.length--;
    }

    if (text.length != (size * 4 + 2) / 3) {
        return false;
    }

    for (i = 0; i < text.length; i++) {
        int six = base64_value(text.bytes[i]);

        if (six < 0) {
            return false;
        }

        value = (value << 6) | (uint32_t) six;
        bits += 6;

        if (bits >= 8) {
            bits -= 8;
            bytes[n++] = (uint8_t) (value >> bits);
        }
    }

    return n == size;
}


/* `value` is ":BASE64:", perhaps with parameters behind. */
static bool
parse_value(wf_span value, uint8_t *bytes, size_t size)
{
    value = wf_span_trim(wf_span_cut(&value, ';'));

    if (value.length < 2 || value.bytes[0] != ':'
        || value.bytes[value.length - 1] != ':')
    {
        return false;
    }

    value.bytes++;
    value.length -= 2;

    return decode_base64(value, bytes, size);
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
