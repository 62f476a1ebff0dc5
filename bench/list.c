/*
 * list.c - what a store costs does not grow with its recordings.
 *
 * Two stores, one small and one large, do the same in turns, call by call, so
 * that both meet the same machine. Pages have as many rows in both.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "child.h"
#include "cost.h"
#include "fill.h"
#include "ground.h"
#include "list.h"

#define SMALL 10
#define OPEN_AT_MOST_MS 50.0

typedef struct job {
    const char *path;
} job;

static void open_once(const void *data, unsigned index, void *ret)
{
    const job *self = data;
    double *milliseconds = ret;
    double begun = bench_get_seconds();
    wfs_store *store = bench_open_store(self->path, WFS_DURABILITY_CHUNK);

    (void)index;
    *milliseconds = (bench_get_seconds() - begun) * 1e3;
    wfs_store_close(store);
}

static double get_open_ms(const char *path, unsigned rounds, double *ret_most)
{
    double milliseconds[BENCH_ROUNDS_MAX];
    job self = {path};
    double median;

    for (unsigned i = 0; i < rounds; i++) {
        bench_run_children(1, open_once, &self, &milliseconds[i],
                           sizeof milliseconds[i]);
    }
    median = bench_get_median(milliseconds, rounds);
    *ret_most = milliseconds[rounds - 1];
    return median;
}

static void measure_opening(const bench_pair *pair, unsigned rounds)
{
    double most_small;
    double most;
    double small = get_open_ms(pair->small_path, rounds, &most_small);
    double large = get_open_ms(pair->large_path, rounds, &most);

    bench_tell("open", large, "ms", OPEN_AT_MOST_MS,
               "most %.2f; of %d recordings: %.2f, most %.2f", most, SMALL,
               small, most_small);
}

static void measure_open_stores(const void *data, unsigned index, void *ret)
{
    bench_pair pair = *(const bench_pair *)data;

    (void)index;
    (void)ret;
    pair.small = bench_open_store(pair.small_path, WFS_DURABILITY_CHUNK);
    pair.large = bench_open_store(pair.large_path, WFS_DURABILITY_CHUNK);
    bench_measure_publishing(&pair);
    bench_measure_pages(&pair);
    bench_measure_completing(&pair);
    wfs_store_close(pair.small);
    wfs_store_close(pair.large);
}

void bench_list(const bench_options *options)
{
    char small[BENCH_PATH_BYTES];
    char large[BENCH_PATH_BYTES];
    char title[BENCH_PATH_BYTES];
    char nothing;
    bench_pair pair = {.small_path = small, .large_path = large};

    bench_get_filled_store(options->folder, SMALL, small);
    bench_get_filled_store(options->folder, options->recordings, large);
    (void)snprintf(title, sizeof title, "list, %llu recordings / %d recordings",
                   (unsigned long long)options->recordings, SMALL);
    bench_tell_title(title);
    measure_opening(&pair, options->rounds);
    bench_run_children(1, measure_open_stores, &pair, &nothing, sizeof nothing);
}
