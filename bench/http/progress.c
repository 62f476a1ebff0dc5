/*
 * progress.c - which upload is next, and how long each chunk took.
 */
#include "progress.h"

#include <stdlib.h>

#include "cost.h"

void http_begin_progress(http_progress *progress, const http_load *load)
{
    *progress = (http_progress){.load = load};
    progress->latencies =
        calloc(load->uploads * load->chunks, sizeof *progress->latencies);
    if (progress->latencies == NULL) {
        bench_fail("out of memory");
    }
    progress->begun = bench_get_seconds();
}

bool http_take_upload(http_progress *progress, unsigned *ret_upload)
{
    if (progress->next == progress->load->uploads) {
        return false;
    }
    *ret_upload = progress->next++;
    return true;
}

void http_note_chunk(http_progress *progress, double begun)
{
    progress->latencies[progress->chunks++] = bench_get_seconds() - begun;
}

void http_end_progress(http_progress *progress, http_result *ret_result)
{
    size_t chunks = progress->chunks;

    ret_result->seconds = bench_get_seconds() - progress->begun;
    (void)bench_get_median(progress->latencies, chunks);
    ret_result->p50_ms = progress->latencies[chunks / 2] * 1e3;
    ret_result->p99_ms = progress->latencies[chunks * 99 / 100] * 1e3;
    ret_result->bytes = chunks * progress->load->chunk_bytes;
    free(progress->latencies);
}
