/*
 * explore.h - going through the states of a history, and checking each.
 */
#ifndef POWERCUT_EXPLORE_H
#define POWERCUT_EXPLORE_H

#include "check.h"
#include "cut.h"

#define REPORT_NAME_BYTES 64
#define REPORT_FAILURES 8

/*
 * What has come of it; in memory that outlives the process that explores, so
 * that one that dies is told, too. `state` is the one being checked.
 *
 * `states`   told apart by name
 * `checked`  of them: put on a disk and opened; the others are equal to one
 *            of these
 * `told`     the first failures, each of another kind
 */
typedef struct report_failure {
    char state[REPORT_NAME_BYTES];
    char why[CHECK_WHY_BYTES];
} report_failure;

typedef struct report {
    size_t states;
    size_t checked;
    size_t failures;
    char state[REPORT_NAME_BYTES];
    size_t told_count;
    report_failure told[REPORT_FAILURES];
} report;

/* The state it is at has failed. */
void report_fail(report *self, const char *why);

/*
 * `folder`   where disks are put; emptied again and again
 * `subsets`  by chance, per end
 * `budget`   about this many states, by chance; 0: all
 * `slice`, `slices`  this one of so many parts
 */
typedef struct exploration {
    const history *history;
    const char *folder;
    uint64_t seed;
    size_t subsets;
    size_t budget;
    size_t slice;
    size_t slices;
    report *report;
} exploration;

/* All states of all ends. */
void explore_states(const exploration *self);

/*
 * The states in which what the syncs of `site` cover is not there, until one
 * fails or `budget` were checked.
 */
void explore_site(const exploration *self, size_t site);

/* One state, by its name; returns whether it is well. */
bool explore_one(const exploration *self, size_t off, const char *name);

#endif
