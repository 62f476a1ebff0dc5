/*
 * receiving.c - the rows of receiving chunks, beside the least a server can do.
 */
#include <stdio.h>

#include "contest.h"
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

typedef struct goals {
    double cpu;
    double speed; /* at least; 0: any */
    double p99;
} goals;

/* How subject `i` did beside the first one. */
static void tell(const char *name, const http_outcome *outcome, size_t i,
                 const goals *aims)
{
    const http_figures *median = &outcome->median[i];
    const http_figures *base = &outcome->median[0];
    const http_figures *ratio = &outcome->ratio[i];
    char line[96];

    (void)snprintf(line, sizeof line, "%s: CPU", name);
    bench_tell(line, ratio->cpu, "x", aims->cpu,
               "%.2f / %.2f CPU s/GB (least %.2f, %.2fx)", median->cpu,
               base->cpu, outcome->least[i],
               outcome->least[i] / outcome->least[0]);
    (void)snprintf(line, sizeof line, "%s: time of all", name);
    bench_tell(line, 1 / ratio->speed, "x", 1 / aims->speed, "%.0f / %.0f MB/s",
               median->speed, base->speed);
    (void)snprintf(line, sizeof line, "%s: p99 of a chunk", name);
    bench_tell(line, ratio->p99_ms, "x", aims->p99,
               "%.2f / %.2f ms (p50 %.2f / %.2f)", median->p99_ms, base->p99_ms,
               median->p50_ms, base->p50_ms);
}

/* The first subject is what the second is compared with; others are told. */
static void compare(const char *name, const http_subject *const subjects[],
                    size_t count, unsigned connections, size_t chunk_bytes,
                    const goals *aims)
{
    static const goals none = {BENCH_NO_GOAL, 0, BENCH_NO_GOAL};
    http_outcome outcome;
    char line[64];

    http_hold_contest(subjects, count, connections, chunk_bytes, &outcome);
    for (size_t i = 1; i < count; i++) {
        (void)snprintf(line, sizeof line, "%s K=%u%s%s", name, connections,
                       i > 1 ? ", " : "", i > 1 ? subjects[i]->name : "");
        tell(line, &outcome, i, i > 1 ? &none : aims);
    }
}

static void compare_all(const char *name, const http_subject *base,
                        const http_subject *subject, size_t chunk_bytes,
                        const goals *aims)
{
    static const unsigned connections[] = {1, 8, 64};
    const http_subject *both[] = {base, subject};

    for (size_t i = 0; i < sizeof connections / sizeof *connections; i++) {
        goals here = *aims;

        here.p99 = connections[i] == 64 ? aims->p99 : BENCH_NO_GOAL;
        compare(name, both, 2, connections[i], chunk_bytes, &here);
    }
}

void http_row_raw(void)
{
    bench_tell_title("raw, 1 MiB, durability recording, beside the sink");
    compare_all("raw", &sink, &ours, MIB, &(goals){1.05, 0.97, 1.3});
}

void http_row_synced(void)
{
    bench_tell_title("raw, 1 MiB, durability chunk, beside the synced sink");
    compare_all("synced", &sink_synced, &ours_synced, MIB,
                &(goals){1.10, 0.95, 1.3});
}

void http_row_small(void)
{
    bench_tell_title("raw, 64 KiB, durability recording");
    compare_all("small", &sink, &ours, SMALL, &(goals){1.20, 0, INFINITY});
    bench_tell_title("raw, 64 KiB, durability chunk, beside the synced sink");
    compare_all("small, synced", &sink_synced, &ours_synced, SMALL,
                &(goals){1.10, 0, INFINITY});
}

void http_row_plain(void)
{
    const http_subject *all[] = {&dav, &ours_plain, &sink_plain};

    bench_tell_title("no digest, 1 MiB, beside nginx DAV PUT");
    compare("plain", all, 3, 8, MIB, &(goals){1.15, 0, INFINITY});
}

void http_row_form(void)
{
    const http_subject *all[] = {&ours, &ours_form};

    bench_tell_title("multipart, 1 MiB, beside raw");
    compare("form", all, 2, 8, MIB, &(goals){1.10, 0, INFINITY});
}

void http_row_digest(void)
{
    const http_subject *all[] = {&sink, &ours_digest};

    bench_tell_title("digest of each chunk verified as well, 1 MiB");
    compare("digest", all, 2, 8, MIB, &(goals){1.65, 0, INFINITY});
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
    compare("buffers", all, 7, 8, MIB, &(goals){BENCH_NO_GOAL, 0, INFINITY});
}
