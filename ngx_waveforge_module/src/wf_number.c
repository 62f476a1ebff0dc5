/*
 * wf_number.c - numbers and hexadecimal as clients write them.
 */
#include "wf_number.h"

#include "wfstore/types.h"


bool
wf_number_parse(const char *text, size_t length, uint64_t *ret_value)
{
    size_t i;
    uint64_t value = 0;

    if (length == 0) {
        return false;
    }

    for (i = 0; i < length; i++) {
        uint64_t digit = (uint64_t) (text[i] - '0');

        if (text[i] < '0' || text[i] > '9'
            || value > (WFS_UNKNOWN - 1 - digit) / 10)
        {
            return false;
        }

        value = value * 10 + digit;
    }

    *ret_value = value;

    return true;
}


static int
nibble(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c = (char) (c | 0x20);

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


bool
wf_hex_parse(const char *text, size_t length, uint8_t *ret_bytes, size_t size)
{
    size_t i;

    if (length != 2 * size) {
        return false;
    }

    for (i = 0; i < size; i++) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }

        ret_bytes[i] = (uint8_t) (high * 16 + low);
    }

    return true;
}
