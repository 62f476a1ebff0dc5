/*
 * terminal.h - whether a stream is a terminal, and how wide.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Columns of the terminal; 0: it is none. */
size_t cli_terminal_get_columns(FILE *stream);

/* Whether what stands on a line of it can be taken away again. */
bool cli_terminal_can_erase(FILE *stream);

#endif
