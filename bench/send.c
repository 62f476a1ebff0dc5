/*
 * send.c - a client of the library: opens a store, sends chunks, completes.
 */
#include "send.h"

#include <stdio.h>

#include "aging.h"
#include "bench.h"
#include "cost.h"
#include "crew.h"
#include "ground.h"
#include "tending.h"

#define WARM_CHUNK_BYTES ((size_t)4 << 10)
#define WARM_CHUNKS 8

wfs_store *bench_open_store(const char *folder, wfs_durability durability)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    char path[BENCH_PATH_BYTES + 8];
    wfs_store *store = NULL;

    options.durability = durability;
    (void)snprintf(path, sizeof path, "%s/store", folder);
    bench_expect(wfs_store_open(path, &options, &store, &error), &error,
                 "open");
    return store;
}

void bench_write_id(unsigned number, char ret_id[BENCH_ID_BYTES])
{
    (void)snprintf(ret_id, BENCH_ID_BYTES, "bench-%u", number);
}

static wfs_chunk *begin(wfs_store *store, const bench_plan *plan,
                        const char *id, uint64_t index)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;

    spec.id = id;
    spec.index = index;
    spec.total_chunks = plan->chunks;
    spec.length = plan->chunk_bytes;
    if (plan->has_chunk_size) {
        spec.chunk_size = plan->chunk_bytes;
    }
    if (plan->has_digest) {
        spec.digest = bench_get_digest(plan->source, index);
    }
    bench_expect(wfs_upload_begin_chunk(store, &spec, &chunk, &error), &error,
                 "begin");
    return chunk;
}

wfs_chunk *bench_begin_chunk(wfs_store *store, const bench_plan *plan,
                             unsigned number, uint64_t index)
{
    const uint8_t *bytes = bench_get_chunk(plan->source, index);
    wfs_error error = WFS_ERROR_INIT;
    char id[BENCH_ID_BYTES];
    wfs_chunk *chunk;

    bench_write_id(number, id);
    chunk = begin(store, plan, id, index);
    for (size_t at = 0; at < plan->chunk_bytes; at += BENCH_WRITE_BYTES) {
        size_t left = plan->chunk_bytes - at;
        size_t length = left < BENCH_WRITE_BYTES ? left : BENCH_WRITE_BYTES;

        bench_expect(wfs_chunk_write(chunk, bytes + at, length, &error), &error,
                     "write");
    }
    return chunk;
}

void bench_send_chunk(wfs_store *store, const bench_plan *plan, unsigned number,
                      uint64_t index)
{
    wfs_chunk *chunk = bench_begin_chunk(store, plan, number, index);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    bench_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit");
}

void bench_complete_upload(wfs_store *store, const char *id, uint64_t chunks)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;

    spec.id = id;
    spec.total_chunks = chunks;
    bench_expect(
        wfs_upload_complete(store, &spec, &recording, &was_complete, &error),
        &error, "complete");
    wfs_recording_release(&recording);
}

/* `first`: number of the first upload. */
typedef struct run {
    wfs_store *store;
    const bench_plan *plan;
    unsigned first;
} run;

static void send_upload(void *data, unsigned number)
{
    const run *self = data;
    char id[BENCH_ID_BYTES];

    number += self->first;
    for (uint64_t turn = 0; turn < self->plan->chunks; turn++) {
        bench_send_chunk(self->store, self->plan, number,
                         bench_get_index(self->plan, turn));
    }
    if (bench_is_loose(self->plan)) {
        bench_write_id(number, id);
        bench_complete_upload(self->store, id, self->plan->chunks);
    }
}

/*
 * The same with a few bytes, so that all is open that is opened once: what that
 * costs is no chunk's.
 */
static void warm_up(wfs_store *store, const bench_plan *plan)
{
    bench_source *source = bench_make_source(WARM_CHUNK_BYTES);
    bench_plan small = *plan;
    run self = {store, &small, plan->uploads};

    small.source = source;
    small.chunk_bytes = WARM_CHUNK_BYTES;
    small.chunks = WARM_CHUNKS;
    bench_run_threads(small.uploads, send_upload, &self);
    bench_release_source(source);
}

double bench_receive_by_library(const bench_plan *plan, const char *folder)
{
    run self = {bench_open_store(folder, plan->durability), plan, 0};
    bench_tending *tending;
    double begun;
    double ended;

    bench_age_store(folder);
    warm_up(self.store, plan);
    begun = bench_get_cpu_seconds();
    tending = bench_begin_tending(self.store);
    bench_run_threads(plan->uploads, send_upload, &self);
    bench_end_tending(tending);
    ended = bench_get_cpu_seconds();
    wfs_store_close(self.store);
    return ended - begun;
}
