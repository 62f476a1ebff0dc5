/*
 * wf_etag.c - the If-Match header.
 */
#include "wf_etag.h"

#include <string.h>

#include "wf_query.h"


static bool
is_equal(wf_span tag, const char *etag)
{
    if (tag.length > 2 && memcmp(tag.bytes, "W/", 2) == 0) {
        tag.bytes += 2;
        tag.length -= 2;
    }

    if (tag.length < 2 || tag.bytes[0] != '"'
        || tag.bytes[tag.length - 1] != '"')
    {
        return false;
    }

    tag.bytes++;
    tag.length -= 2;

    return wf_span_is(tag, etag);
}


bool
wf_etag_is_listed(const char *list, size_t length, const char *etag)
{
    wf_span rest = {list, length};

    if (wf_span_is(wf_span_trim(rest), "*")) {
        return true;
    }

    while (rest.length > 0) {
        if (is_equal(wf_span_trim(wf_span_cut(&rest, ',')), etag)) {
            return true;
        }
    }

    return false;
}
