/*
 * version2.c - the row of HTTP/2, beside HTTP/1 and nginx's own PUT.
 */
#include "compare.h"
#include "nginx.h"
#include "rows.h"

#define MIB ((size_t)1 << 20)
#define WRITTEN "waveforge_durability recording;\n"

static const http_subject version_1 = {
    "HTTP/1", HTTP_RAW, http_start_ours,
    "client_body_buffer_size 256k;\n" WRITTEN, false};
static const http_subject dav = {"nginx DAV over HTTP/2", HTTP2_PUT,
                                 http_start_nginx,
                                 "client_body_buffer_size 256k;", false};

#define OURS(size)                                                             \
    {                                                                          \
        "buffer " size, HTTP2_RAW, http_start_ours,                            \
            "client_body_buffer_size " size ";\n" WRITTEN, false               \
    }

static const http_subject ours[] = {OURS("256k"), OURS("64k"), OURS("128k"),
                                    OURS("512k")};

void http_row_http2(void)
{
    static const http_crowd crowds[] = {{1, 1, MIB}, {8, 1, MIB}, {64, 1, MIB}};
    static const http_crowd one = {1, 8, MIB};
    const http_subject *all[] = {&version_1, &ours[0], &dav,
                                 &ours[1],   &ours[2], &ours[3]};
    const http_goals any = {BENCH_NO_GOAL, 0, BENCH_NO_GOAL};

    bench_tell_title("HTTP/2, 1 MiB, durability recording, beside HTTP/1");
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        http_compare("http2", all, crowds[i].connections == 8 ? 6 : 3,
                     &crowds[i], &any);
    }
    http_compare("http2, 8 streams", all, 3, &one, &any);
}
