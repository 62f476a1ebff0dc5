/*
 * progress.h - a bar on the terminal for what takes long.
 *
 * It is drawn on standard error while that is a terminal, and leaves nothing
 * behind. Elsewhere it draws nothing, and only passes on the wish to end.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli.h"

typedef struct cli_progress {
    const char *label;
    bool is_shown;
    bool is_drawn;
    int64_t begun_ms;
    int64_t drawn_ms;
} cli_progress;

void cli_progress_open(cli_progress *self, const cli *program,
                       const char *label);

/* A wfs_progress; `data` is a cli_progress. False: a signal asked to end. */
bool cli_progress_update(void *data, uint64_t done_bytes, uint64_t total_bytes);

/* A line of text instead of the bar: what is being worked on. */
void cli_progress_tell(cli_progress *self, const char *text);

/* Take the bar away before a line is printed; the next update draws it again.
 */
void cli_progress_clear(cli_progress *self);

#endif
