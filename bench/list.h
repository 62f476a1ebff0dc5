/*
 * list.h - the parts of the benchmark of large stores.
 */
#ifndef BENCH_LIST_H
#define BENCH_LIST_H

#include "send.h"

/* Both are open in the measuring process. */
typedef struct bench_pair {
    const char *small_path;
    const char *large_path;
    wfs_store *small;
    wfs_store *large;
} bench_pair;

#define BENCH_TIMES_AT_MOST 1.3

/* Each order's first and deep pages, and those of a search. */
void bench_measure_pages(const bench_pair *pair);

/* Completing, alone and while metadata.json is published. */
void bench_measure_completing(const bench_pair *pair);

/* metadata.json; both stores are published afterwards. */
void bench_measure_publishing(const bench_pair *pair);

/* Publish what lags now, and tell how long it took. */
double bench_publish(wfs_store *store);

#endif
