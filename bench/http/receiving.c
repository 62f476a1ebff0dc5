/*
 * receiving.c - the rows of receiving chunks, beside the least a server can do.
 */
#include <stdio.h>

#include "compare.h"
#include "nginx.h"
#include "rows.h"
#include "sink.h"

#define MIB ((size_t)1 << 20)
#define SMALL ((size_t)64 << 10)

/* The buffer is what conf/ says. */
#define BUFFER "client_body_buffer_size 256k;\n"
#define WRITTEN BUFFER "waveforge_durability recording;\n"

static const http_subject sink = {"sink", HTTP_RAW, http_start_sink, "digest",
                                  false};
static const http_subject sink_synced = {"sink, synced", HTTP_RAW,
                                         http_start_sink, "digest sync", false};
static const http_subject sink_plain = {"sink, no digest", HTTP_RAW,
                                        http_start_sink, "", false};
static const http_subject ours = {"WaveForge", HTTP_RAW, http_start_ours,
                                  WRITTEN, false};
static const http_subject ours_synced = {"WaveForge, synced", HTTP_RAW,
                                         http_start_ours, BUFFER, false};
static const http_subject ours_plain = {"WaveForge, no digest", HTTP_RAW,
                                        http_start_ours,
                                        WRITTEN "waveforge_digest off;", false};
static const http_subject ours_form = {"WaveForge, form", HTTP_MULTIPART,
                                       http_start_ours, WRITTEN, false};
static const http_subject ours_digest = {"WaveForge, digest given", HTTP_RAW,
                                         http_start_ours, WRITTEN, true};
static const http_subject dav = {"nginx DAV", HTTP_PUT, http_start_nginx,
                                 "client_body_buffer_size 128k;", false};

static const http_crowd eight = {8, 1, MIB};

static void compare_all(const char *name, const http_subject *base,
                        const http_subject *subject, size_t chunk_bytes,
                        const http_goals *aims)
{
    static const unsigned connections[] = {1, 8, 64};
    const http_subject *both[] = {base, subject};

    for (size_t i = 0; i < sizeof connections / sizeof *connections; i++) {
        http_crowd crowd = {connections[i], 1, chunk_bytes};
        http_goals here = *aims;

        here.p99 = connections[i] == 64 ? aims->p99 : BENCH_NO_GOAL;
        http_compare(name, both, 2, &crowd, &here);
    }
}

void http_row_raw(void)
{
    bench_tell_title("raw, 1 MiB, durability recording, beside the sink");
    compare_all("raw", &sink, &ours, MIB, &(http_goals){1.05, 0.97, 1.3});
}

void http_row_synced(void)
{
    bench_tell_title("raw, 1 MiB, durability chunk, beside the synced sink");
    compare_all("synced", &sink_synced, &ours_synced, MIB,
                &(http_goals){1.10, 0.95, 1.3});
}

void http_row_small(void)
{
    bench_tell_title("raw, 64 KiB, durability recording");
    compare_all("small", &sink, &ours, SMALL, &(http_goals){1.20, 0, INFINITY});
    bench_tell_title("raw, 64 KiB, durability chunk, beside the synced sink");
    compare_all("small, synced", &sink_synced, &ours_synced, SMALL,
                &(http_goals){1.10, 0, INFINITY});
}

void http_row_plain(void)
{
    const http_subject *all[] = {&dav, &ours_plain, &sink_plain};

    bench_tell_title("no digest, 1 MiB, beside nginx DAV PUT");
    http_compare("plain", all, 3, &eight, &(http_goals){1.15, 0, INFINITY});
}

void http_row_form(void)
{
    const http_subject *all[] = {&ours, &ours_form};

    bench_tell_title("multipart, 1 MiB, beside raw");
    http_compare("form", all, 2, &eight, &(http_goals){1.10, 0, INFINITY});
}

void http_row_digest(void)
{
    const http_subject *all[] = {&sink, &ours_digest};

    bench_tell_title("digest of each chunk verified as well, 1 MiB");
    http_compare("digest", all, 2, &eight, &(http_goals){1.65, 0, INFINITY});
}

void http_row_buffers(void)
{
    static const unsigned sizes[] = {16, 32, 64, 128, 256};
    char settings[5][128];
    char names[5][32];
    http_subject subjects[5];
    const http_subject *all[7] = {&sink, &ours};

    for (size_t i = 0; i < 5; i++) {
        (void)snprintf(names[i], sizeof names[i], "buffer %uk", sizes[i]);
        (void)snprintf(settings[i], sizeof settings[i],
                       "client_body_buffer_size %uk; "
                       "waveforge_durability recording;",
                       sizes[i]);
        subjects[i] = (http_subject){names[i], HTTP_RAW, http_start_ours,
                                     settings[i], false};
        all[i + 2] = &subjects[i];
    }
    bench_tell_title("by client_body_buffer_size (16k 32k 64k 128k 256k)");
    http_compare("buffers", all, 7, &eight,
                 &(http_goals){BENCH_NO_GOAL, 0, INFINITY});
}
