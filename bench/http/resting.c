/*
 * resting.c - the rows of memory: clients that wait, and uploads that do.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nginx.h"
#include "request.h"
#include "rows.h"
#include "server.h"

#define STALLED 1000
#define RESTING 100000
#define WARM 60000
#define LEAST_BYTES 31 /* what is kept takes 32, the least malloc gives */
#define MORE ((size_t)200 << 10) /* once the client is waited for */
#define SMALL 4096
#define MIB ((size_t)1 << 20)
#define BUFFER_KIB 256.0

static const http_subject ours = {"WaveForge", HTTP_RAW, http_start_ours,
                                  "client_body_buffer_size 256k;\n"
                                  "client_body_timeout 300s;\n"
                                  "waveforge_min_rate 0;\n"
                                  "waveforge_durability recording;",
                                  false};

static void send_all(int fd, const void *bytes, size_t length)
{
    if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) {
        bench_fail("cannot send");
    }
}

/* A chunk of which half has come. */
static int stall(const http_load *load, unsigned upload)
{
    http_request request;
    int fd = http_connect(load->port);

    http_make_request(load, upload, 0, &request);
    send_all(fd, request.head, request.head_length);
    send_all(fd, bench_get_chunk(load->source, 0), load->chunk_bytes / 2);
    return fd;
}

static void allow_descriptors(void)
{
    struct rlimit limit;

    (void)getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static void make_load(http_load *load, size_t chunk_bytes, unsigned uploads)
{
    *load = (http_load){.source = bench_make_source(chunk_bytes),
                        .dialect = HTTP_RAW,
                        .port = http_settings.port,
                        .connections = 16,
                        .uploads = uploads,
                        .chunks = 1,
                        .chunk_bytes = chunk_bytes,
                        .name = "warm"};
}

/* Of the workers, after many uploads of the same kind. */
static uint64_t get_warm_memory(const http_server *server, http_load *load)
{
    http_result ignored;

    http_send_load(load, &ignored);
    load->name = "take";
    (void)http_settle(server);
    return http_get_memory(server);
}

void http_row_stalled(void)
{
    http_server server;
    http_load load;
    uint64_t before;
    double kib;
    int fds[STALLED];

    bench_tell_title("1,000 chunks stalled in flight");
    allow_descriptors();
    http_start_server(&ours, &server);
    make_load(&load, MIB, 64);
    before = get_warm_memory(&server, &load);
    for (unsigned i = 0; i < STALLED; i++) {
        fds[i] = stall(&load, i);
    }
    (void)http_settle(&server);
    for (unsigned i = 0; i < STALLED; i++) {
        send_all(fds[i], bench_get_chunk(load.source, 0), MORE);
    }
    (void)http_settle(&server);
    kib = ((double)http_get_memory(&server) - (double)before) / STALLED / 1024;
    bench_tell("stalled: memory of a worker for each", kib, "KiB",
               BUFFER_KIB + 16,
               "200 KiB wait in a buffer of %.0f; before: %.1f MiB", BUFFER_KIB,
               (double)before / (double)MIB);
    for (unsigned i = 0; i < STALLED; i++) {
        (void)close(fds[i]);
    }
    http_stop_server(&server);
    bench_release_source((bench_source *)load.source);
}

/* Further uploads that rest; what a worker holds after them. */
static uint64_t get_memory_after(const http_server *server, http_load *load,
                                 const char *name)
{
    http_result ignored;

    load->name = name;
    http_send_load(load, &ignored);
    (void)http_settle(server);
    return http_get_memory(server);
}

/*
 * SQLite's caches fill first, WARM uploads of them: they are as large with
 * 10,000 uploads as with any other number, but not before.
 */
void http_row_resting(void)
{
    http_server server;
    http_load load;
    uint64_t empty;
    uint64_t warm;
    uint64_t after;

    bench_tell_title("open uploads without a chunk in flight");
    http_start_server(&ours, &server);
    empty = http_get_memory(&server);
    make_load(&load, SMALL, WARM);
    warm = get_memory_after(&server, &load, "warm");
    load.uploads = RESTING;
    after = get_memory_after(&server, &load, "take");
    bench_tell("resting: memory of the workers for each",
               ((double)after - (double)warm) / RESTING, "B", LEAST_BYTES,
               "%.1f MiB at first, %.1f after %d, %.1f after %d more",
               (double)empty / (double)MIB, (double)warm / (double)MIB, WARM,
               (double)after / (double)MIB, RESTING);
    http_stop_server(&server);
    bench_release_source((bench_source *)load.source);
}
