/*
 * plan.h - what is received in one run, by the library or by the sink.
 */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "source.h"
#include "wfstore/store.h"

/* Bytes handed over at once, as a server's body buffer is. */
#define BENCH_WRITE_BYTES ((size_t)256 << 10)

/*
 * `uploads`         at the same time, a thread each
 * `chunks`          of each upload
 * `has_chunk_size`  told with each chunk, so that it has a fixed place
 * `is_late`         chunk 0 comes last, so that all others have to wait for
 *                   it loose (without a chunk size)
 * `has_digest`      each chunk comes with its SHA-256
 */
typedef struct bench_plan {
    const bench_source *source;
    size_t chunk_bytes;
    unsigned uploads;
    uint64_t chunks;
    bool has_chunk_size;
    bool is_late;
    bool has_digest;
    wfs_durability durability;
} bench_plan;

/* Of all uploads together. */
uint64_t bench_count_bytes(const bench_plan *plan);

/* The chunk that comes as number `turn`, from 0. */
uint64_t bench_get_index(const bench_plan *plan, uint64_t turn);

/* Whether chunks have to wait in files of their own. */
bool bench_is_loose(const bench_plan *plan);

/*
 * Receive all of it into `folder`, which is empty, and tell what that cost this
 * process in CPU seconds: up to the last acknowledgement, or up to the finished
 * recording where chunks are loose, since their second half comes then.
 */
double bench_receive_by_library(const bench_plan *plan, const char *folder);
double bench_receive_by_sink(const bench_plan *plan, const char *folder);

#endif
