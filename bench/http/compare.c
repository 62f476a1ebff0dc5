/*
 * compare.c - how subjects did beside each other, told.
 */
#include "compare.h"

#include <stdio.h>

/* How subject `i` did beside the first one. */
static void tell(const char *name, const http_outcome *outcome, size_t i,
                 const http_goals *aims)
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

void http_compare(const char *name, const http_subject *const subjects[],
                  size_t count, const http_crowd *crowd, const http_goals *aims)
{
    static const http_goals none = {BENCH_NO_GOAL, 0, BENCH_NO_GOAL};
    http_outcome outcome;
    char line[64];

    http_hold_contest(subjects, count, crowd, &outcome);
    for (size_t i = 1; i < count; i++) {
        (void)snprintf(line, sizeof line, "%s K=%u%s%s", name,
                       crowd->connections, i > 1 ? ", " : "",
                       i > 1 ? subjects[i]->name : "");
        tell(line, &outcome, i, i > 1 ? &none : aims);
    }
}
