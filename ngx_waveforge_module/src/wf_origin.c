/*
 * wf_origin.c - whether an Origin is the host a request was sent to.
 */
#include "wf_origin.h"

#include <string.h>
#include <strings.h>

typedef struct span {
    const char *bytes;
    size_t length;
} span;

static const struct {
    const char *scheme;
    const char *port;
} schemes[] = {{"http://", ":80"}, {"https://", ":443"}};


static bool
begins_with(span text, const char *prefix)
{
    size_t length = strlen(prefix);

    return text.length >= length
           && strncasecmp(text.bytes, prefix, length) == 0;
}


static span
without_suffix(span text, const char *suffix)
{
    size_t length = strlen(suffix);

    if (text.length > length
        && memcmp(text.bytes + text.length - length, suffix, length) == 0)
    {
        text.length -= length;
    }

    return text;
}


bool
wf_origin_is_host(const char *origin, size_t origin_length, const char *host,
                  size_t host_length)
{
    size_t i, length;
    span a = {origin, origin_length}, b = {host, host_length};

    for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (!begins_with(a, schemes[i].scheme)) {
            continue;
        }

        length = strlen(schemes[i].scheme);
        a.bytes += length;
        a.length -= length;

        a = without_suffix(a, schemes[i].port);
        b = without_suffix(b, schemes[i].port);

        return a.length > 0 && a.length == b.length
               && strncasecmp(a.bytes, b.bytes, a.length) == 0;
    }

    return false;
}
