/*
 * publishing.c - metadata.json of a large store, which grows with it.
 */
#include <time.h>

#include "bench.h"
#include "cost.h"
#include "list.h"
#include "publish.h"
#include "store_internal.h"

double bench_publish(wfs_store *store)
{
    wfs_error error = WFS_ERROR_INIT;
    double begun = bench_get_seconds();

    bench_expect(wfs_publisher_publish(store->publisher, &error), &error,
                 "publish");
    return bench_get_seconds() - begun;
}

void bench_measure_publishing(const bench_pair *pair)
{
    double begun_cpu = bench_get_cpu_seconds();
    double seconds = bench_publish(pair->large);
    double cpu = bench_get_cpu_seconds() - begun_cpu;

    bench_tell("publish metadata.json", seconds, "s", BENCH_NO_GOAL,
               "%.2f s of CPU", cpu);
    (void)bench_publish(pair->small);
}
