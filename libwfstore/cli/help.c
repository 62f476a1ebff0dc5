/*
 * help.c - the help of the program and of each command.
 */
#include "help.h"

#include <stdio.h>
#include <string.h>

void cli_help_get_common(cli *self, cli_option options[CLI_COMMON_OPTIONS])
{
    options[0] = (cli_option){"store", "DIR", CLI_TEXT, &self->store_path,
                              "the store (else $WFSTORE_DIR, else .)"};
    options[1] = (cli_option){"quiet", NULL, CLI_FLAG, &self->is_quiet,
                              "no progress, no summary"};
}

static void print_option(const char *name, const char *value, const char *help)
{
    char left[64];

    (void)snprintf(left, sizeof left, "--%s%s%s", name,
                   value != NULL ? " " : "", value != NULL ? value : "");
    printf("  %-24s %s\n", left, help);
}

static void print_options(const cli_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        print_option(options[i].name, options[i].value, options[i].help);
    }
}

void cli_help_print(const cli_usage *usage)
{
    cli unused = {0};
    cli_option common[CLI_COMMON_OPTIONS];

    cli_help_get_common(&unused, common);
    printf(
        "Usage: %s%s%s [OPTION]...%s%s\n\n%s\n\n", CLI_PROGRAM,
        usage->name != NULL ? " " : "", usage->name != NULL ? usage->name : "",
        usage->operands[0] != '\0' ? " " : "", usage->operands, usage->summary);
    print_options(usage->options, usage->option_count);
    print_options(common, CLI_COMMON_OPTIONS);
    print_option("help", NULL, "this text");
    if (usage->about != NULL) {
        printf("\n%s", usage->about);
    }
}
