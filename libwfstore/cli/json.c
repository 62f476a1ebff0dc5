/*
 * json.c - one object per line, for programs that read what a command prints.
 *
 * A terminal may be such a program: what must not reach one as it is can only
 * stand within strings, and is escaped there.
 */
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Put the character that `*text` begins with. */
static void put_character(const char **text)
{
    const char *at = *text;
    unsigned long code;

    if (!cli_text_next(text, strnlen(at, 4), &code)) {
        (void)fputs("\\ufffd", stdout);
    } else if (cli_text_is_unsafe(code)) {
        printf("\\u%04lx", code);
    } else {
        (void)fwrite(at, 1, (size_t)(*text - at), stdout);
    }
}

static void put_json(const char *text)
{
    while (*text != '\0') {
        size_t plain = cli_text_get_plain(text);

        (void)fwrite(text, 1, plain, stdout);
        text += plain;
        if (*text != '\0') {
            put_character(&text);
        }
    }
}

static void put_string(const char *text)
{
    (void)putchar('"');
    while (*text != '\0') {
        if (*text == '"' || *text == '\\') {
            (void)putchar('\\');
        }
        put_character(&text);
    }
    (void)putchar('"');
}

static void put_name(cli_json *self, const char *name)
{
    printf("%s\"%s\":", self->has_member ? "," : "", name);
    self->has_member = true;
}

void cli_json_begin(cli_json *self)
{
    self->has_member = false;
    (void)putchar('{');
}

void cli_json_end(cli_json *self)
{
    self->has_member = false;
    (void)puts("}");
}

void cli_json_put_text(cli_json *self, const char *name, const char *value)
{
    put_name(self, name);
    if (value == NULL) {
        (void)fputs("null", stdout);
    } else {
        put_string(value);
    }
}

void cli_json_put_number(cli_json *self, const char *name, uint64_t value)
{
    put_name(self, name);
    if (value == WFS_UNKNOWN) {
        (void)fputs("null", stdout);
    } else {
        printf("%" PRIu64, value);
    }
}

void cli_json_put_bool(cli_json *self, const char *name, bool value)
{
    put_name(self, name);
    (void)fputs(value ? "true" : "false", stdout);
}

void cli_json_put_raw(cli_json *self, const char *name, const char *value)
{
    put_name(self, name);
    put_json(value);
}

wfs_status cli_json_put_recording(const wfs_recording *recording)
{
    char *text = NULL;
    size_t length;
    wfs_status status = wfs_recording_to_json(recording, &text, &length);

    if (status == WFS_OK) {
        put_json(text);
        (void)putchar('\n');
    }
    free(text);
    return status;
}
