/*
 * cost.h - what work has cost this process, and figures made of many runs.
 */
#ifndef BENCH_COST_H
#define BENCH_COST_H

#include <stddef.h>
#include <stdint.h>

/* CPU time of all threads of this process so far, user and system. */
double bench_get_cpu_seconds(void);

/* Of the calling thread alone. */
double bench_get_thread_seconds(void);

/* A clock that only goes forward. */
double bench_get_seconds(void);

/* Bytes this process has passed through read and write calls so far. */
typedef struct bench_io {
    uint64_t read_bytes;
    uint64_t written_bytes;
} bench_io;

bench_io bench_get_io(void);

/* Sorts `values`. */
double bench_get_median(double *values, size_t count);

#endif
