/*
 * bench.h - what every benchmark gets and how it tells what it found.
 *
 * A benchmark is a function that measures and tells figures. Nothing here
 * decides anything: whether a goal is met is printed, and only --check makes
 * it an exit code. What goes wrong while measuring ends the program at once.
 */
#ifndef BENCH_H
#define BENCH_H

#include <math.h>
#include <stdint.h>

#include "wfstore/wfstore.h"

#define BENCH_ROUNDS_MAX 100

/*
 * `folder`      where stores are made; its disk is what is measured
 * `rounds`      counted runs of each side, after one that warms up; 1 to
 *               BENCH_ROUNDS_MAX
 * `bytes`       audio of one run
 * `recordings`  size of the large store
 */
typedef struct bench_options {
    const char *folder;
    unsigned rounds;
    uint64_t bytes;
    uint64_t recordings;
} bench_options;

typedef void (*bench_function)(const bench_options *options);

void bench_receive(const bench_options *options);
void bench_complete(const bench_options *options);
void bench_list(const bench_options *options);
void bench_memory(const bench_options *options);
void bench_receipts(const bench_options *options);
void bench_digests(const bench_options *options);

#define BENCH_NO_GOAL ((double)INFINITY)

/*
 * One line of the table.
 *
 * `unit`     behind the figure; "x" for a ratio
 * `at_most`  the goal, or BENCH_NO_GOAL
 * `detail`   as printf: what the figure was made of
 */
__attribute__((format(printf, 5, 6))) void
bench_tell(const char *name, double figure, const char *unit, double at_most,
           const char *detail, ...);

/* The headline of what is told next. */
void bench_tell_title(const char *title);

/* How many goals were missed so far. */
unsigned bench_count_missed(void);

/* End the program: `format` as printf says what could not be done. */
__attribute__((format(printf, 1, 2))) _Noreturn void
bench_fail(const char *format, ...);

/* End the program unless `status` is WFS_OK. */
void bench_expect(wfs_status status, const wfs_error *error, const char *what);

#endif
