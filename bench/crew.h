/*
 * crew.h - threads that do the same work, each with its number.
 */
#ifndef BENCH_CREW_H
#define BENCH_CREW_H

typedef void (*bench_shift)(void *data, unsigned number);

/* Run `count` threads and wait for them. */
void bench_run_threads(unsigned count, bench_shift work, void *data);

#endif
