/*
 * aging.c - a store as it is after some use.
 */
#include "aging.h"

#include <stdio.h>
#include <sys/stat.h>

#include "bench.h"
#include "ground.h"
#include "send.h"

#define UPLOAD 1000000 /* a number no other upload has */
#define STEP_CHUNKS 100
#define TEND_MS 1000
#define CHUNK_BYTES ((size_t)4 << 10)

static size_t get_journal_bytes(const char *folder)
{
    char path[BENCH_PATH_BYTES + 64];
    struct stat st;

    (void)snprintf(path, sizeof path, "%s/store/.wfstore/catalog.sqlite3-wal",
                   folder);
    return stat(path, &st) == 0 ? (size_t)st.st_size : 0;
}

static void send_some(wfs_store *store, const bench_plan *plan, uint64_t from)
{
    for (uint64_t i = 0; i < STEP_CHUNKS; i++) {
        bench_send_chunk(store, plan, UPLOAD, from + i);
    }
}

void bench_age_store(const char *folder)
{
    bench_source *source = bench_make_source(CHUNK_BYTES);
    bench_plan plan = {
        .source = source, .chunk_bytes = CHUNK_BYTES, .chunks = WFS_UNKNOWN};
    wfs_store *store = bench_open_store(folder, WFS_DURABILITY_RECORDING);
    wfs_error error = WFS_ERROR_INIT;
    uint64_t sent = 0;
    uint64_t next_ms;

    while (get_journal_bytes(folder) < BENCH_JOURNAL_BYTES) {
        send_some(store, &plan, sent);
        sent += STEP_CHUNKS;
    }
    bench_expect(wfs_store_tend(store, TEND_MS, &next_ms, &error), &error,
                 "tend");
    wfs_store_close(store);
    bench_release_source(source);
}
