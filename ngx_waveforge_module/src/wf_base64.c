/*
 * wf_base64.c - base64 of header values.
 */
#include "wf_base64.h"

#include <string.h>


static int
six_bits(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(alphabet, c);

    return found ? (int) (found - alphabet) : -1;
}


/* False: there is padding, but not the right one. */
static bool
take_padding_off(wf_span *text)
{
    size_t padded = text->length;

    while (text->length > 0 && text->bytes[text->length - 1] == '=') {
        text->length--;
    }

    return text->length == padded
           || (padded % 4 == 0 && padded - text->length <= 2);
}


bool
wf_base64_decode(wf_span text, uint8_t *bytes, size_t capacity,
                 size_t *ret_length)
{
    size_t i, n = 0;
    uint32_t value = 0;
    unsigned bits = 0;

    if (!take_padding_off(&text) || text.length % 4 == 1
        || text.length / 4 * 3 + text.length % 4 * 3 / 4 > capacity)
    {
        return false;
    }

    for (i = 0; i < text.length; i++) {
        int six = six_bits(text.bytes[i]);

        if (six < 0) {
            return false;
        }

        value = ((value << 6) | (uint32_t) six) & 0xffffff;
        bits += 6;

        if (bits >= 8) {
            bits -= 8;
            bytes[n++] = (uint8_t) (value >> bits);
        }
    }

    *ret_length = n;

    return true;
}
