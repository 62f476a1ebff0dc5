
/*
 * How a chunk comes into being, and what becomes of it when nobody waits for it
 * any more.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_store.h"


static void ngx_http_waveforge_chunk_release(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chunk_released(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chunk_free(ngx_http_waveforge_chunk_t *wc);


ngx_http_waveforge_chunk_t *
ngx_http_waveforge_chunk_create(ngx_http_request_t *r)
{
    ngx_http_waveforge_chunk_t  *wc;

    wc = (ngx_http_waveforge_chunk_t *)
             ngx_http_waveforge_job_create(r,
                                          sizeof(ngx_http_waveforge_chunk_t));
    if (wc == NULL) {
        return NULL;
    }

    wc->job.run = ngx_http_waveforge_chunk_run;
    wc->job.release = ngx_http_waveforge_chunk_release;

    ngx_queue_insert_tail(&wc->job.store->chunks, &wc->queue);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_CHUNKS_IN_FLIGHT, 1);
    ngx_http_waveforge_chunks_watch(wc->job.store);

    wc->length = WFS_UNKNOWN;

    wf_fields_init(&wc->fields);
    ngx_http_waveforge_get_limits(r, &wc->limits);

    ngx_http_waveforge_ctx(r)->chunk = wc;

    return wc;
}


ngx_int_t
ngx_http_waveforge_chunk_post(ngx_http_waveforge_chunk_t *wc)
{
    /* where its thread reads, and makes no digest but the recording's */

    wc->job.is_sociable = (wc->steps & NGX_HTTP_WAVEFORGE_DRAIN)
                          && wc->form == NULL
                          && wc->fields.digest.kind == WFS_DIGEST_NONE
                          && wc->job.store->has_pairs;

    return ngx_http_waveforge_job_post(&wc->job);
}


/* The request is gone: nobody waits for what becomes of the chunk. */

static void
ngx_http_waveforge_chunk_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chunk_t *wc = (ngx_http_waveforge_chunk_t *) job;

    if (wc->chunk) {
        wc->steps = NGX_HTTP_WAVEFORGE_DISCARD;
        job->done = ngx_http_waveforge_chunk_released;
        job->kind = NGX_HTTP_WAVEFORGE_JOB_RELEASE;

        (void) ngx_http_waveforge_chunk_post(wc);
        return;
    }

    ngx_http_waveforge_chunk_free(wc);
}


static void
ngx_http_waveforge_chunk_released(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chunk_free((ngx_http_waveforge_chunk_t *) job);
    ngx_http_waveforge_job_free(job);
}


static void
ngx_http_waveforge_chunk_free(ngx_http_waveforge_chunk_t *wc)
{
    ngx_queue_remove(&wc->queue);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_CHUNKS_IN_FLIGHT, -1);

    wfs_hasher_close(wc->hasher);
    wf_json_release(&wc->members);
}


void
ngx_http_waveforge_chunks_discard(ngx_queue_t *chunks)
{
    ngx_queue_t                 *q;
    ngx_http_waveforge_chunk_t  *wc;

    for (q = ngx_queue_head(chunks);
         q != ngx_queue_sentinel(chunks);
         q = ngx_queue_next(q))
    {
        wc = ngx_queue_data(q, ngx_http_waveforge_chunk_t, queue);

        wfs_chunk_discard(wc->chunk);
        wc->chunk = NULL;
    }
}
