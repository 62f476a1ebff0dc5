/*
 * json_text.c - pieces of JSON, written where there is room for them.
 */
#include "json_text.h"

#include <stdbool.h>
#include <string.h>

static const char DIGITS[] = "0123456789abcdef";

static char *put(char *to, const char *bytes, size_t length)
{
    memcpy(to, bytes, length);
    return to + length;
}

char *wfs_json_put_raw(char *to, const char *text)
{
    return put(to, text, strlen(text));
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

static char *put_escaped(char *to, unsigned char c)
{
    *to++ = '\\';
    if (c == '"' || c == '\\') {
        *to++ = (char)c;
        return to;
    }
    to = put(to, "u00", 3);
    *to++ = DIGITS[c >> 4];
    *to++ = DIGITS[c & 0xf];
    return to;
}

char *wfs_json_put_string(char *to, const char *text)
{
    *to++ = '"';
    for (; *text != '\0'; text++) {
        if (is_plain((unsigned char)*text)) {
            *to++ = *text;
        } else {
            to = put_escaped(to, (unsigned char)*text);
        }
    }
    *to++ = '"';
    return to;
}

char *wfs_json_put_bytes(char *to, const uint8_t *bytes, size_t length)
{
    *to++ = '"';
    for (size_t i = 0; i < length; i++) {
        *to++ = DIGITS[bytes[i] >> 4];
        *to++ = DIGITS[bytes[i] & 0xf];
    }
    *to++ = '"';
    return to;
}

char *wfs_json_put_uint(char *to, uint64_t value)
{
    char digits[WFS_JSON_NUMBER_BYTES];
    size_t at = sizeof digits;

    do {
        digits[--at] = DIGITS[value % 10];
        value /= 10;
    } while (value > 0);
    return put(to, digits + at, sizeof digits - at);
}

char *wfs_json_put_int(char *to, int64_t value)
{
    if (value >= 0) {
        return wfs_json_put_uint(to, (uint64_t)value);
    }
    *to++ = '-';
    return wfs_json_put_uint(to, 0 - (uint64_t)value);
}
