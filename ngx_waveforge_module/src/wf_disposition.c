/*
 * wf_disposition.c - parameters of Content-Disposition and Content-Type.
 */
#include "wf_disposition.h"

#include <string.h>

#include "wf_query.h"

#define NAME_MAX_BYTES 263


/* Up to the next semicolon outside of quotes; `*rest` is left behind it. */
static wf_span
cut_parameter(wf_span *rest)
{
    wf_span piece = *rest;
    size_t i;
    bool is_quoted = false;

    for (i = 0; i < rest->length; i++) {
        char c = rest->bytes[i];

        if (c == '"') {
            is_quoted = !is_quoted;

        } else if (c == '\\' && is_quoted) {
            i++;

        } else if (c == ';' && !is_quoted) {
            piece.length = i;
            rest->bytes += i + 1;
            rest->length -= i + 1;
            return piece;
        }
    }

    rest->length = 0;

    return piece;
}


static bool
copy_value(wf_span value, char *buffer, size_t capacity, size_t *ret_length)
{
    size_t i, n = 0;
    bool is_quoted = value.length >= 2 && value.bytes[0] == '"'
                     && value.bytes[value.length - 1] == '"';

    if (is_quoted) {
        value.bytes++;
        value.length -= 2;
    }

    for (i = 0; i < value.length; i++) {
        if (is_quoted && value.bytes[i] == '\\' && i + 1 < value.length
            && (value.bytes[i + 1] == '"' || value.bytes[i + 1] == '\\'))
        {
            i++;
        }

        if (n == capacity) {
            return false;
        }

        buffer[n++] = value.bytes[i];
    }

    *ret_length = n;

    return true;
}


bool
wf_disposition_get(const char *text, size_t length, const char *name,
                   char *buffer, size_t capacity, size_t *ret_length)
{
    wf_span rest = {text, length}, parameter, key;

    (void) cut_parameter(&rest);

    while (rest.length > 0) {
        parameter = cut_parameter(&rest);
        key = wf_span_trim(wf_span_cut(&parameter, '='));

        if (!wf_span_is_nocase(key, name)) {
            continue;
        }

        return copy_value(wf_span_trim(parameter), buffer, capacity,
                          ret_length);
    }

    return false;
}


/* One "_" for each character that is not plain ASCII. */
static size_t
format_fallback(const char *name, char *buffer)
{
    size_t n = 0;

    for ( /* void */ ; *name; name++) {
        unsigned char c = (unsigned char) *name;

        if ((c & 0xc0) == 0x80) {
            continue;
        }

        buffer[n++] = c < 0x20 || c >= 0x7f || strchr("\"\\/%", c)
                      ? '_' : (char) c;
    }

    return n;
}


/* attr-char of RFC 8187. */
static bool
is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z')
           || (c != '\0' && strchr("!#$&+-.^_`|~", c) != NULL);
}


static size_t
format_extended(const char *name, char *buffer)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t n = 0;

    for ( /* void */ ; *name; name++) {
        unsigned char c = (unsigned char) *name;

        if (is_plain(*name)) {
            buffer[n++] = *name;
            continue;
        }

        buffer[n++] = '%';
        buffer[n++] = hex[c >> 4];
        buffer[n++] = hex[c & 15];
    }

    return n;
}


size_t
wf_disposition_format(const char *name, char *buffer)
{
    static const char begin[] = "attachment; filename=\"";
    static const char middle[] = "\"; filename*=UTF-8''";
    size_t n = sizeof(begin) - 1;

    memcpy(buffer, begin, n);

    if (strlen(name) > NAME_MAX_BYTES) {
        name = "recording";
    }

    n += format_fallback(name, buffer + n);
    memcpy(buffer + n, middle, sizeof(middle) - 1);
    n += sizeof(middle) - 1;

    return n + format_extended(name, buffer + n);
}
