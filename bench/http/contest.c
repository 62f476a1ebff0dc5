/*
 * contest.c - subjects take turns at the same load.
 */
#include "contest.h"

#include <string.h>
#include <unistd.h>

#include "cost.h"
#include "server.h"

#define UPLOADS_LEAST 16
#define WARM_CHUNKS 4

static void plan(http_load *load, const http_subject *subject,
                 const http_crowd *crowd)
{
    size_t chunk_bytes = crowd->chunk_bytes;
    unsigned streams = crowd->streams > 0 ? crowd->streams : 1;
    unsigned all = crowd->connections * streams;
    bool is_version_2 = http_is_version_2(subject->dialect);

    load->dialect = subject->dialect;
    load->has_digest = subject->has_digest;
    load->port = http_settings.port;
    load->connections = is_version_2 ? crowd->connections : all;
    load->streams = is_version_2 ? streams : 1;
    load->uploads = all > UPLOADS_LEAST ? all : UPLOADS_LEAST;
    load->chunk_bytes = chunk_bytes;
    load->chunks = http_settings.bytes / chunk_bytes / load->uploads;
    if (chunk_bytes < (size_t)1 << 20) {
        load->chunks /= 4;
    }
    load->chunks = load->chunks > 0 ? load->chunks : 1;
}

/* What is opened once, and memory the host has not given yet. */
static void warm(const http_load *load)
{
    http_load little = *load;
    http_result ignored;

    little.name = "warm";
    little.chunks = WARM_CHUNKS;
    http_send_load(&little, &ignored);
    bench_warm_memory(load->uploads * load->chunks * load->chunk_bytes * 2);
    sync();
}

static void run(const http_subject *subject, http_load *load,
                http_figures *ret_figures)
{
    http_server server;
    http_result result;
    double before;
    double bytes;

    http_start_server(subject, &server);
    warm(load);
    load->name = "take";
    before = http_settle(&server);
    http_send_load(load, &result);
    bytes = (double)result.bytes;
    ret_figures->cpu = (http_settle(&server) - before) / bytes * 1e9;
    ret_figures->speed = bytes / result.seconds / 1e6;
    ret_figures->p50_ms = result.p50_ms;
    ret_figures->p99_ms = result.p99_ms;
    http_stop_server(&server);
}

typedef struct rounds {
    http_figures of[HTTP_SUBJECTS_MAX][BENCH_ROUNDS_MAX];
} rounds;

/* The median of what stands `at` so many bytes into the figures of subject
 * `i`, over that of subject `base`, or 1. */
static double get_median(const rounds *all, size_t i, size_t at, bool is_ratio)
{
    double values[BENCH_ROUNDS_MAX];

    for (unsigned k = 0; k < http_settings.rounds; k++) {
        double base;

        memcpy(&values[k], (const char *)&all->of[i][k] + at, sizeof base);
        memcpy(&base, (const char *)&all->of[0][k] + at, sizeof base);
        values[k] /= is_ratio ? base : 1;
    }
    return bench_get_median(values, http_settings.rounds);
}

static void sum_up(const rounds *all, size_t i, bool is_ratio,
                   http_figures *ret_figures)
{
    ret_figures->cpu =
        get_median(all, i, offsetof(http_figures, cpu), is_ratio);
    ret_figures->speed =
        get_median(all, i, offsetof(http_figures, speed), is_ratio);
    ret_figures->p50_ms =
        get_median(all, i, offsetof(http_figures, p50_ms), is_ratio);
    ret_figures->p99_ms =
        get_median(all, i, offsetof(http_figures, p99_ms), is_ratio);
}

static double get_least(const rounds *all, size_t i)
{
    double least = all->of[i][0].cpu;

    for (unsigned k = 1; k < http_settings.rounds; k++) {
        least = all->of[i][k].cpu < least ? all->of[i][k].cpu : least;
    }
    return least;
}

void http_hold_contest(const http_subject *const subjects[], size_t count,
                       const http_crowd *crowd, http_outcome *ret_outcome)
{
    static rounds all;
    http_load load = {.source = bench_make_source(crowd->chunk_bytes)};

    for (unsigned k = 0; k < http_settings.rounds; k++) {
        for (size_t i = 0; i < count; i++) {
            plan(&load, subjects[i], crowd);
            run(subjects[i], &load, &all.of[i][k]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        sum_up(&all, i, false, &ret_outcome->median[i]);
        sum_up(&all, i, true, &ret_outcome->ratio[i]);
        ret_outcome->least[i] = get_least(&all, i);
    }
    bench_release_source((bench_source *)load.source);
}
