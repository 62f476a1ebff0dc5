/*
 * signals.h - being asked to end.
 *
 * The first Ctrl-C (or TERM, HUP) only sets a flag: what takes long looks at it
 * and ends cleanly. The second one kills; a store survives that, too. A reader
 * that has gone away (SIGPIPE) is the end of printing, not of the work.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <stdbool.h>

/* Once, before the others. */
void cli_signals_open(void);

bool cli_signals_is_interrupted(void);

/* Nobody reads standard output or error any more. */
bool cli_signals_is_pipe_broken(void);

/* Pass what asks us to end on to this child of ours; 0: to nobody. */
void cli_signals_forward(int pid);

/*
 * The last call of a process: if a signal came, die of it, so that a shell sees
 * why. Returns if none came.
 */
void cli_signals_obey(void);

#endif
