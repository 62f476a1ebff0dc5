/*
 * stalled2.c - the row of memory for clients of HTTP/2 that wait.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "http2.h"
#include "nginx.h"
#include "rows.h"
#include "server.h"

#define CONNECTIONS 10
#define STREAMS 100
#define STALLED (CONNECTIONS * STREAMS)
#define MORE ((size_t)200 << 10) /* once the client is waited for */
#define MIB ((size_t)1 << 20)
#define BUFFER_KIB 256.0
#define PAUSE_MS 1000

typedef struct crowd {
    http2_session sessions[CONNECTIONS];
    http2_stream streams[STALLED];
} crowd;

static void refuse_answer(http2_stream *stream)
{
    bench_fail("a chunk that stalls is answered %u", stream->status);
}

static bool is_waiting(const crowd *all)
{
    for (unsigned i = 0; i < STALLED; i++) {
        if (all->streams[i].sent < all->streams[i].allowed) {
            return false;
        }
    }
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        if (all->sessions[i].pending_length > 0) {
            return false;
        }
    }
    return true;
}

/* Until all that is allowed was sent. */
static void go_on(crowd *all)
{
    struct pollfd watched[CONNECTIONS];

    for (unsigned i = 0; i < CONNECTIONS; i++) {
        watched[i] = (struct pollfd){.fd = all->sessions[i].fd};
        http2_write(&all->sessions[i]);
    }
    while (!is_waiting(all)) {
        for (unsigned i = 0; i < CONNECTIONS; i++) {
            bool is_full = all->sessions[i].pending_length > 0;

            watched[i].events = (short)(POLLIN | (is_full ? POLLOUT : 0));
        }
        (void)poll(watched, CONNECTIONS, PAUSE_MS);
        for (unsigned i = 0; i < CONNECTIONS; i++) {
            if ((watched[i].revents & POLLOUT) != 0) {
                http2_write(&all->sessions[i]);
            }
            if ((watched[i].revents & POLLIN) != 0) {
                http2_read(&all->sessions[i]);
            }
        }
    }
}

static void begin_chunk(crowd *all, const http_load *load, unsigned upload)
{
    http2_stream *stream = &all->streams[upload];

    *stream = (http2_stream){.session = &all->sessions[upload % CONNECTIONS],
                             .load = load,
                             .upload = upload};
    http2_begin_chunk(stream);
    stream->allowed = load->chunk_bytes / 2;
}

/* Some at a time, since the store lets only so many wait. */
static void begin(crowd *all, const http_load *load)
{
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        int fd = http_connect(load->port);

        (void)fcntl(fd, F_SETFL, O_NONBLOCK);
        http2_open(&all->sessions[i], fd, refuse_answer);
    }
    for (unsigned i = 0; i < STALLED; i++) {
        begin_chunk(all, load, i);
        if (i % CONNECTIONS == CONNECTIONS - 1) {
            go_on(all);
        }
    }
}

static void send_more(crowd *all)
{
    for (unsigned i = 0; i < STALLED; i++) {
        all->streams[i].allowed += MORE;
        http2_resume(&all->streams[i]);
    }
    go_on(all);
}

static void stall(const http_server *server, http_load *load)
{
    crowd *all = calloc(1, sizeof *all);
    http_result ignored;
    uint64_t before;
    double kib;

    if (all == NULL) {
        bench_fail("out of memory");
    }
    http_send_load(load, &ignored);
    load->name = "take";
    (void)http_settle(server);
    before = http_get_memory(server);
    begin(all, load);
    (void)http_settle(server);
    send_more(all);
    (void)http_settle(server);
    kib = ((double)http_get_memory(server) - (double)before) / STALLED / 1024;
    bench_tell("stalled2: memory of a worker for each", kib, "KiB",
               BUFFER_KIB + 16, "%s 100 streams a connection; before: %.1f MiB",
               http_settings.server, (double)before / (double)MIB);
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        http2_close(&all->sessions[i]);
    }
    free(all);
}

void http_row_stalled2(void)
{
    static const char *const preread[] = {"http2_body_preread_size 64k;",
                                          "http2_body_preread_size 256k;"};
    static const http_subject ours = {"WaveForge", HTTP2_RAW, http_start_ours,
                                      "client_body_buffer_size 256k;\n"
                                      "client_body_timeout 300s;\n"
                                      "waveforge_min_rate 0;\n"
                                      "waveforge_durability recording;",
                                      false};

    bench_tell_title("1,000 chunks stalled in flight over HTTP/2");
    for (size_t i = 0; i < sizeof preread / sizeof *preread; i++) {
        bench_source *source = bench_make_source(MIB);
        http_load load = {.source = source,
                          .dialect = HTTP2_RAW,
                          .port = http_settings.port,
                          .connections = CONNECTIONS,
                          .streams = 2,
                          .uploads = 64,
                          .chunks = 1,
                          .chunk_bytes = MIB,
                          .name = "warm"};
        http_server server;

        http_settings.server = preread[i];
        http_start_server(&ours, &server);
        stall(&server, &load);
        http_stop_server(&server);
        http_settings.server = "";
        bench_release_source(source);
    }
}
