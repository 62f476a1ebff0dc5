/*
 * receive.c - what receiving costs beyond the writes, digests and syncs.
 */
#include <stdlib.h>

#include "bench.h"
#include "child.h"
#include "cost.h"
#include "ground.h"
#include "plan.h"

#define UPLOADS 8
#define AT_MOST 1.10 /* of chunks as large as the server advises */
#define ADVISED_BYTES ((size_t)1 << 20)
#define SMALL_BYTES ((size_t)64 << 10)
#define GB 1e9
#define WARM_TIMES 2

typedef struct variant {
    const char *name;
    bool has_chunk_size;
    bool is_late;
    bool has_digest;
} variant;

static const variant variants[] = {
    {"fixed place", true, false, false},
    {"fixed place, chunk digest", true, false, true},
    {"tail", false, false, false},
    {"loose", false, true, false},
};

typedef struct job {
    const bench_plan *plan;
    const char *folder;
    bool is_sink;
} job;

static void measure(const void *data, unsigned index, void *ret)
{
    const job *self = data;
    double *seconds = ret;
    char ground[BENCH_PATH_BYTES];

    (void)index;
    bench_warm_memory(WARM_TIMES * bench_count_bytes(self->plan));
    bench_make_ground(self->folder, ground);
    *seconds = self->is_sink ? bench_receive_by_sink(self->plan, ground)
                             : bench_receive_by_library(self->plan, ground);
    bench_remove_ground(ground);
}

static double measure_once(const bench_plan *plan, const char *folder,
                           bool is_sink)
{
    job self = {plan, folder, is_sink};
    double seconds = 0;

    bench_run_children(1, measure, &self, &seconds, sizeof seconds);
    return seconds;
}

/* In turns, so that what changes with time changes for both. */
static void compare(const char *name, const bench_plan *plan,
                    const bench_options *options, double at_most)
{
    double gigabytes = (double)bench_count_bytes(plan) / GB;
    double chunks = (double)(plan->uploads * plan->chunks);
    double library[BENCH_ROUNDS_MAX];
    double sink[BENCH_ROUNDS_MAX];
    double ratio[BENCH_ROUNDS_MAX];
    double mine;
    double least;

    for (unsigned i = 0; i <= options->rounds; i++) {
        unsigned slot = i > 0 ? i - 1 : 0; /* the first only warms up */

        library[slot] = measure_once(plan, options->folder, false);
        sink[slot] = measure_once(plan, options->folder, true);
        ratio[slot] = library[slot] / sink[slot];
    }
    mine = bench_get_median(library, options->rounds);
    least = bench_get_median(sink, options->rounds);
    bench_tell(name, bench_get_median(ratio, options->rounds), "x", at_most,
               "%.3f / %.3f CPU s/GB; least %.3f / %.3f = %.2f, %+.0f us a "
               "chunk",
               mine / gigabytes, least / gigabytes, library[0] / gigabytes,
               sink[0] / gigabytes, library[0] / sink[0],
               (library[0] - sink[0]) / chunks * 1e6);
}

static void measure_variant(const variant *wanted, size_t chunk_bytes,
                            wfs_durability durability,
                            const bench_options *options)
{
    bench_source *source = bench_make_source(chunk_bytes);
    bench_plan plan = {
        .source = source,
        .chunk_bytes = chunk_bytes,
        .uploads = UPLOADS,
        .chunks = options->bytes / UPLOADS / chunk_bytes,
        .has_chunk_size = wanted->has_chunk_size,
        .is_late = wanted->is_late,
        .has_digest = wanted->has_digest,
        .durability = durability,
    };

    compare(wanted->name, &plan, options,
            chunk_bytes == ADVISED_BYTES ? AT_MOST : BENCH_NO_GOAL);
    bench_release_source(source);
}

static void measure_all(size_t chunk_bytes, wfs_durability durability,
                        const bench_options *options)
{
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        measure_variant(&variants[i], chunk_bytes, durability, options);
    }
}

void bench_receive(const bench_options *options)
{
    bench_tell_title("receive, library / sink: 1 MiB chunks, synced each");
    measure_all(ADVISED_BYTES, WFS_DURABILITY_CHUNK, options);
    bench_tell_title("receive, library / sink: 1 MiB chunks, recording synced");
    measure_all(ADVISED_BYTES, WFS_DURABILITY_RECORDING, options);
    bench_tell_title("receive, library / sink: 64 KiB chunks, synced each");
    measure_all(SMALL_BYTES, WFS_DURABILITY_CHUNK, options);
    bench_tell_title(
        "receive, library / sink: 64 KiB chunks, recording synced");
    measure_all(SMALL_BYTES, WFS_DURABILITY_RECORDING, options);
}
