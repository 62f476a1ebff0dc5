
/*
 * How an append comes into being, and what becomes of it when nobody waits for
 * it any more: what has come is kept.
 */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_metrics.h"


static void ngx_http_waveforge_append_release(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_append_released(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_append_free(ngx_http_waveforge_append_t *ap);


ngx_http_waveforge_append_t *
ngx_http_waveforge_append_create(ngx_http_request_t *r)
{
    ngx_http_waveforge_append_t  *ap;

    ap = (ngx_http_waveforge_append_t *)
             ngx_http_waveforge_job_create(r,
                                         sizeof(ngx_http_waveforge_append_t));
    if (ap == NULL) {
        return NULL;
    }

    ap->job.run = ngx_http_waveforge_append_run;
    ap->job.release = ngx_http_waveforge_append_release;

    ngx_queue_insert_tail(&ap->job.store->appends, &ap->queue);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_CHUNKS_IN_FLIGHT, 1);
    ngx_http_waveforge_appends_watch(ap->job.store);

    ap->declared = WFS_UNKNOWN;
    ap->create = (wfs_create_spec) WFS_CREATE_SPEC_INIT;
    ap->job.error = (wfs_error) WFS_ERROR_INIT;

    ngx_memcpy(ap->id, ngx_http_waveforge_ctx(r)->target.id, sizeof(ap->id));

    /* a chunk is what a client sends in one piece; here one piece is all */

    ngx_http_waveforge_get_limits(r, &ap->limits);
    ap->limits.chunk_max_bytes = 0;

    ngx_http_waveforge_ctx(r)->append = ap;

    return ap;
}


static void
ngx_http_waveforge_append_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_append_t  *ap = (ngx_http_waveforge_append_t *) job;

    if (ap->chunk || ap->append) {
        ap->npieces = 0;
        ap->steps = NGX_HTTP_WAVEFORGE_APPEND_KEEP;
        job->done = ngx_http_waveforge_append_released;
        job->kind = NGX_HTTP_WAVEFORGE_JOB_RELEASE;

        (void) ngx_http_waveforge_job_post(job);
        return;
    }

    ngx_http_waveforge_append_free(ap);
}


static void
ngx_http_waveforge_append_released(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_append_free((ngx_http_waveforge_append_t *) job);
    ngx_http_waveforge_job_free(job);
}


static void
ngx_http_waveforge_append_free(ngx_http_waveforge_append_t *ap)
{
    ngx_queue_remove(&ap->queue);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_CHUNKS_IN_FLIGHT, -1);

    wf_json_release(&ap->described);
    free(ap->state.note);
}


void
ngx_http_waveforge_appends_keep(ngx_queue_t *appends)
{
    wfs_receipt                   receipt;
    ngx_queue_t                  *q;
    ngx_http_waveforge_append_t  *ap;

    for (q = ngx_queue_head(appends);
         q != ngx_queue_sentinel(appends);
         q = ngx_queue_next(q))
    {
        ap = ngx_queue_data(q, ngx_http_waveforge_append_t, queue);

        if (ap->chunk) {
            (void) wfs_chunk_keep(ap->chunk, &receipt, NULL);
            ap->chunk = NULL;
        }

        wfs_append_close(ap->append);
        ap->append = NULL;
    }
}
