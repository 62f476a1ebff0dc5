/*
 * findings.h - what verify, backup and rebuild tell: findings as they are made,
 * and a summary at the end.
 */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "cli.h"
#include "progress.h"

/*
 * `label`     how messages call what is worked on
 * `may_stop`  nobody reading what is found ends the work, too
 * `aside`     what files set aside have in their names now; NULL: there is none
 */
typedef struct cli_findings {
    cli_progress progress;
    const char *label;
    bool is_json;
    bool is_quiet;
    bool may_stop;
    const char *aside;
} cli_findings;

/* `work` stands beside the progress bar: "verifying". */
void cli_findings_open(cli_findings *self, const cli *program, const char *work,
                       const char *label, bool is_json);

/* A wfs_finding_visitor; `data` is a cli_findings. */
bool cli_findings_print(void *data, const wfs_finding *finding);

/* Figures of 0 are left out for people, unless they come first. `is_amiss`: of
 * what should be 0. */
typedef struct cli_figure {
    const char *name;
    uint64_t value;
    bool is_amiss;
} cli_figure;

/*
 * Take the progress bar away and print the summary: how much of what was done,
 * also if it ended early, but not if it could not even begin. Complain if it
 * did not succeed.
 *
 * `bytes`   of what the first figure counts
 * `status`  how it ended, with `error` unless that is WFS_OK
 *
 * Returns CLI_FINDINGS if something is amiss, CLI_DONE, or as
 * cli_message_fail.
 */
cli_exit cli_findings_close(cli_findings *self, wfs_status status,
                            const wfs_error *error, uint64_t bytes,
                            const cli_figure *figures, size_t count);

#endif
