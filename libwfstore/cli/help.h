/*
 * help.h - the help of the program and of each command.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "options.h"

/* The options known everywhere; `*ret_count` of them, their targets in self. */
#define CLI_COMMON_OPTIONS 2
void cli_help_get_common(cli *self, cli_option options[CLI_COMMON_OPTIONS]);

/* Print the help of a command line to standard output. */
void cli_help_print(const cli_usage *usage);

#endif
