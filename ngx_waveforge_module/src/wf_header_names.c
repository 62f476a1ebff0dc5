/*
 * wf_header_names.c - a list of header names.
 */
#include "wf_header_names.h"

#include <string.h>

#include "wf_query.h"


static bool
is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9')
           || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}


static bool
is_name(wf_span text)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (!is_name_byte(text.bytes[i])) {
            return false;
        }
    }

    return text.length > 0;
}


bool
wf_header_names_are_valid(const char *list, size_t length)
{
    wf_span rest = {list, length};

    if (length == 0 || length > WF_HEADER_NAMES_MAX_BYTES
        || list[length - 1] == ',')
    {
        return false;
    }

    while (rest.length > 0) {
        if (!is_name(wf_span_trim(wf_span_cut(&rest, ',')))) {
            return false;
        }
    }

    return true;
}
