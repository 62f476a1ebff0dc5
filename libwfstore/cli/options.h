/*
 * options.h - command lines: options from a table, which is the help, too.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli.h"

typedef enum cli_kind {
    CLI_FLAG,  /* bool */
    CLI_TEXT,  /* const char * */
    CLI_BYTES, /* uint64_t; 10, 10k, 10m, 10g */
    CLI_SPAN   /* uint64_t of milliseconds; 90s, 30m, 24h, 7d */
} cli_kind;

/* `value` names the option's value in the help; NULL for a flag. */
typedef struct cli_option {
    const char *name;
    const char *value;
    cli_kind kind;
    void *target;
    const char *help;
} cli_option;

/*
 * `name`      of the command, or NULL for the program itself
 * `operands`  what follows the options, for the help
 * `operands_min`, `operands_max`  how many; the max as -1: stop at the first
 *             operand and leave the rest to the caller
 * `about`     some lines for the help, or NULL
 */
typedef struct cli_usage {
    const char *name;
    const char *summary;
    const char *operands;
    int operands_min;
    int operands_max;
    const cli_option *options;
    size_t option_count;
    const char *about;
} cli_usage;

#define CLI_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Read a command line, argv[0] being the name of the program or command.
 * Options of the program (--store, --quiet, --help) are known everywhere,
 * before and after operands; `--` ends options.
 *
 * `ret_operands`  the operands, moved to the front of argv[1]...; counted in
 *                 `ret_count`
 *
 * False: the command ends with `*ret_exit`; help or a complaint was printed.
 */
bool cli_options_parse(cli *self, const cli_usage *usage, int argc, char **argv,
                       char ***ret_operands, int *ret_count,
                       cli_exit *ret_exit);

/* Complain of a command line, with a hint at the help. Returns CLI_USAGE. */
cli_exit cli_options_complain(const cli_usage *usage, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
