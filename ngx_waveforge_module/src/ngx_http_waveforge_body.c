
#include "ngx_http_waveforge_body.h"
#include "ngx_http_waveforge_body_pieces.h"
#include "ngx_http_waveforge_body_rate.h"
#include "ngx_http_waveforge_interim.h"


static void ngx_http_waveforge_body_begun(ngx_http_request_t *r);
static void ngx_http_waveforge_body_readable(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_body_receive(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_body_is_enough(ngx_http_request_t *r);


ngx_int_t
ngx_http_waveforge_body_start(ngx_http_request_t *r,
    ngx_http_waveforge_body_pt handler)
{
    ngx_int_t                   rc;
    ngx_http_waveforge_body_t  *body;

    body = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_body_t));
    if (body == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body->handler = handler;
    body->is_read = (r->request_body != NULL);

    ngx_http_waveforge_ctx(r)->body = body;

    r->request_body_no_buffering = 1;

    rc = ngx_http_read_client_request_body(r, ngx_http_waveforge_body_begun);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {

        /* our caller may have to wait for a job: nobody reads meanwhile */

        r->read_event_handler = ngx_http_block_reading;

        return rc;
    }

    return NGX_DONE;
}


static void
ngx_http_waveforge_body_begun(ngx_http_request_t *r)
{
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    if (body->is_read && r->request_body) {
        body->next = r->request_body->bufs;
    }

    r->write_event_handler = ngx_http_waveforge_interim_flush;

    body->handler(r);
}


static void
ngx_http_waveforge_body_readable(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx(r)->body->handler(r);
}


ngx_uint_t
ngx_http_waveforge_body_is_waiting(ngx_http_request_t *r)
{
    return r->read_event_handler == ngx_http_waveforge_body_readable;
}


ngx_int_t
ngx_http_waveforge_body_next(ngx_http_request_t *r)
{
    ngx_int_t                   rc;
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    ngx_http_waveforge_pieces_give_back(r, body);

    if (!body->is_read) {

        rc = ngx_http_waveforge_body_receive(r);

        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (body->next == NULL) {
        body->is_last = 1;
        return NGX_DONE;
    }

    rc = ngx_http_waveforge_pieces_take(r, body);

    if (rc == NGX_OK) {
        ngx_http_waveforge_pieces_count(r, body);
    }

    return rc;
}


/* Let nginx read what is there, and wait until it is worth a job. */

static ngx_int_t
ngx_http_waveforge_body_receive(ngx_http_request_t *r)
{
    ngx_int_t                   rc;
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    if (body->next) {
        return NGX_OK;
    }

    if (r->reading_body) {

        ngx_http_waveforge_rate_resume(body);

        /* after a failure, too: its caller may have to wait for a job */

        r->read_event_handler = ngx_http_block_reading;

        rc = ngx_http_read_unbuffered_request_body(r);

        if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
            return rc;
        }

        if (r->reading_body && !ngx_http_waveforge_body_is_enough(r)) {

            rc = ngx_http_waveforge_rate_wait(r, body);

            if (rc == NGX_AGAIN) {
                r->read_event_handler = ngx_http_waveforge_body_readable;
            }

            return rc;
        }

        if (r->connection->read->timer_set) {
            ngx_del_timer(r->connection->read);
        }
    }

    if (r->request_body) {
        /* a subrequest may have none, and nobody to read it for */
        body->next = r->request_body->bufs;
        r->request_body->bufs = NULL;
    }

    return NGX_OK;
}


/*
 * A full buffer, or many small pieces of one. Over HTTP/2 whatever is there: a
 * client may wait for a larger window than is left, and the window is opened
 * only when the buffer is empty.
 */

static ngx_uint_t
ngx_http_waveforge_body_is_enough(ngx_http_request_t *r)
{
    ngx_uint_t                n;
    ngx_chain_t              *cl;
    ngx_http_request_body_t  *rb;

    rb = r->request_body;

    if (rb->bufs == NULL) {
        return 0;
    }

    if (rb->buf == NULL || rb->buf->last == rb->buf->end
        || ngx_http_waveforge_ctx(r)->body->is_hasty)
    {
        return 1;
    }

#if (NGX_HTTP_V2)
    if (r->stream) {
        return 1;
    }
#endif

    n = 0;

    for (cl = rb->bufs; cl; cl = cl->next) {
        n++;
    }

    return n >= NGX_HTTP_WAVEFORGE_PIECES;
}


/* A body in a file was read to its end: it does not break off. */

ngx_uint_t
ngx_http_waveforge_body_rest(ngx_http_request_t *r)
{
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    body->npieces = 0;

    if (body->is_read || r->request_body == NULL) {
        return 0;
    }

    if (body->next == NULL) {
        body->next = r->request_body->bufs;
        r->request_body->bufs = NULL;
    }

    if (body->next == NULL) {
        return 0;
    }

    (void) ngx_http_waveforge_pieces_take(r, body);

    return body->npieces;
}
