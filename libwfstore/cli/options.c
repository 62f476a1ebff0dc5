/*
 * options.c - command lines: options from a table, which is the help, too.
 */
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "help.h"
#include "message.h"
#include "number.h"

/* One pass over a command line. */
typedef struct parser {
    const cli_usage *usage;
    cli_option common[CLI_COMMON_OPTIONS];
    int argc;
    char **argv;
    int next;  /* of argv, to be looked at */
    int count; /* operands so far, in argv[1]... */
    bool has_help;
} parser;

cli_exit cli_options_complain(const cli_usage *usage, const char *format, ...)
{
    char text[256];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cli_message("%s (see %s %s%s--help)", text, CLI_PROGRAM,
                usage->name != NULL ? usage->name : "",
                usage->name != NULL ? " " : "");
    return CLI_USAGE;
}

static const cli_option *find_in(const cli_option *options, size_t count,
                                 const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(options[i].name) == length &&
            memcmp(options[i].name, name, length) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

static const cli_option *find(const parser *self, const char *name,
                              size_t length)
{
    const cli_option *found =
        find_in(self->usage->options, self->usage->option_count, name, length);

    return found != NULL
               ? found
               : find_in(self->common, CLI_COMMON_OPTIONS, name, length);
}

/* The value after `=`, else the next word; NULL if there is none. */
static const char *take_value(parser *self, const char *after)
{
    if (*after == '=') {
        return after + 1;
    }
    return self->next < self->argc ? self->argv[self->next++] : NULL;
}

static bool store_value(const cli_option *option, const char *value)
{
    switch (option->kind) {
    case CLI_TEXT:
        *(const char **)option->target = value;
        return *value != '\0';
    case CLI_BYTES:
        return cli_number_parse_bytes(value, option->target);
    case CLI_SPAN:
        return cli_number_parse_span(value, option->target);
    case CLI_FLAG:
        break;
    }
    return false;
}

static cli_exit read_value(parser *self, const cli_option *option,
                           const char *after)
{
    const char *value = take_value(self, after);

    if (value == NULL) {
        return cli_options_complain(self->usage, "--%s needs a value",
                                    option->name);
    }
    if (!store_value(option, value)) {
        return cli_options_complain(self->usage, "--%s: '%s' is not a %s",
                                    option->name, value, option->value);
    }
    return CLI_DONE;
}

/* `text` begins with "--". */
static cli_exit read_option(parser *self, const char *text)
{
    size_t length = strcspn(text + 2, "=");
    const char *after = text + 2 + length;
    const cli_option *option = find(self, text + 2, length);

    if (option == NULL) {
        return cli_options_complain(self->usage, "unknown option %.*s",
                                    (int)(length + 2), text);
    }
    if (option->kind != CLI_FLAG) {
        return read_value(self, option, after);
    }
    if (*after == '=') {
        return cli_options_complain(self->usage, "--%s takes no value",
                                    option->name);
    }
    *(bool *)option->target = true;
    return CLI_DONE;
}

static void take_operands(parser *self)
{
    while (self->next < self->argc) {
        self->argv[++self->count] = self->argv[self->next++];
    }
}

static cli_exit read_word(parser *self)
{
    char *text = self->argv[self->next++];

    if (strcmp(text, "--") == 0) {
        take_operands(self);
    } else if (strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0) {
        self->has_help = true;
        self->next = self->argc;
    } else if (strncmp(text, "--", 2) == 0) {
        return read_option(self, text);
    } else if (text[0] == '-' && text[1] != '\0') {
        return cli_options_complain(self->usage, "unknown option %s", text);
    } else {
        self->argv[++self->count] = text;
        if (self->usage->operands_max < 0) {
            take_operands(self);
        }
    }
    return CLI_DONE;
}

static cli_exit check_operands(const parser *self)
{
    const cli_usage *usage = self->usage;

    if (self->count < usage->operands_min) {
        return cli_options_complain(usage, "%.*s is missing",
                                    (int)strcspn(usage->operands, " "),
                                    usage->operands);
    }
    if (usage->operands_max >= 0 && self->count > usage->operands_max) {
        return cli_options_complain(usage, "'%s' is one too many",
                                    self->argv[usage->operands_max + 1]);
    }
    return CLI_DONE;
}

bool cli_options_parse(cli *self, const cli_usage *usage, int argc, char **argv,
                       char ***ret_operands, int *ret_count, cli_exit *ret_exit)
{
    parser state = {.usage = usage, .argc = argc, .argv = argv, .next = 1};

    *ret_exit = CLI_DONE;
    cli_help_get_common(self, state.common);
    while (*ret_exit == CLI_DONE && state.next < state.argc) {
        *ret_exit = read_word(&state);
    }
    if (*ret_exit == CLI_DONE && state.has_help) {
        cli_help_print(usage);
        return false;
    }
    if (*ret_exit == CLI_DONE) {
        *ret_exit = check_operands(&state);
    }
    *ret_operands = argv + 1;
    *ret_count = state.count;
    return *ret_exit == CLI_DONE;
}
