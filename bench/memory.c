/*
 * memory.c - memory that the library holds.
 *
 * What the heap holds with many chunks in flight, each of another upload, and
 * how much the process needed at most while it worked with large stores.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"
#include "child.h"
#include "fill.h"
#include "list.h"

#define CHUNKS 500 /* in flight, fewer than descriptors allowed */
#define CHUNK_BYTES ((size_t)64 << 10)
#define SENT_BYTES ((size_t)4 << 10) /* of each, before it is looked at */
#define AT_MOST_KIB 8.0
#define GROWTH_AT_MOST 1.1
#define PAGES 300

typedef struct variant {
    const char *name;
    uint64_t index;
    bool has_chunk_size;
    bool is_provisional;
} variant;

static const variant variants[] = {
    {"upload, fixed place, both digests", 0, true, false},
    {"upload, tail, both digests", 0, false, false},
    {"upload, loose", 1, false, false},
    {"upload, provisional chunk 0", 0, false, true},
};

typedef struct job {
    const char *folder;
    const bench_source *source;
    const variant *variant;
} job;

static double get_heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();

    return (double)(info.uordblks + info.hblkhd);
}

static void allow_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static wfs_chunk *begin(wfs_store *store, const job *self, unsigned number)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    char id[BENCH_ID_BYTES];
    wfs_chunk *chunk = NULL;

    bench_write_id(number, id);
    spec.id = id;
    spec.index = self->variant->index;
    spec.is_provisional = self->variant->is_provisional;
    spec.digest = bench_get_digest(self->source, 0);
    if (self->variant->has_chunk_size) {
        spec.chunk_size = CHUNK_BYTES;
    }
    bench_expect(wfs_upload_begin_chunk(store, &spec, &chunk, &error), &error,
                 "begin");
    bench_expect(wfs_chunk_write(chunk, bench_get_chunk(self->source, 0),
                                 SENT_BYTES, &error),
                 &error, "write");
    return chunk;
}

static void hold_chunks(const void *data, unsigned index, void *ret)
{
    const job *self = data;
    char ground[BENCH_PATH_BYTES];
    wfs_chunk *chunks[CHUNKS + 1];
    wfs_store *store;
    double before;

    (void)index;
    allow_descriptors();
    bench_make_ground(self->folder, ground);
    store = bench_open_store(ground, WFS_DURABILITY_RECORDING);
    chunks[CHUNKS] = begin(store, self, CHUNKS); /* warms the catalogue */
    before = get_heap_bytes();
    for (unsigned i = 0; i < CHUNKS; i++) {
        chunks[i] = begin(store, self, i);
    }
    *(double *)ret = (get_heap_bytes() - before) / CHUNKS;
    for (unsigned i = 0; i <= CHUNKS; i++) {
        wfs_chunk_discard(chunks[i]);
    }
    wfs_store_close(store);
    bench_remove_ground(ground);
}

static void measure_uploads(const bench_options *options)
{
    bench_source *source = bench_make_source(CHUNK_BYTES);

    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        job self = {options->folder, source, &variants[i]};
        double bytes = 0;

        bench_run_children(1, hold_chunks, &self, &bytes, sizeof bytes);
        bench_tell(variants[i].name, bytes / 1024, "KiB", AT_MOST_KIB,
                   "of heap, each of %d in flight", CHUNKS);
    }
    bench_release_source(source);
}

static void walk(wfs_store *store)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    char *cursor = NULL;

    for (unsigned i = 0; i < PAGES; i++) {
        wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
        wfs_error error = WFS_ERROR_INIT;

        query.cursor = cursor;
        bench_expect(wfs_recording_list(store, &query, &page, &error), &error,
                     "list");
        free(cursor);
        cursor = page.next != NULL ? strdup(page.next) : NULL;
        wfs_recording_page_release(&page);
    }
    free(cursor);
}

static double get_most_kib(void)
{
    struct rusage usage;

    (void)getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss;
}

static void use_store(const void *data, unsigned index, void *ret)
{
    wfs_store *store = bench_open_store(data, WFS_DURABILITY_CHUNK);

    (void)index;
    walk(store);
    (void)bench_publish(store);
    wfs_store_close(store);
    *(double *)ret = get_most_kib();
}

static void measure_growth(const bench_options *options)
{
    char small[BENCH_PATH_BYTES];
    char large[BENCH_PATH_BYTES];
    char name[64];
    double most[2] = {0, 0};

    bench_get_filled_store(options->folder, options->recordings / 10, small);
    bench_get_filled_store(options->folder, options->recordings, large);
    bench_run_children(1, use_store, small, &most[0], sizeof most[0]);
    bench_run_children(1, use_store, large, &most[1], sizeof most[1]);
    (void)snprintf(name, sizeof name, "process, %llu / %llu recordings",
                   (unsigned long long)options->recordings,
                   (unsigned long long)options->recordings / 10);
    bench_tell(name, most[1] / most[0], "x", GROWTH_AT_MOST,
               "at most %.1f / %.1f MiB", most[1] / 1024, most[0] / 1024);
}

void bench_memory(const bench_options *options)
{
    bench_tell_title("memory");
    measure_uploads(options);
    measure_growth(options);
}
