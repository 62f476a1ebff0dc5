
/*
 * How a body below /files/ ends, on the event loop: whole, broken off, or ended
 * by another request.
 */


#include "ngx_http_waveforge_body_rate.h"
#include "ngx_http_waveforge_files_append.h"


static ngx_uint_t ngx_http_waveforge_append_is_whole(
    ngx_http_waveforge_append_t *ap);
static void ngx_http_waveforge_append_broken(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_append_finished(ngx_http_waveforge_job_t *job);


/* All of the body is here, or there was none. */

void
ngx_http_waveforge_append_ended(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ap->is_over = 1;

    if (!ngx_http_waveforge_append_is_whole(ap)) {
        ngx_http_waveforge_append_finish(r, ap);
        return;
    }

    ngx_http_waveforge_append_post(r, ap, NGX_HTTP_WAVEFORGE_APPEND_COMPLETE,
                                   ngx_http_waveforge_append_finished);
}


static ngx_uint_t
ngx_http_waveforge_append_is_whole(ngx_http_waveforge_append_t *ap)
{
    if (ap->state.is_complete || ap->state.is_partial) {
        return 0;
    }

    if (ap->completes == NGX_HTTP_WAVEFORGE_COMPLETE_AT_SIZE) {
        return ap->state.offset == ap->state.size;
    }

    return ap->completes == NGX_HTTP_WAVEFORGE_COMPLETE_AT_END;
}


/* The rest of the body is not read: what has come is kept. */

void
ngx_http_waveforge_append_end(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_http_waveforge_append_pause(r);

    ap->is_over = 1;

    ngx_http_waveforge_append_post(r, ap, NGX_HTTP_WAVEFORGE_APPEND_STOP,
                                   ngx_http_waveforge_append_finished);
}


void
ngx_http_waveforge_append_pause(ngx_http_request_t *r)
{
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    if (body) {
        ngx_http_waveforge_rate_resume(body);
    }

    r->read_event_handler = ngx_http_block_reading;

    if (r->connection->read->timer_set) {
        ngx_del_timer(r->connection->read);
    }
}


void
ngx_http_waveforge_append_break(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_int_t rc)
{
    ngx_uint_t                  n;
    ngx_http_waveforge_body_t  *body;

    ap->rc = rc;
    ap->is_over = 1;

    r->read_event_handler = ngx_http_block_reading;

    body = ngx_http_waveforge_ctx(r)->body;

    n = body ? ngx_http_waveforge_body_rest(r) : 0;

    if (n) {
        ngx_memcpy(ap->pieces, body->pieces, n * sizeof(ngx_str_t));
    }

    ap->npieces = n;

    ap->steps = NGX_HTTP_WAVEFORGE_APPEND_WRITE;

    if (n == 0 || body->next == NULL) {
        ap->steps |= NGX_HTTP_WAVEFORGE_APPEND_KEEP;
    }

    ap->job.done = ngx_http_waveforge_append_broken;
    ap->job.outlasts_client = 1;

    if ((n == 0 && ap->chunk == NULL && ap->append == NULL)
        || ngx_http_waveforge_job_post(&ap->job) != NGX_OK)
    {
        ngx_http_finalize_request(r, rc);
    }
}


static void
ngx_http_waveforge_append_broken(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t           *r;
    ngx_http_waveforge_append_t  *ap;

    r = job->request;
    ap = (ngx_http_waveforge_append_t *) job;

    if (job->status == WFS_OK
        && !(ap->steps & NGX_HTTP_WAVEFORGE_APPEND_KEEP))
    {
        ngx_http_waveforge_append_break(r, ap, ap->rc);
        return;
    }

    ngx_http_finalize_request(r, ap->rc);
}


/* A receipt was refused: what it was for goes as after any other failure. */

void
ngx_http_waveforge_append_undo(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ap->is_over = 1;

    ngx_http_waveforge_append_post(r, ap, NGX_HTTP_WAVEFORGE_APPEND_REFUSED,
                                   ngx_http_waveforge_append_finished);
}


static void
ngx_http_waveforge_append_finished(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_append_finish(job->request,
                                     (ngx_http_waveforge_append_t *) job);
}


void
ngx_http_waveforge_append_finish(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ap->is_over = 1;

    if (ap->change.uploads || ap->change.recordings) {
        ngx_http_waveforge_store_count(ap->job.store, &ap->change);
    }

    if (r->connection->error) {
        ngx_http_finalize_request(r, NGX_ERROR);
        return;
    }

    if (ap->job.status == WFS_EBUSY && ap->is_begun) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "waveforge append taken over by a newer connection");
        ngx_http_finalize_request(r, NGX_HTTP_CLOSE);
        return;
    }

    ngx_http_finalize_request(r, ap->answer(r, ap));
}
