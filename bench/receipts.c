/*
 * receipts.c - what a chunk's receipt costs of the chunk.
 *
 * Receipts are written by a thread of the store's own. So what the threads
 * that send have not used themselves went into receipts, or into looking after
 * the journal that receipts make.
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "aging.h"
#include "bench.h"
#include "child.h"
#include "cost.h"
#include "crew.h"
#include "ground.h"
#include "send.h"
#include "tending.h"

#define PROCESSES 4
#define UPLOADS 8
#define AT_MOST 15.0
#define LARGE_BYTES ((size_t)1 << 20)
#define SMALL_BYTES ((size_t)64 << 10)

typedef struct job {
    const char *ground;
    const bench_plan *plan;
    pthread_barrier_t *is_open;
} job;

typedef struct outcome {
    double seconds;
    double sending;
} outcome;

typedef struct crew {
    const job *job;
    wfs_store *store;
    unsigned process;
    double seconds[UPLOADS];
} crew;

static void send_upload(void *data, unsigned number)
{
    crew *self = data;
    const bench_plan *plan = self->job->plan;
    unsigned upload = self->process * plan->uploads + number;

    for (uint64_t index = 0; index < plan->chunks; index++) {
        bench_send_chunk(self->store, plan, upload, index);
    }
    self->seconds[number] = bench_get_thread_seconds();
}

static void send_all(const void *data, unsigned process, void *ret)
{
    const job *self = data;
    outcome *result = ret;
    crew sender = {.job = self, .process = process};
    bench_tending *tending;
    double begun;

    sender.store = bench_open_store(self->ground, self->plan->durability);
    (void)pthread_barrier_wait(self->is_open);
    if (process == 0) {
        bench_age_store(self->ground);
    }
    (void)pthread_barrier_wait(self->is_open);
    begun = bench_get_cpu_seconds();
    tending = bench_begin_tending(sender.store);
    bench_run_threads(self->plan->uploads, send_upload, &sender);
    bench_end_tending(tending);
    result->seconds = bench_get_cpu_seconds() - begun;
    for (unsigned i = 0; i < self->plan->uploads; i++) {
        result->sending += sender.seconds[i];
    }
    wfs_store_close(sender.store);
}

static outcome measure(const bench_plan *plan, const char *folder)
{
    pthread_barrier_t *is_open = bench_share(sizeof *is_open);
    char ground[BENCH_PATH_BYTES];
    job self = {ground, plan, is_open};
    outcome results[PROCESSES];

    bench_warm_memory(PROCESSES * bench_count_bytes(plan));
    bench_make_ground(folder, ground);
    bench_init_barrier(is_open, PROCESSES);
    bench_run_children(PROCESSES, send_all, &self, results, sizeof results[0]);
    for (unsigned i = 1; i < PROCESSES; i++) {
        results[0].seconds += results[i].seconds;
        results[0].sending += results[i].sending;
    }
    bench_unshare(is_open, sizeof *is_open);
    bench_remove_ground(ground);
    return results[0];
}

static void measure_plan(const bench_plan *plan, const bench_options *options,
                         double at_most)
{
    double chunks = (double)(PROCESSES * plan->uploads * plan->chunks);
    double shares[BENCH_ROUNDS_MAX];
    double receipts[BENCH_ROUNDS_MAX];
    double whole[BENCH_ROUNDS_MAX];
    char name[64];

    for (unsigned i = 0; i <= options->rounds; i++) {
        unsigned slot = i > 0 ? i - 1 : 0; /* the first only warms up */
        outcome result = measure(plan, options->folder);
        double spent = result.seconds - result.sending;

        shares[slot] = spent / result.seconds * 100;
        receipts[slot] = spent / chunks * 1e6;
        whole[slot] = result.seconds / chunks * 1e6;
    }
    (void)snprintf(name, sizeof name, "%u uploads over %d processes, %zu KiB",
                   plan->uploads * PROCESSES, PROCESSES,
                   plan->chunk_bytes >> 10);
    bench_tell(name, bench_get_median(shares, options->rounds), "%", at_most,
               "%.0f of %.0f us a chunk",
               bench_get_median(receipts, options->rounds),
               bench_get_median(whole, options->rounds));
}

static void measure_size(size_t chunk_bytes, const bench_options *options,
                         double at_most)
{
    static const unsigned uploads[] = {UPLOADS / PROCESSES, UPLOADS};
    bench_source *source = bench_make_source(chunk_bytes);

    for (size_t i = 0; i < sizeof uploads / sizeof *uploads; i++) {
        bench_plan plan = {.source = source,
                           .chunk_bytes = chunk_bytes,
                           .uploads = uploads[i],
                           .has_chunk_size = true};

        plan.chunks = options->bytes / PROCESSES / uploads[i] / chunk_bytes;
        measure_plan(&plan, options, at_most);
    }
    bench_release_source(source);
}

void bench_receipts(const bench_options *options)
{
    bench_tell_title("receipts, of a chunk's CPU time");
    measure_size(LARGE_BYTES, options, AT_MOST);
    measure_size(SMALL_BYTES, options, BENCH_NO_GOAL);
}
