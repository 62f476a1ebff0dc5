/*
 * child.h - work done by processes of its own.
 *
 * A store must not be open across a fork, so the program itself never opens
 * one: all that is measured is measured in children, whose memory and clocks
 * are their own.
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

#include <pthread.h>
#include <stddef.h>

/* `index` from 0; `ret` is this child's place among the results. */
typedef void (*bench_work)(const void *data, unsigned index, void *ret);

/*
 * Run `count` children at the same time and wait for them. One that fails ends
 * the program.
 *
 * `data`         shared by all, as it was at the fork
 * `ret_results`  `count` times `size` bytes, zeroed before
 */
void bench_run_children(unsigned count, bench_work work, const void *data,
                        void *ret_results, size_t size);

/* Zeroed memory that children share with the program and each other. */
void *bench_share(size_t size);
void bench_unshare(void *memory, size_t size);

/* A barrier in such memory for `count` threads of any processes. */
void bench_init_barrier(pthread_barrier_t *barrier, unsigned count);

#endif
