/*
 * wf_query.c - names and values of a query string or a urlencoded form.
 */
#include "wf_query.h"

#include <string.h>
#include <strings.h>


bool
wf_span_is(wf_span span, const char *text)
{
    return strlen(text) == span.length
           && memcmp(span.bytes, text, span.length) == 0;
}


bool
wf_span_is_nocase(wf_span span, const char *text)
{
    return strlen(text) == span.length
           && strncasecmp(span.bytes, text, span.length) == 0;
}


static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}


wf_span
wf_span_trim(wf_span span)
{
    while (span.length > 0 && is_blank(span.bytes[0])) {
        span.bytes++;
        span.length--;
    }

    while (span.length > 0 && is_blank(span.bytes[span.length - 1])) {
        span.length--;
    }

    return span;
}


wf_span
wf_span_cut(wf_span *rest, char separator)
{
    wf_span piece = *rest;
    const char *found = rest->length > 0
                        ? memchr(rest->bytes, separator, rest->length) : NULL;

    if (found == NULL) {
        rest->bytes += rest->length;
        rest->length = 0;
        return piece;
    }

    piece.length = (size_t) (found - piece.bytes);
    rest->bytes = found + 1;
    rest->length -= piece.length + 1;

    return piece;
}


bool
wf_query_next(wf_span *rest, wf_span *ret_name, wf_span *ret_value)
{
    wf_span piece = {NULL, 0};

    while (rest->length > 0 && piece.length == 0) {
        piece = wf_span_cut(rest, '&');
    }

    if (piece.length == 0) {
        return false;
    }

    *ret_name = wf_span_cut(&piece, '=');
    *ret_value = piece;

    return true;
}


static int
hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }

    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }

    return -1;
}


bool
wf_query_decode(wf_span text, char *buffer, size_t capacity,
                size_t *ret_length)
{
    size_t i, n = 0;

    for (i = 0; i < text.length; i++) {
        char c = text.bytes[i];

        if (n + 1 >= capacity) {
            return false;
        }

        if (c == '%') {
            if (text.length - i < 3 || hex_value(text.bytes[i + 1]) < 0
                || hex_value(text.bytes[i + 2]) < 0)
            {
                return false;
            }

            c = (char) (hex_value(text.bytes[i + 1]) * 16
                        + hex_value(text.bytes[i + 2]));
            i += 2;

        } else if (c == '+') {
            c = ' ';
        }

        buffer[n++] = c;
    }

    buffer[n] = '\0';
    *ret_length = n;

    return true;
}
