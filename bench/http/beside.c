/*
 * beside.c - the row of all servers, one line each.
 */
#include <stdio.h>

#include "contest.h"
#include "nginx.h"
#include "peers.h"
#include "rows.h"
#include "sink.h"

#define MIB ((size_t)1 << 20)
#define SMALL ((size_t)64 << 10)
#define BUFFER "client_body_buffer_size 256k;\n"
#define WRITTEN BUFFER "waveforge_durability recording;\n"

static const http_subject sink = {"sink", HTTP_RAW, http_start_sink, "digest",
                                  false};
static const http_subject sink_synced = {"sink, synced", HTTP_RAW,
                                         http_start_sink, "digest sync", false};
static const http_subject ours = {"WaveForge, recording", HTTP_RAW,
                                  http_start_ours, WRITTEN, false};
static const http_subject ours_synced = {"WaveForge, chunk", HTTP_RAW,
                                         http_start_ours, BUFFER, false};
static const http_subject ours_tus = {"WaveForge, recording, tus", HTTP_TUS,
                                      http_start_ours, WRITTEN, false};
static const http_subject nginx = {"nginx DAV", HTTP_PUT, http_start_nginx,
                                   "client_body_buffer_size 128k;", false};
static const http_subject apache = {"Apache DAV", HTTP_PUT, http_start_apache,
                                    "", false};
static const http_subject tus_node = {"@tus/server, 2 processes", HTTP_TUS,
                                      http_start_tus_node, "2", false};

static size_t list_subjects(const http_subject *ret_all[HTTP_SUBJECTS_MAX])
{
    size_t count = 0;

    ret_all[count++] = &sink;
    ret_all[count++] = &ours;
    ret_all[count++] = &ours_tus;
    ret_all[count++] = &sink_synced;
    ret_all[count++] = &ours_synced;
    ret_all[count++] = &nginx;
    if (http_has_apache()) {
        ret_all[count++] = &apache;
    } else {
        printf("left out: Apache (Debian: apache2-bin)\n");
    }
    if (http_has_tus_node()) {
        ret_all[count++] = &tus_node;
    } else {
        printf("left out: @tus/server (npm; scripts/bench installs it)\n");
    }
    return count;
}

static void compare(unsigned connections, size_t chunk_bytes)
{
    const http_crowd crowd = {connections, 1, chunk_bytes};
    const http_subject *all[HTTP_SUBJECTS_MAX];
    size_t count = list_subjects(all);
    http_outcome outcome;
    char line[64];

    http_hold_contest(all, count, &crowd, &outcome);
    for (size_t i = 0; i < count; i++) {
        const http_figures *median = &outcome.median[i];

        (void)snprintf(line, sizeof line, "%zu KiB, K=%u, %s",
                       chunk_bytes / 1024, connections, all[i]->name);
        bench_tell(line, outcome.ratio[i].cpu, "x", BENCH_NO_GOAL,
                   "%.2f CPU s/GB, %.0f MB/s, a chunk %.2f ms (p99 %.2f)",
                   median->cpu, median->speed, median->p50_ms, median->p99_ms);
    }
}

void http_row_peers(void)
{
    static const unsigned connections[] = {1, 8, 64};

    bench_tell_title("all of them, CPU over that of the sink");
    for (size_t i = 0; i < sizeof connections / sizeof *connections; i++) {
        compare(connections[i], MIB);
    }
    compare(8, SMALL);
}
