/*
 * message.h - what goes to standard error: one line per fault.
 */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "cli.h"

/* "wfstore: ..." and a line end; control characters are shown escaped. */
void cli_message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Tell why `what` (a store, an id) failed. Returns the exit code that fits:
 * CLI_MISSING, CLI_BUSY, else CLI_FAILED.
 */
cli_exit cli_message_fail(const char *what, const wfs_error *error);

#endif
