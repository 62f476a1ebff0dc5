/*
 * contest.h - subjects take turns at the same load.
 */
#ifndef BENCH_HTTP_CONTEST_H
#define BENCH_HTTP_CONTEST_H

#include "http.h"

#define HTTP_SUBJECTS_MAX 8

/* One run, or the medians of all. */
typedef struct http_figures {
    double cpu;   /* seconds per 10^9 bytes */
    double speed; /* 10^6 bytes per second */
    double p50_ms;
    double p99_ms;
} http_figures;

/*
 * Of each subject, in their order: the least CPU, the medians, and the medians
 * of the ratios to the first one, round by round.
 */
typedef struct http_outcome {
    http_figures median[HTTP_SUBJECTS_MAX];
    http_figures ratio[HTTP_SUBJECTS_MAX];
    double least[HTTP_SUBJECTS_MAX];
} http_outcome;

/* What every subject gets. Over HTTP/1 each stream is a connection. */
typedef struct http_crowd {
    unsigned connections;
    unsigned streams; /* of each; 0 is 1 */
    size_t chunk_bytes;
} http_crowd;

void http_hold_contest(const http_subject *const subjects[], size_t count,
                       const http_crowd *crowd, http_outcome *ret_outcome);

#endif
