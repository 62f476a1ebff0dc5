/*
 * wf_scan.c - reading a text from its front.
 */
#include "wf_scan.h"

#include <string.h>


bool
wf_scan_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}


char
wf_scan_front(wf_span rest)
{
    return rest.length > 0 ? rest.bytes[0] : '\0';
}


void
wf_scan_advance(wf_span *rest, size_t n)
{
    rest->bytes += n;
    rest->length -= n;
}


bool
wf_scan_take(wf_span *rest, char c)
{
    if (rest->length == 0 || rest->bytes[0] != c) {
        return false;
    }

    wf_scan_advance(rest, 1);

    return true;
}


void
wf_scan_skip(wf_span *rest, const char *set)
{
    while (wf_scan_is_one_of(wf_scan_front(*rest), set)) {
        wf_scan_advance(rest, 1);
    }
}
