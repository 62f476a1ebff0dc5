/*
 * number.c - sizes and spans of time as people write them.
 */
#include "number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct unit {
    char letter;
    uint64_t factor;
} unit;

static const unit BYTES[] = {
    {'\0', 1},         {'k', 1ULL << 10}, {'m', 1ULL << 20},
    {'g', 1ULL << 30}, {'t', 1ULL << 40},
};

static const unit SPANS[] = {
    {'\0', 1000}, {'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000},
};

/* Digits, a unit's letter or none, and nothing after it. */
static bool parse(const char *text, const unit *units, size_t count,
                  uint64_t *ret_number)
{
    uint64_t number = 0;
    size_t i;

    if (!isdigit((unsigned char)*text)) {
        return false;
    }
    for (; isdigit((unsigned char)*text); text++) {
        uint64_t digit = (uint64_t)(*text - '0');

        if (number > (UINT64_MAX - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    for (i = 0; i < count; i++) {
        if (tolower((unsigned char)*text) == units[i].letter) {
            break;
        }
    }
    if (i == count || (*text != '\0' && text[1] != '\0') ||
        number > UINT64_MAX / units[i].factor) {
        return false;
    }
    *ret_number = number * units[i].factor;
    return true;
}

bool cli_number_parse_bytes(const char *text, uint64_t *ret_bytes)
{
    return parse(text, BYTES, sizeof BYTES / sizeof BYTES[0], ret_bytes);
}

bool cli_number_parse_span(const char *text, uint64_t *ret_ms)
{
    return parse(text, SPANS, sizeof SPANS / sizeof SPANS[0], ret_ms);
}
