/*
 * wf_upload_limit.c - the Upload-Limit header of resumable uploads.
 */
#include "wf_upload_limit.h"

#include <inttypes.h>
#include <stdio.h>

#include "wf_structured.h"


static size_t
put(char *text, size_t length, const char *key, uint64_t value)
{
    int n;

    if (value > WF_INTEGER_MAX) {
        return length;
    }

    n = snprintf(text + length, WF_UPLOAD_LIMIT_BYTES - length,
                 "%s%s=%" PRIu64, length > 0 ? ", " : "", key, value);

    return length + (size_t) n;
}


size_t
wf_upload_limit_format(const wf_upload_limit *limit,
                       char text[WF_UPLOAD_LIMIT_BYTES])
{
    size_t length = put(text, 0, "max-size", limit->max_size);

    length = put(text, length, "max-append-size", limit->max_append_size);
    length = put(text, length, "max-age", limit->max_age);

    return length > 0 ? length : put(text, 0, "min-size", 0);
}
