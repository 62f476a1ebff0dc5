/* text.c - which texts may be ids and names. */
#include <string.h>

#include "wfstore/types.h"

static bool is_id_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool wfs_id_is_valid(const char *id, size_t length)
{
    if (length == 0 || length > WFS_ID_MAX_BYTES) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_id_character(id[i])) {
            return false;
        }
    }
    return true;
}

/*
 * The code point at `text`, and the bytes it takes: 0 where it is not UTF-8 as
 * RFC 3629 has it (too short, overlong, a surrogate, above U+10FFFF).
 */
static size_t read_code_point(const uint8_t *text, size_t length,
                              uint32_t *ret_code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = text[0] < 0x80             ? 1
                  : (text[0] & 0xe0) == 0xc0 ? 2
                  : (text[0] & 0xf0) == 0xe0 ? 3
                  : (text[0] & 0xf8) == 0xf0 ? 4
                                             : 0;
    uint32_t code;

    if (size == 0 || size > length) {
        return 0;
    }
    code = size == 1 ? text[0] : text[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (text[i] & 0x3f);
    }
    if (code < least[size] || code > 0x10ffff ||
        (code >= 0xd800 && code <= 0xdfff)) {
        return 0;
    }
    *ret_code = code;
    return size;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

/* Characters that turn the direction of text can make a name lie. */
static bool is_bidirectional(uint32_t code)
{
    return code == 0x61c || code == 0x200e || code == 0x200f ||
           (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool wfs_name_is_valid(const char *name, size_t length)
{
    const uint8_t *text = (const uint8_t *)name;

    if (length == 0 || length > WFS_NAME_MAX_BYTES) {
        return false;
    }
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t size = read_code_point(text + at, length - at, &code);

        if (size == 0 || is_control(code) || is_bidirectional(code)) {
            return false;
        }
        at += size;
    }
    return true;
}
