/*
 * progress.h - which upload is next, and how long each chunk took.
 */
#ifndef BENCH_HTTP_PROGRESS_H
#define BENCH_HTTP_PROGRESS_H

#include "http.h"

typedef struct http_progress {
    const http_load *load;
    unsigned next;
    double begun;
    double *latencies;
    size_t chunks;
} http_progress;

/* The clock starts. `load` is borrowed until the end. */
void http_begin_progress(http_progress *progress, const http_load *load);

/* Whether there is one left. */
bool http_take_upload(http_progress *progress, unsigned *ret_upload);

/* A chunk was acknowledged whose first byte was sent at `begun`. */
void http_note_chunk(http_progress *progress, double begun);

void http_end_progress(http_progress *progress, http_result *ret_result);

#endif
