
/*
 * POST /upload/chunk.
 *
 * Once a job or the body has begun every path ends in exactly one call of
 * ngx_http_finalize_request(): in _begun, _stepped, _given_up or, of
 * chunk_watch.c, _ended, or in task, for a client that has gone.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_store.h"

#include "wf_multipart.h"


static ngx_int_t ngx_http_waveforge_chunk_start(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_begun(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chunk_stepped(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chunk_advance(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_chunk_feed(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_give_up(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc, ngx_int_t rc);
static void ngx_http_waveforge_chunk_given_up(ngx_http_waveforge_job_t *job);
static ngx_uint_t ngx_http_waveforge_chunk_is_over(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);


ngx_int_t
ngx_http_waveforge_chunk_handler(ngx_http_request_t *r)
{
    ngx_int_t                    rc;
    ngx_str_t                   *type;
    ngx_http_waveforge_chunk_t  *wc;

    wc = ngx_http_waveforge_chunk_create(r);
    if (wc == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    type = r->headers_in.content_type ? &r->headers_in.content_type->value
                                      : NULL;

    if (type && wf_multipart_is_type((char *) type->data, type->len)) {
        rc = ngx_http_waveforge_form_create(r, wc);

    } else {
        rc = ngx_http_waveforge_chunk_parse(r, wc);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_chunk_check_headers(r, wc);
    }

    if (rc == NGX_DECLINED) {
        return ngx_http_waveforge_chunk_answer(r, wc);
    }

    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_http_waveforge_chunk_start(r, wc);
}


/*
 * Whatever can be refused without the body is, before it is asked for: of a
 * form nothing is known without it.
 */

static ngx_int_t
ngx_http_waveforge_chunk_start(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    wc->steps = wc->form ? 0 : NGX_HTTP_WAVEFORGE_BEGIN;

    if (ngx_http_waveforge_drain_prepare(r, &wc->drain)) {
        wc->steps |= NGX_HTTP_WAVEFORGE_DRAIN;
    }

    if (wc->steps == 0) {
        return ngx_http_waveforge_body_start(r,
                                             ngx_http_waveforge_chunk_advance);
    }

    wc->job.done = ngx_http_waveforge_chunk_begun;

    if (ngx_http_waveforge_chunk_post(wc) != NGX_OK) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         NULL);
    }

    r->main->count++;

    return NGX_DONE;
}


static void
ngx_http_waveforge_chunk_begun(ngx_http_waveforge_job_t *job)
{
    ngx_int_t                    rc;
    ngx_http_request_t          *r;
    ngx_http_waveforge_chunk_t  *wc;

    r = job->request;
    wc = (ngx_http_waveforge_chunk_t *) job;

    if (ngx_http_waveforge_chunk_is_over(r, wc)) {
        return;
    }

    rc = ngx_http_waveforge_body_start(r, ngx_http_waveforge_chunk_advance);

    if (rc != NGX_DONE) {
        ngx_http_waveforge_chunk_give_up(r, wc, rc);
        return;
    }

    /* the body has taken a reference of its own: this one is given back */

    ngx_http_finalize_request(r, NGX_DONE);
}


static void
ngx_http_waveforge_chunk_advance(ngx_http_request_t *r)
{
    ngx_int_t                    rc;
    ngx_http_waveforge_chunk_t  *wc;

    wc = ngx_http_waveforge_ctx(r)->chunk;

    wc->steps = 0;
    wc->npieces = 0;

    rc = ngx_http_waveforge_chunk_feed(r, wc);

    if (rc == NGX_AGAIN) {

        if (wc->chunk) {
            /* what has come waits in nginx's buffer */
            wfs_chunk_touch(wc->chunk);
        }

        return;
    }

    if (rc != NGX_OK) {
        ngx_http_waveforge_chunk_give_up(r, wc, rc);
        return;
    }

    wc->job.done = ngx_http_waveforge_chunk_stepped;

    if (ngx_http_waveforge_chunk_post(wc) != NGX_OK) {
        (void) ngx_http_waveforge_chunk_decline(wc,
                                                NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                                NULL);
        ngx_http_waveforge_chunk_give_up(r, wc, NGX_DECLINED);
    }
}


static ngx_int_t
ngx_http_waveforge_chunk_feed(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    ngx_int_t                   rc;
    ngx_http_waveforge_body_t  *body;

    rc = ngx_http_waveforge_body_next(r);

    if (rc != NGX_OK && rc != NGX_DONE) {
        return rc;
    }

    body = ngx_http_waveforge_ctx(r)->body;

    ngx_memcpy(wc->pieces, body->pieces, body->npieces * sizeof(ngx_str_t));
    wc->npieces = body->npieces;

    wc->steps = NGX_HTTP_WAVEFORGE_TAKE
                | (body->is_last ? NGX_HTTP_WAVEFORGE_SUBMIT : 0);

    if (body->next == NULL
        && ngx_http_waveforge_drain_prepare(r, &wc->drain))
    {
        wc->steps |= NGX_HTTP_WAVEFORGE_DRAIN;
    }

    return NGX_OK;
}


static void
ngx_http_waveforge_chunk_stepped(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t          *r;
    ngx_http_waveforge_chunk_t  *wc;

    r = job->request;
    wc = (ngx_http_waveforge_chunk_t *) job;

    if (!ngx_http_waveforge_chunk_is_over(r, wc)) {
        ngx_http_waveforge_chunk_advance(r);
    }
}


/*
 * The body went wrong: the chunk is discarded first, so that a client that
 * hears of it can begin anew at once.
 */

static void
ngx_http_waveforge_chunk_give_up(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc, ngx_int_t rc)
{
    wc->rc = (rc == NGX_DECLINED) ? 0 : rc;
    wc->steps = NGX_HTTP_WAVEFORGE_DISCARD;
    wc->job.done = ngx_http_waveforge_chunk_given_up;

    if (wc->chunk == NULL || r->connection->error) {
        ngx_http_waveforge_chunk_given_up(&wc->job);
        return;
    }

    (void) ngx_http_waveforge_chunk_post(wc);
}


static void
ngx_http_waveforge_chunk_given_up(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t          *r;
    ngx_http_waveforge_chunk_t  *wc;

    r = job->request;
    wc = (ngx_http_waveforge_chunk_t *) job;

    ngx_http_finalize_request(r, wc->rc ? wc->rc
                                 : ngx_http_waveforge_chunk_answer(r, wc));
}


/* After a job: its outcome is the chunk's, or its client has left. */

static ngx_uint_t
ngx_http_waveforge_chunk_is_over(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    if (wc->steps & NGX_HTTP_WAVEFORGE_DRAIN) {
        ngx_http_waveforge_drain_settle(r, &wc->drain,
                                        wc->job.status == WFS_OK);
    }

    if (wc->job.status != WFS_OK || wc->job.awaits_commit) {
        ngx_http_finalize_request(r, ngx_http_waveforge_chunk_answer(r, wc));
        return 1;
    }

    if (r->connection->error) {
        ngx_http_waveforge_chunk_give_up(r, wc, NGX_HTTP_BAD_REQUEST);
        return 1;
    }

    return 0;
}
