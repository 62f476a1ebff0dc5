/*
 * json.h - one object per line, for programs that read what a command prints.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "cli.h"

typedef struct cli_json {
    bool has_member;
} cli_json;

void cli_json_begin(cli_json *self);
void cli_json_end(cli_json *self);

/* What is not UTF-8 becomes U+FFFD; NULL is null. */
void cli_json_put_text(cli_json *self, const char *name, const char *value);

/* WFS_UNKNOWN is null. */
void cli_json_put_number(cli_json *self, const char *name, uint64_t value);

void cli_json_put_bool(cli_json *self, const char *name, bool value);

/* `value` is JSON text. */
void cli_json_put_raw(cli_json *self, const char *name, const char *value);

/* A recording as the library writes it, on a line of its own. */
wfs_status cli_json_put_recording(const wfs_recording *recording);

#endif
