/*
 * jobs.h - many explorations, a few at a time, each in a process of its own.
 */
#ifndef POWERCUT_JOBS_H
#define POWERCUT_JOBS_H

#include "explore.h"

/*
 * `site`      NO_SITE: all states
 * `is_done`   if not NULL: another job may have done it, or does now
 */
typedef struct job {
    exploration task;
    size_t site;
    bool *is_done;
} job;

/*
 * Run all, `workers` at a time, with disks below `base`; each job's report is
 * set. One that dies or hangs counts as a failure in the state it was at.
 */
void jobs_run(job *jobs, size_t count, size_t workers, const char *base);

#endif
