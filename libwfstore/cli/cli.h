/*
 * cli.h - what every command of wfstore(1) shares: its options, its exit codes.
 *
 * A command reads its own options, opens the store, prints what it found to
 * standard output and one line to standard error if it cannot go on. It uses
 * nothing of the library but the headers in include/wfstore/.
 */
#ifndef CLI_H
#define CLI_H

#include "wfstore/wfstore.h"

#define CLI_PROGRAM "wfstore"

/* Documented in wfstore(1); beyond these, a shell's 128 + signal. */
typedef enum cli_exit {
    CLI_DONE = 0,
    CLI_FINDINGS = 1, /* the work is done, and something was found amiss */
    CLI_USAGE = 2,
    CLI_FAILED = 3,
    CLI_BUSY = 4,    /* others have it; the same call may succeed later */
    CLI_MISSING = 5, /* there is no such store, recording or upload */
} cli_exit;

/*
 * What stands before or after the command's name.
 *
 * `store_label`  how messages call the store; NULL: by its path
 */
typedef struct cli {
    const char *store_path;
    const char *store_label;
    bool is_quiet;
} cli;

typedef struct cli_command {
    const char *name;
    const char *summary;
    cli_exit (*run)(cli *self, int argc, char **argv);
} cli_command;

cli_exit cli_run_backup(cli *self, int argc, char **argv);
cli_exit cli_run_gc(cli *self, int argc, char **argv);
cli_exit cli_run_ls(cli *self, int argc, char **argv);
cli_exit cli_run_rebuild(cli *self, int argc, char **argv);
cli_exit cli_run_salvage(cli *self, int argc, char **argv);
cli_exit cli_run_show(cli *self, int argc, char **argv);
cli_exit cli_run_stat(cli *self, int argc, char **argv);
cli_exit cli_run_verify(cli *self, int argc, char **argv);

#endif
