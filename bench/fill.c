/*
 * fill.c - a store with very many recordings, made at once.
 *
 * What is kept of them is as long as that of real ones, and values come in
 * about the order in which real ones would: ids at random among neighbours,
 * names that often are equal, sizes and durations that grow together.
 */
#include "fill.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "child.h"
#include "send.h"
#include "store_internal.h"

#define NEIGHBOURS 1024
#define BLOCK 8192 /* recordings of one transaction */
#define FIRST_MS INT64_C(1600000000000)
#define STEP_MS 60000

/* To a child: the program itself opens no store. */
typedef struct request {
    const char *path;
    uint64_t count;
} request;

static char METADATA[] =
    "{\"waveforge\":{\"codec\":\"opus\",\"device\":\"Built-in microphone\","
    "\"echoCancellation\":false},\"project\":\"Interviews\"}";

static const char *const names[] = {"Take",    "Interview", "Gespräch",
                                    "Meeting", "Notiz",     "Probe"};

/* Neighbours in another order, the same for each number of their block. */
static uint64_t shuffle(uint64_t number)
{
    return number ^ (number / NEIGHBOURS * 2654435761u & (NEIGHBOURS - 1));
}

static void make_recording(uint64_t number, wfs_recording *ret_recording)
{
    uint64_t key = shuffle(number);
    double seconds = 1 + (double)key / 100;

    *ret_recording = (wfs_recording){
        .timestamp_ms = FIRST_MS + (int64_t)number * STEP_MS,
        .stored_ms = FIRST_MS + (int64_t)number * STEP_MS + STEP_MS,
        .size_bytes = (uint64_t)(seconds * 16000),
        .has_duration = number % 16 != 0,
        .duration_seconds = seconds,
        .mime_type = "audio/webm",
        .codec = "opus",
        .channels = 1,
        .sample_rate = 48000,
        .has_sha256 = true,
        .metadata = METADATA,
    };
    (void)snprintf(ret_recording->id, sizeof ret_recording->id,
                   "take-%010" PRIu64, key);
    (void)snprintf(ret_recording->filename, sizeof ret_recording->filename,
                   "recording_20240115_140456_take-%010" PRIu64 ".webm", key);
    (void)snprintf(ret_recording->name, sizeof ret_recording->name,
                   "%s %" PRIu64, names[key % 6], key / 64);
    memcpy(ret_recording->sha256, &number, sizeof number);
}

static void put_block(wfs_catalogue *catalogue, uint64_t first, uint64_t end)
{
    static wfs_recording recordings[BLOCK];
    static int damage[BLOCK];
    static bool existed[BLOCK];
    wfs_error error = WFS_ERROR_INIT;
    size_t count = (size_t)(end - first);

    for (size_t i = 0; i < count; i++) {
        make_recording(first + i, &recordings[i]);
    }
    bench_expect(catalogue->api->put_recordings(catalogue, recordings, damage,
                                                count, existed, &error),
                 &error, "fill");
    bench_expect(catalogue->api->tend(catalogue, &error), &error, "checkpoint");
}

static void fill_store(wfs_store *store, uint64_t count)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_error error = WFS_ERROR_INIT;
    wfs_totals totals;

    bench_expect(catalogue->api->get_totals(catalogue, &totals, &error), &error,
                 "totals");
    while (totals.recordings < count) {
        uint64_t end = totals.recordings + BLOCK;

        end = end < count ? end : count;
        put_block(catalogue, totals.recordings, end);
        totals.recordings = end;
    }
}

static void fill(const void *data, unsigned index, void *ret)
{
    const request *self = data;
    wfs_store *store = bench_open_store(self->path, WFS_DURABILITY_CHUNK);

    (void)index;
    (void)ret;
    fill_store(store, self->count);
    wfs_store_close(store);
}

void bench_get_filled_store(const char *folder, uint64_t count,
                            char ret_path[BENCH_PATH_BYTES])
{
    request self = {ret_path, count};
    char nothing;

    (void)snprintf(ret_path, BENCH_PATH_BYTES, "%s/filled-%" PRIu64, folder,
                   count);
    if (mkdir(ret_path, 0755) != 0 && errno != EEXIST) {
        bench_fail("%s: %s", ret_path, strerror(errno));
    }
    bench_run_children(1, fill, &self, &nothing, sizeof nothing);
}
