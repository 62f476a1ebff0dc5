/*
 * completions.c - completing does not grow with the recordings, nor does it
 * wait for metadata.json, which does.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "cost.h"
#include "list.h"

#define TIMES 60
#define CHUNK_BYTES ((size_t)64 << 10)

/* Ids nobody had before: a filled store is used again and again. */
static void write_new_id(char ret_id[BENCH_ID_BYTES])
{
    static unsigned counter;
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)snprintf(ret_id, BENCH_ID_BYTES, "c-%llx-%x-%x",
                   (unsigned long long)now.tv_sec, (unsigned)getpid(),
                   counter++);
}

static void send(wfs_store *store, const uint8_t *bytes, const char *id)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;

    spec.id = id;
    bench_expect(wfs_upload_begin_chunk(store, &spec, &chunk, &error), &error,
                 "begin");
    bench_expect(wfs_chunk_write(chunk, bytes, CHUNK_BYTES, &error), &error,
                 "write");
    bench_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit");
}

/* Milliseconds on the clock; `ret_cpu`: on those of the processors. */
static double complete_one(wfs_store *store, const uint8_t *bytes,
                           double *ret_cpu)
{
    char id[BENCH_ID_BYTES];
    double begun;
    double begun_cpu;

    write_new_id(id);
    send(store, bytes, id);
    begun = bench_get_seconds();
    begun_cpu = bench_get_cpu_seconds();
    bench_complete_upload(store, id, 1);
    *ret_cpu = (bench_get_cpu_seconds() - begun_cpu) * 1e3;
    return (bench_get_seconds() - begun) * 1e3;
}

typedef struct series {
    double milliseconds[TIMES];
    double cpu[TIMES];
} series;

typedef struct publishing {
    wfs_store *store;
    atomic_bool is_over;
    double seconds;
} publishing;

static void *publish(void *data)
{
    publishing *self = data;

    self->seconds = bench_publish(self->store);
    atomic_store(&self->is_over, true);
    return NULL;
}

/* Completions of the large store while it is published; how many fitted. */
static unsigned complete_meanwhile(wfs_store *store, const uint8_t *bytes,
                                   series *to)
{
    publishing self = {.store = store};
    pthread_t thread;
    unsigned count = 0;

    atomic_init(&self.is_over, false);
    if (pthread_create(&thread, NULL, publish, &self) != 0) {
        bench_fail("cannot start a thread");
    }
    while (count < TIMES && !atomic_load(&self.is_over)) {
        to->milliseconds[count] = complete_one(store, bytes, &to->cpu[count]);
        count++;
    }
    (void)pthread_join(thread, NULL);
    return count;
}

void bench_measure_completing(const bench_pair *pair)
{
    bench_source *source = bench_make_source(CHUNK_BYTES);
    const uint8_t *bytes = bench_get_chunk(source, 0);
    series small;
    series large;
    series busy;
    unsigned count;
    double of_small;
    double of_large;
    double of_busy;

    for (unsigned i = 0; i < TIMES; i++) {
        small.milliseconds[i] = complete_one(pair->small, bytes, &small.cpu[i]);
        large.milliseconds[i] = complete_one(pair->large, bytes, &large.cpu[i]);
    }
    count = complete_meanwhile(pair->large, bytes, &busy);
    of_small = bench_get_median(small.milliseconds, TIMES);
    of_large = bench_get_median(large.milliseconds, TIMES);
    of_busy = bench_get_median(busy.milliseconds, count);
    bench_tell("complete", of_large / of_small, "x", BENCH_TIMES_AT_MOST,
               "%.2f / %.2f ms, %.2f / %.2f ms of CPU", of_large, of_small,
               bench_get_median(large.cpu, TIMES),
               bench_get_median(small.cpu, TIMES));
    bench_tell("complete while publishing", of_busy / of_large, "x",
               BENCH_NO_GOAL, "median %.2f, most %.2f ms of %u", of_busy,
               busy.milliseconds[count - 1], count);
    bench_release_source(source);
}
