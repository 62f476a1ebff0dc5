/*
 * json_text.c - pieces of JSON, written where there is room for them.
 */
#include "json_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers whose digits are those of a whole number of millionths. */
#define PARTS 1000000
#define PART_DIGITS 6
#define PLAIN_LEAST 0.0001 /* below, and from 1e15, digits have an exponent */
#define PLAIN_MOST 1e9     /* times PARTS: 15 digits at most */

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
    while (*text != '\0') {
        size_t length = 0;

        while (is_plain((unsigned char)text[length])) {
            length++;
        }
        to = put(to, text, length);
        text += length;
        if (*text != '\0') {
            to = put_escaped(to, (unsigned char)*text++);
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

/* A whole number of `parts`, as the digits of its decimal fraction. */
static char *put_parts(char *to, uint64_t parts)
{
    char digits[PART_DIGITS];
    uint64_t rest = parts % PARTS;
    size_t count = PART_DIGITS;

    to = wfs_json_put_uint(to, parts / PARTS);
    for (size_t i = PART_DIGITS; i > 0; i--) {
        digits[i - 1] = DIGITS[rest % 10];
        rest /= 10;
    }
    while (count > 0 && digits[count - 1] == '0') {
        count--;
    }
    if (count > 0) {
        *to++ = '.';
    }
    return put(to, digits, count);
}

/* Tries digits until they are read back as the number. */
static char *put_shortest(char *to, double value)
{
    char text[WFS_JSON_NUMBER_BYTES];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    for (const char *c = text; *c != '\0'; c++) {
        bool is_known = strchr("0123456789+-e", *c) != NULL;

        *to++ = is_known ? *c : '.'; /* a locale may have a comma */
    }
    return to;
}

/*
 * Most durations are a whole number of millionths: a division of two whole
 * numbers is rounded as the reading of its digits is, so that it tells.
 */
char *wfs_json_put_real(char *to, double value)
{
    uint64_t parts;

    if (value >= PLAIN_LEAST && value < PLAIN_MOST) {
        parts = (uint64_t)(value * PARTS + 0.5);
        if ((double)parts / PARTS == value) {
            return put_parts(to, parts);
        }
    }
    return put_shortest(to, value);
}
