/*
 * wf_upload_checksum.c - the Upload-Checksum header of tus.
 */
#include "wf_upload_checksum.h"

#include <string.h>

#include "wf_base64.h"

/* A header of nginx is not longer. */
#define VALUE_MAX_BYTES 8192

static const struct {
    const char *name;
    wfs_digest_kind kind;
    size_t length;
} algorithms[] = {
    {"sha1", WFS_DIGEST_SHA1, WFS_SHA1_BYTES},
    {"sha256", WFS_DIGEST_SHA256, WFS_SHA256_BYTES},
    {"sha512", WFS_DIGEST_SHA512, WFS_SHA512_BYTES},
};


static wf_checksum_status
read_digest(wf_span text, size_t wanted,
                                      wfs_digest *digest)
{
    uint8_t bytes[VALUE_MAX_BYTES];
    size_t length;

    if (text.length == 0 ||
        !wf_base64_decode(text, bytes, sizeof(bytes), &length)) {
        return WF_CHECKSUM_MALFORMED;
    }

    if (length != wanted) {
        return WF_CHECKSUM_MISMATCH;
    }

    memcpy(digest->bytes, bytes, length);

    return WF_CHECKSUM_OK;
}


wf_checksum_status
wf_upload_checksum_parse(wf_span text,
                                            wfs_digest *ret_digest)
{
    size_t i;
    wf_checksum_status status;
    wf_span rest = wf_span_trim(text);
    wf_span name = wf_span_cut(&rest, ' ');
    wfs_digest found;

    memset(&found, 0, sizeof(found));

    for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {

        if (!wf_span_is(name, algorithms[i].name)) {
            continue;
        }

        status = read_digest(wf_span_trim(rest), algorithms[i].length, &found);

        if (status == WF_CHECKSUM_OK) {
            found.kind = algorithms[i].kind;
            *ret_digest = found;
        }

        return status;
    }

    return WF_CHECKSUM_MALFORMED;
}
