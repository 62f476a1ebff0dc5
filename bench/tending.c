/*
 * tending.c - a thread that tends a store, as a server does.
 */
#include "tending.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "cost.h"

#define BUDGET_MS 200
#define PAUSE_NS 20000000

struct bench_tending {
    pthread_t thread;
    wfs_store *store;
    atomic_bool is_over;
};

static void *tend(void *data)
{
    const struct timespec pause = {0, PAUSE_NS};
    bench_tending *self = data;
    double next = 0;

    while (!atomic_load(&self->is_over)) {
        uint64_t next_ms = 0;

        if (bench_get_seconds() >= next) {
            (void)wfs_store_tend(self->store, BUDGET_MS, &next_ms, NULL);
            next = bench_get_seconds() + (double)next_ms / 1e3;
        }
        (void)nanosleep(&pause, NULL);
    }
    return NULL;
}

bench_tending *bench_begin_tending(wfs_store *store)
{
    bench_tending *self = calloc(1, sizeof *self);

    if (self == NULL) {
        bench_fail("out of memory");
    }
    self->store = store;
    if (pthread_create(&self->thread, NULL, tend, self) != 0) {
        bench_fail("cannot start a thread");
    }
    return self;
}

void bench_end_tending(bench_tending *tending)
{
    atomic_store(&tending->is_over, true);
    (void)pthread_join(tending->thread, NULL);
    free(tending);
}
