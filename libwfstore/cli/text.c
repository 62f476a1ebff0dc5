/*
 * text.c - text of others on a terminal: what it may not contain is escaped,
 * and how wide it is.
 */
#include "text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* A character as it is shown: itself, or its escape. */
typedef struct glyph {
    char bytes[16];
    size_t width;
} glyph;

static const char ELLIPSIS[] = "\xe2\x80\xa6";

/* Set by cli_text_open: what the terminal of this process can show. */
static bool is_ascii;

void cli_text_open(void)
{
    (void)setlocale(LC_ALL, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        is_ascii = isatty(STDOUT_FILENO) != 0;
        /* For wcwidth, and so that pipes and files have the text itself. */
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    }
    /* Numbers are for scripts, too. */
    (void)setlocale(LC_NUMERIC, "C");
}

/* Bytes of the character that `lead` begins; 0: it begins none. */
static size_t get_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead < 0xe0) {
        return 2;
    }
    if (lead >= 0xe0 && lead < 0xf0) {
        return 3;
    }
    return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/* RFC 3629: the shortest form only, no surrogates, at most U+10FFFF. */
static bool is_scalar(unsigned long code, size_t length)
{
    static const unsigned long first[] = {0, 0, 0x80, 0x800, 0x10000};

    return code >= first[length] && code <= 0x10ffff &&
           (code < 0xd800 || code > 0xdfff);
}

bool cli_text_next(const char **text, size_t length, unsigned long *ret_code)
{
    static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const unsigned char *bytes = (const unsigned char *)*text;
    size_t size = get_length(bytes[0]);
    unsigned long code = bytes[0] & mask[size];
    size_t i;

    for (i = 1; i < size && i < length && (bytes[i] & 0xc0) == 0x80; i++) {
        code = code << 6 | (bytes[i] & 0x3f);
    }
    if (size == 0 || i < size || !is_scalar(code, size)) {
        *ret_code = bytes[0];
        *text += 1;
        return false;
    }
    *ret_code = code;
    *text += size;
    return true;
}

bool cli_text_is_unsafe(unsigned long code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c ||
           (code >= 0x200e && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

static void escape(glyph *self, bool is_character, unsigned long code)
{
    const char *format = is_character && code > 0x7f ? "\\u{%lx}" : "\\x%02lx";

    self->width =
        (size_t)snprintf(self->bytes, sizeof self->bytes, format, code);
}

static glyph next_glyph(const char **text)
{
    const char *at = *text;
    glyph self = {.width = 1};
    unsigned long code;
    bool is_character = cli_text_next(text, strnlen(at, 4), &code);
    int width = wcwidth((wchar_t)code);

    if (!is_character || cli_text_is_unsafe(code) || width < 0 ||
        (is_ascii && code > 0x7e)) {
        escape(&self, is_character, code);
        return self;
    }
    memcpy(self.bytes, at, (size_t)(*text - at));
    self.width = (size_t)width;
    return self;
}

size_t cli_text_get_plain(const char *text)
{
    size_t length = 0;

    while (text[length] >= 0x20 && text[length] < 0x7f) {
        length++;
    }
    return length;
}

size_t cli_text_get_width(const char *text)
{
    size_t width = 0;

    while (*text != '\0') {
        size_t plain = cli_text_get_plain(text);

        text += plain;
        width += plain;
        width += *text != '\0' ? next_glyph(&text).width : 0;
    }
    return width;
}

/* Put what is plain at the beginning of `*text`, in at most `room` columns. */
static size_t put_plain(FILE *to, const char **text, size_t room)
{
    size_t plain = cli_text_get_plain(*text);
    size_t length = plain < room ? plain : room;

    (void)fwrite(*text, 1, length, to);
    *text += length;
    return length;
}

static size_t put_ellipsis(FILE *to, size_t width)
{
    if (width == 0) {
        return 0;
    }
    (void)fputs(is_ascii ? "~" : ELLIPSIS, to);
    return 1;
}

size_t cli_text_put(FILE *to, const char *text, size_t width)
{
    bool fits = width == SIZE_MAX || cli_text_get_width(text) <= width;
    size_t room = fits || width == 0 ? width : width - 1;
    size_t used = 0;

    while (*text != '\0') {
        size_t plain = put_plain(to, &text, room - used);

        used += plain;
        if (plain == 0) {
            glyph next = next_glyph(&text);

            if (next.width > room - used) {
                break;
            }
            (void)fputs(next.bytes, to);
            used += next.width;
        }
    }
    return fits ? used : used + put_ellipsis(to, width);
}
