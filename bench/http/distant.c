/*
 * distant.c - the row of servers that are 50 ms away.
 */
#include <stdio.h>

#include "distance.h"
#include "nginx.h"
#include "rows.h"
#include "server.h"

#define MIB ((size_t)1 << 20)
#define ROUND_TRIP 0.05
#define CHUNKS 16
#define WRITTEN "waveforge_durability recording;\n"

/*
 * `buffer`   client_body_buffer_size
 * `preread`  http2_body_preread_size, or NULL over HTTP/1
 */
typedef struct way {
    http_dialect dialect;
    const char *buffer;
    const char *preread;
} way;

static const way ways[] = {
    {HTTP_RAW, "256k", NULL},   {HTTP_PUT, "256k", NULL},
    {HTTP2_RAW, "64k", "64k"},  {HTTP2_RAW, "128k", "64k"},
    {HTTP2_RAW, "256k", "64k"}, {HTTP2_RAW, "256k", "256k"},
    {HTTP2_RAW, "1m", "64k"},   {HTTP2_RAW, "1m", "1m"},
    {HTTP2_PUT, "256k", "64k"}, {HTTP2_PUT, "256k", "256k"},
};

static void name_way(const way *self, unsigned uploads, char *ret_name,
                     size_t room)
{
    bool is_put = self->dialect == HTTP_PUT || self->dialect == HTTP2_PUT;

    (void)snprintf(ret_name, room, "%s, %u, %s%s%s%s",
                   is_put ? "nginx DAV" : "distant", uploads,
                   self->preread != NULL ? "HTTP/2, " : "HTTP/1, ",
                   self->buffer, self->preread != NULL ? ", preread " : "",
                   self->preread != NULL ? self->preread : "");
}

/* Over HTTP/2 all uploads share a connection, as in a browser. */
static void send_far(const way *self, unsigned uploads, http_result *ret_result)
{
    bool is_version_2 = http_is_version_2(self->dialect);
    bench_source *source = bench_make_source(MIB);
    http_load load = {.source = source,
                      .dialect = self->dialect,
                      .port = http_settings.port,
                      .connections = is_version_2 ? 1 : uploads,
                      .streams = is_version_2 ? uploads : 1,
                      .uploads = uploads,
                      .chunks = CHUNKS,
                      .chunk_bytes = MIB,
                      .name = "take"};

    http_send_load(&load, ret_result);
    bench_release_source(source);
}

static void measure(const way *self, unsigned uploads)
{
    bool is_put = self->dialect == HTTP_PUT || self->dialect == HTTP2_PUT;
    http_subject subject = {.dialect = self->dialect,
                            .start =
                                is_put ? http_start_nginx : http_start_ours};
    char setting[128];
    char preread[64] = "";
    char name[64];
    http_server server;
    http_result result;
    double speed;

    (void)snprintf(setting, sizeof setting, "client_body_buffer_size %s;\n%s",
                   self->buffer, is_put ? "" : WRITTEN);
    if (self->preread != NULL) {
        (void)snprintf(preread, sizeof preread, "http2_body_preread_size %s;",
                       self->preread);
    }
    subject.setting = setting;
    http_settings.server = preread;
    http_start_server(&subject, &server);
    send_far(self, uploads, &result);
    http_stop_server(&server);
    http_settings.server = "";
    name_way(self, uploads, name, sizeof name);
    speed = (double)result.bytes / result.seconds / 1e6;
    bench_tell(name, speed / uploads, "MB/s", BENCH_NO_GOAL,
               "of each upload; %.1f MB/s of all; a chunk: %.0f ms (p99 %.0f)",
               speed, result.p50_ms, result.p99_ms);
}

void http_row_distant(void)
{
    static const unsigned uploads[] = {1, 8};

    bench_tell_title("a round trip of 50 ms, 1 MiB, durability recording");
    if (!http_may_open_distance()) {
        printf("left out: networks of its own take root and /dev/net/tun\n");
        return;
    }
    http_open_distance(ROUND_TRIP);
    for (size_t k = 0; k < sizeof uploads / sizeof *uploads; k++) {
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            measure(&ways[i], uploads[k]);
        }
    }
    http_close_distance();
}
