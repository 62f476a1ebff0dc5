/*
 * serving.c - the rows of finished recordings: completing, listing, audio.
 */
#include <stdio.h>
#include <unistd.h>

#include "ask.h"
#include "cost.h"
#include "fill.h"
#include "nginx.h"
#include "rows.h"
#include "server.h"

#define MIB ((size_t)1 << 20)
#define SETTING                                                                \
    "client_body_buffer_size 256k;\n"                                          \
    "waveforge_durability recording;"

static const http_subject ours = {"WaveForge", HTTP_RAW, http_start_ours,
                                  SETTING, false};

static void send_upload(const bench_source *source, const char *name,
                        uint64_t chunks)
{
    http_load load = {.source = source,
                      .dialect = HTTP_RAW,
                      .port = http_settings.port,
                      .connections = 1,
                      .uploads = 1,
                      .chunks = chunks,
                      .chunk_bytes = MIB,
                      .name = name};
    http_result ignored;

    http_send_load(&load, &ignored);
}

/* The store is synced before, so that nobody waits for the disk. */
static double complete(const bench_source *source, unsigned round,
                       uint64_t chunks)
{
    char name[64];
    char id[sizeof name + 2];

    (void)snprintf(name, sizeof name, "done-%u-%u", round, (unsigned)chunks);
    (void)snprintf(id, sizeof id, "%s-0", name);
    send_upload(source, name, chunks);
    sync();
    return http_complete(id) * 1e3;
}

void http_row_complete(void)
{
    static const uint64_t sizes[] = {1, 32, 1024};
    double took[3][BENCH_ROUNDS_MAX];
    bench_source *source = bench_make_source(MIB);
    http_server server;
    double median[3];

    bench_tell_title("/recording/complete, after chunks in order");
    http_start_server(&ours, &server);
    (void)complete(source, BENCH_ROUNDS_MAX, 1);
    for (unsigned round = 0; round < http_settings.rounds; round++) {
        for (size_t i = 0; i < 3; i++) {
            took[i][round] = complete(source, round, sizes[i]);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        median[i] = bench_get_median(took[i], http_settings.rounds);
    }
    bench_tell("complete: time, 1 GiB / 1 MiB", median[2] / median[0], "x", 1.5,
               "%.1f / %.1f ms (32 MiB: %.1f)", median[2], median[0],
               median[1]);
    http_stop_server(&server);
    bench_release_source(source);
}

/* CPU seconds of the server for each of the requests. */
static double get_cost(const http_server *server, const char *request,
                       unsigned connections, unsigned times)
{
    double before;

    (void)http_ask_often(request, connections, times / 10 + 1);
    before = http_settle(server);
    (void)http_ask_often(request, connections, times);
    return (http_settle(server) - before) / (connections * times);
}

static double list(uint64_t count)
{
    char path[BENCH_PATH_BYTES];
    char setting[BENCH_PATH_BYTES + 64];
    http_subject subject = {"list", HTTP_RAW, http_start_nginx, setting, false};
    http_server server;
    double cost;

    bench_get_filled_store(http_settings.folder, count, path);
    (void)snprintf(setting, sizeof setting,
                   "waveforge on; waveforge_store %s/store existing;", path);
    subject.start = http_start_module;
    http_start_server(&subject, &server);
    cost = get_cost(&server, "GET /recordings HTTP/1.1\r\nHost: bench\r\n\r\n",
                    4, 3000);
    http_stop_server(&server);
    return cost;
}

void http_row_list(void)
{
    double few[BENCH_ROUNDS_MAX];
    double many[BENCH_ROUNDS_MAX];
    double least[2];

    bench_tell_title("GET /recordings, first page of 100");
    for (unsigned i = 0; i < http_settings.rounds; i++) {
        few[i] = list(1000);
        many[i] = list(http_settings.recordings);
    }
    least[0] = bench_get_median(few, http_settings.rounds);
    least[1] = bench_get_median(many, http_settings.rounds);
    bench_tell("list: CPU of a page", least[1] * 1e6, "us", 200,
               "%.0f/s of a processor with all recordings, %.0f with 1,000",
               1 / least[1], 1 / least[0]);
    bench_tell("list: all recordings / 1,000", least[1] / least[0], "x", 1.3,
               "%.0f / %.0f us", least[1] * 1e6, least[0] * 1e6);
}

static double get_audio(const http_subject *subject, const char *path,
                        const char *range)
{
    bench_source *source = bench_make_source(MIB);
    http_load load = {.source = source,
                      .dialect = subject->dialect,
                      .port = http_settings.port,
                      .connections = 1,
                      .uploads = 1,
                      .chunks = 1,
                      .chunk_bytes = MIB,
                      .name = "take"};
    char request[512];
    http_server server;
    http_result ignored;
    double cost;

    http_start_server(subject, &server);
    http_send_load(&load, &ignored);
    if (subject->dialect == HTTP_RAW) {
        (void)http_complete("take-0");
    }
    (void)snprintf(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n", path, range);
    cost = get_cost(&server, request, 4, 500);
    http_stop_server(&server);
    bench_release_source(source);
    return cost;
}

static void compare_audio(const char *name, const char *range)
{
    static const http_subject nginx = {"nginx", HTTP_PUT, http_start_nginx, "",
                                       false};
    double ratios[BENCH_ROUNDS_MAX];
    double ours_cost = 0;
    double nginx_cost = 0;

    for (unsigned i = 0; i < http_settings.rounds; i++) {
        nginx_cost = get_audio(&nginx, "/put/take-0.0", range);
        ours_cost = get_audio(&ours, "/recording/take-0/audio", range);
        ratios[i] = ours_cost / nginx_cost;
    }
    bench_tell(name, bench_get_median(ratios, http_settings.rounds), "x",
               1 / 0.95, "CPU of the last round: %.0f / %.0f us",
               ours_cost * 1e6, nginx_cost * 1e6);
}

void http_row_audio(void)
{
    bench_tell_title("GET of a recording of 1 MiB, beside nginx and a file");
    compare_audio("audio: whole", "");
    compare_audio("audio: a range of 64 KiB", "Range: bytes=100000-165535\r\n");
}
