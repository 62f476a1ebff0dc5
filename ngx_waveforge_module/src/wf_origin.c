/*
 * wf_origin.c - how origins are written, and whose they are.
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


static bool
is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


static bool
is_listed(char c, const char *others)
{
    return is_alpha(c) || is_digit(c) || (c != '\0' && strchr(others, c));
}


/* The bytes at the front that are letters, digits or `others`. */
static size_t
count(span text, const char *others)
{
    size_t n = 0;

    while (n < text.length && is_listed(text.bytes[n], others)) {
        n++;
    }

    return n;
}


static size_t
count_scheme(span text)
{
    size_t n = count(text, "+-.");

    if (n == 0 || !is_alpha(text.bytes[0]) || text.length - n < 3
        || memcmp(text.bytes + n, "://", 3) != 0)
    {
        return 0;
    }

    return n + 3;
}


/* A name or an IPv4 address, or an IPv6 address in brackets. */
static size_t
count_host(span text)
{
    size_t n = 1;

    if (text.length == 0 || text.bytes[0] != '[') {
        return count(text, "-._");
    }

    while (n < text.length && text.bytes[n] != '\0'
           && strchr("0123456789abcdefABCDEF:.", text.bytes[n]))
    {
        n++;
    }

    return n > 2 && n < text.length && text.bytes[n] == ']' ? n + 1 : 0;
}


/* Nothing, or a colon and 1 to 65535. */
static bool
is_port(span text)
{
    size_t i;
    unsigned long port = 0;

    if (text.length == 0) {
        return true;
    }

    if (text.length > 6 || text.bytes[0] != ':' || text.bytes[1] == '0') {
        return false;
    }

    for (i = 1; i < text.length; i++) {
        if (!is_digit(text.bytes[i])) {
            return false;
        }

        port = port * 10 + (unsigned long) (text.bytes[i] - '0');
    }

    return port >= 1 && port <= 65535;
}


static bool
is_origin(span text)
{
    size_t scheme, host;
    span rest = text;

    scheme = count_scheme(text);
    rest.bytes += scheme;
    rest.length -= scheme;

    host = scheme ? count_host(rest) : 0;
    rest.bytes += host;
    rest.length -= host;

    return host > 0 && is_port(rest);
}


static span
without_default_port(span text)
{
    size_t i;

    for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (begins_with(text, schemes[i].scheme)) {
            return without_suffix(text, schemes[i].port);
        }
    }

    return text;
}


size_t
wf_origin_write(const char *text, size_t length, char *ret_origin)
{
    size_t i;
    span origin = {text, length};

    if (!is_origin(origin)) {
        return 0;
    }

    origin = without_default_port(origin);

    for (i = 0; i < origin.length; i++) {
        char c = origin.bytes[i];

        ret_origin[i] = (c >= 'A' && c <= 'Z') ? (char) (c + 32) : c;
    }

    return origin.length;
}
