/*
 * complete.c - completing costs the same for a megabyte and a gigabyte.
 *
 * Chunks come in order over a few connections, which end in two processes. So
 * many are out of step: whoever closes a gap has to catch up before the last
 * acknowledgement, not after it. What the processes read and write from there
 * to the answer tells.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "bench.h"
#include "child.h"
#include "cost.h"
#include "crew.h"
#include "ground.h"
#include "send.h"

#define CHUNK_BYTES ((size_t)1 << 20)
#define LARGE_CHUNKS 954 /* a gigabyte */
#define SMALL_CHUNKS 1
#define PROCESSES 2
#define CONNECTIONS 3
#define WINDOW_BYTES (CONNECTIONS * CHUNK_BYTES)
#define READ_AT_MOST (double)((WINDOW_BYTES + CHUNK_BYTES) >> 10)
#define WRITTEN_AT_MOST 256.0
#define TIMES_AT_MOST 1.5

/* What the processes share: `next` is the chunk that is to be sent next. */
typedef struct meeting {
    atomic_uint_fast64_t next;
    pthread_barrier_t is_sent;
    pthread_barrier_t is_complete;
} meeting;

typedef struct job {
    const char *ground;
    const bench_plan *plan;
    meeting *meeting;
} job;

typedef struct outcome {
    double seconds;
    bench_io io;
} outcome;

typedef struct client {
    wfs_store *store;
    const job *job;
} client;

static void send_next(void *data, unsigned number)
{
    const client *self = data;
    meeting *shared = self->job->meeting;
    const bench_plan *plan = self->job->plan;
    uint64_t index = atomic_fetch_add(&shared->next, 1);

    (void)number;
    while (index < plan->chunks) {
        bench_send_chunk(self->store, plan, 0, index);
        index = atomic_fetch_add(&shared->next, 1);
    }
}

/* The first process has one connection less than the others together. */
static unsigned count_connections(unsigned process)
{
    return process == 0 ? CONNECTIONS - PROCESSES + 1 : 1;
}

static void send_and_complete(const void *data, unsigned process, void *ret)
{
    const job *self = data;
    outcome *result = ret;
    client sender = {bench_open_store(self->ground, self->plan->durability),
                     self};
    char id[BENCH_ID_BYTES];
    bench_io before;
    bench_io after;
    double begun;

    bench_write_id(0, id);
    bench_run_threads(count_connections(process), send_next, &sender);
    (void)pthread_barrier_wait(&self->meeting->is_sent);
    before = bench_get_io();
    begun = bench_get_seconds();
    if (process == 0) {
        bench_complete_upload(sender.store, id, self->plan->chunks);
    }
    result->seconds = bench_get_seconds() - begun;
    (void)pthread_barrier_wait(&self->meeting->is_complete);
    after = bench_get_io();
    result->io.read_bytes = after.read_bytes - before.read_bytes;
    result->io.written_bytes = after.written_bytes - before.written_bytes;
    wfs_store_close(sender.store);
}

/* Of one upload in a store of its own: the time, and the bytes of all. */
static outcome measure(const bench_plan *plan, const char *folder)
{
    char ground[BENCH_PATH_BYTES];
    outcome results[PROCESSES];
    meeting *shared = bench_share(sizeof *shared);
    job self = {ground, plan, shared};

    bench_warm_memory(bench_count_bytes(plan));
    bench_make_ground(folder, ground);
    bench_init_barrier(&shared->is_sent, PROCESSES);
    bench_init_barrier(&shared->is_complete, PROCESSES);
    bench_run_children(PROCESSES, send_and_complete, &self, results,
                       sizeof results[0]);
    for (unsigned i = 1; i < PROCESSES; i++) {
        results[0].io.read_bytes += results[i].io.read_bytes;
        results[0].io.written_bytes += results[i].io.written_bytes;
    }
    bench_unshare(shared, sizeof *shared);
    bench_remove_ground(ground);
    return results[0];
}

typedef struct figures {
    double milliseconds[BENCH_ROUNDS_MAX];
    double read_kib[BENCH_ROUNDS_MAX];
    double written_kib[BENCH_ROUNDS_MAX];
} figures;

static void measure_into(figures *to, unsigned slot, const bench_plan *plan,
                         const char *folder)
{
    outcome result = measure(plan, folder);

    to->milliseconds[slot] = result.seconds * 1e3;
    to->read_kib[slot] = (double)result.io.read_bytes / 1024;
    to->written_kib[slot] = (double)result.io.written_bytes / 1024;
}

static void tell_kib(const char *name, double *large, double *small,
                     unsigned rounds, double at_most)
{
    double median = bench_get_median(large, rounds);

    bench_tell(name, median, "KiB", at_most, "most %.0f; of 1 MiB: %.0f",
               large[rounds - 1], bench_get_median(small, rounds));
}

static void tell(figures *large, figures *small, unsigned rounds)
{
    double mine = bench_get_median(large->milliseconds, rounds);
    double least = bench_get_median(small->milliseconds, rounds);

    tell_kib("read, window of 3 chunks included", large->read_kib,
             small->read_kib, rounds, READ_AT_MOST);
    tell_kib("written", large->written_kib, small->written_kib, rounds,
             WRITTEN_AT_MOST);
    bench_tell("time, 1 GB / 1 MiB", mine / least, "x", TIMES_AT_MOST,
               "%.2f / %.2f ms; least %.2f / %.2f ms", mine, least,
               large->milliseconds[0], small->milliseconds[0]);
}

void bench_complete(const bench_options *options)
{
    bench_source *source = bench_make_source(CHUNK_BYTES);
    bench_plan small = {.source = source,
                        .chunk_bytes = CHUNK_BYTES,
                        .uploads = 1,
                        .chunks = SMALL_CHUNKS,
                        .has_chunk_size = true};
    bench_plan large = small;
    figures of_small;
    figures of_large;

    large.chunks = LARGE_CHUNKS;
    bench_tell_title("complete 1 GB of 1 MiB chunks, 3 connections to 2 "
                     "processes");
    for (unsigned i = 0; i <= options->rounds; i++) {
        unsigned slot = i > 0 ? i - 1 : 0; /* the first only warms up */

        measure_into(&of_large, slot, &large, options->folder);
        measure_into(&of_small, slot, &small, options->folder);
    }
    tell(&of_large, &of_small, options->rounds);
    bench_release_source(source);
}
