
/*
 * The body of a POST or a PATCH below /files/, on the event loop.
 *
 * Once a job or the body has begun every path ends in exactly one call of
 * ngx_http_finalize_request(): in _finish or _broken, or in task, for a client
 * that has gone.
 */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_problem.h"


#define NGX_HTTP_WAVEFORGE_RECEIPT_BYTES  (4 * 1024 * 1024)
#define NGX_HTTP_WAVEFORGE_RECEIPT_MS     1000


static void ngx_http_waveforge_append_opened(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_append_read(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static void ngx_http_waveforge_append_advance(ngx_http_request_t *r);
static void ngx_http_waveforge_append_feed(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static void ngx_http_waveforge_append_stepped(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_append_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_append_start(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    off_t  length;

    length = r->headers_in.content_length_n;

    ap->length = length > 0 ? (uint64_t) length
                            : (length == 0 || !r->headers_in.chunked)
                              ? 0 : WFS_UNKNOWN;
    ap->has_body = (ap->length != 0);

    ap->steps = NGX_HTTP_WAVEFORGE_APPEND_OPEN;
    ap->job.done = ngx_http_waveforge_append_opened;

    if (ngx_http_waveforge_job_post(&ap->job) != NGX_OK) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         NULL);
    }

    r->main->count++;

    return NGX_DONE;
}


static void
ngx_http_waveforge_append_opened(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t           *r;
    ngx_http_waveforge_append_t  *ap;

    r = job->request;
    ap = (ngx_http_waveforge_append_t *) job;

    if (job->status != WFS_OK) {
        ngx_http_waveforge_append_finish(r, ap);
        return;
    }

    if (ap->told) {
        ap->told(r, ap);
    }

    if (ap->has_body) {
        ngx_http_waveforge_append_read(r, ap);
        return;
    }

    ngx_http_waveforge_append_ended(r, ap);
}


static void
ngx_http_waveforge_append_read(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_int_t  rc;

    ap->receipted = ngx_current_msec;

    rc = ngx_http_waveforge_body_start(r, ngx_http_waveforge_append_advance);

    if (rc != NGX_DONE) {
        ngx_http_waveforge_append_break(r, ap, rc);
        return;
    }

    /* the body has taken a reference of its own: this one is given back */

    ngx_http_finalize_request(r, NGX_DONE);
}


static void
ngx_http_waveforge_append_advance(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_waveforge_append_t  *ap;

    ap = ngx_http_waveforge_ctx(r)->append;

    ap->npieces = 0;

    rc = ngx_http_waveforge_body_next(r);

    if (rc == NGX_AGAIN) {
        return;
    }

    if (rc != NGX_OK && rc != NGX_DONE) {
        ngx_http_waveforge_append_break(r, ap, rc);
        return;
    }

    ngx_http_waveforge_append_feed(r, ap);
}


static void
ngx_http_waveforge_append_feed(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    uint64_t                    pending;
    ngx_uint_t                  i, steps;
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    ngx_memcpy(ap->pieces, body->pieces, body->npieces * sizeof(ngx_str_t));
    ap->npieces = body->npieces;

    pending = ap->written;

    for (i = 0; i < ap->npieces; i++) {
        pending += ap->pieces[i].len;
    }

    steps = NGX_HTTP_WAVEFORGE_APPEND_WRITE;

    if (body->is_last) {
        ap->is_last = 1;
        steps |= NGX_HTTP_WAVEFORGE_APPEND_SUBMIT;

    } else if (ap->digest.kind == WFS_DIGEST_NONE
               && (body->is_hasty
                   || pending >= NGX_HTTP_WAVEFORGE_RECEIPT_BYTES
                   || ngx_current_msec - ap->receipted
                      >= NGX_HTTP_WAVEFORGE_RECEIPT_MS))
    {
        steps |= NGX_HTTP_WAVEFORGE_APPEND_RECEIPT;
    }

    ngx_http_waveforge_append_post(r, ap, steps,
                                   ngx_http_waveforge_append_stepped);
}


static void
ngx_http_waveforge_append_stepped(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t           *r;
    ngx_http_waveforge_append_t  *ap;

    r = job->request;
    ap = (ngx_http_waveforge_append_t *) job;

    if (job->status != WFS_OK) {
        ngx_http_waveforge_append_finish(r, ap);
        return;
    }

    if (job->awaits_commit) {

        if (ap->outcome != WFS_OK) {
            ngx_http_waveforge_append_undo(r, ap);
            return;
        }

        ngx_http_waveforge_append_note(r, ap);
    }

    if (ap->is_last) {
        ngx_http_waveforge_append_ended(r, ap);
        return;
    }

    if (r->connection->error) {
        ngx_http_waveforge_append_break(r, ap, NGX_ERROR);
        return;
    }

    ngx_http_waveforge_append_advance(r);
}


/* A receipt has come. */

static void
ngx_http_waveforge_append_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ap->state.offset = ap->receipt.received_bytes;
    ap->appended += ap->receipt.size_bytes;
    ap->written = 0;
    ap->receipted = ngx_current_msec;

    ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_STORED_BYTES,
                                     ap->receipt.size_bytes);

    if (ap->state.expires_ms) {
        ap->state.expires_ms = ((int64_t) ngx_time()
                                + ngx_http_waveforge_conf(r)->upload_expiry)
                               * 1000;
    }

    if (ap->told && !ap->is_last) {
        ap->told(r, ap);
    }
}


void
ngx_http_waveforge_append_hurry(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    if (body == NULL || ap->digest.kind != WFS_DIGEST_NONE) {
        return;
    }

    if (ap->chunk == NULL && ap->state.offset != ap->state.size) {

        /* between two receipts: be there to be taken over */

        ap->npieces = 0;
        ngx_http_waveforge_append_pause(r);

        ngx_http_waveforge_append_post(r, ap,
                                       NGX_HTTP_WAVEFORGE_APPEND_RESUME,
                                       ngx_http_waveforge_append_stepped);
        return;
    }

    if (ngx_current_msec - ap->receipted < NGX_HTTP_WAVEFORGE_RECEIPT_MS) {
        return;
    }

    if (r->request_body && r->request_body->bufs) {
        body->is_hasty = 1;
        ngx_http_waveforge_append_advance(r);
        body->is_hasty = 0;
        return;
    }

    if (ap->written) {
        ap->npieces = 0;
        ngx_http_waveforge_append_pause(r);

        ngx_http_waveforge_append_post(r, ap,
                                       NGX_HTTP_WAVEFORGE_APPEND_RECEIPT,
                                       ngx_http_waveforge_append_stepped);
    }
}


void
ngx_http_waveforge_append_post(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_uint_t steps,
    ngx_http_waveforge_job_pt done)
{
    ap->steps = steps;
    ap->job.done = done;
    ap->job.outlasts_client = (done == ngx_http_waveforge_append_stepped);

    if (ngx_http_waveforge_job_post(&ap->job) != NGX_OK) {
        ap->job.status = WFS_ELOCKED;
        ngx_http_waveforge_append_finish(r, ap);
    }
}
