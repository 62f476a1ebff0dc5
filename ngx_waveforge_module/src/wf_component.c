/*
 * wf_component.c - a variable's value as part of a component of a path.
 */
#include "wf_component.h"

#include <stdint.h>
#include <string.h>

#define COMPONENT_BYTES 255


static bool
is_plain(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z')
           || (byte >= '0' && byte <= '9')
           || (byte != '\0' && strchr("_@.-", byte) != NULL);
}


size_t
wf_component_encode(const char *value, size_t length, char *ret_text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *last = ret_text;

    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t) value[i];

        if (is_plain(value[i]) && (i > 0 || value[i] != '.')) {
            *last++ = value[i];
            continue;
        }

        *last++ = '%';
        *last++ = digits[byte >> 4];
        *last++ = digits[byte & 15];
    }

    return (size_t) (last - ret_text);
}


bool
wf_component_fits(const char *path, size_t length)
{
    size_t begin = 0;

    for (size_t i = 0; i <= length; i++) {
        if (i < length && path[i] != '/') {
            continue;
        }

        if (i - begin > COMPONENT_BYTES) {
            return false;
        }

        begin = i + 1;
    }

    return length <= WF_COMPONENT_PATH_BYTES;
}
