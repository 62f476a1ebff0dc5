
/*
 * Interim responses on HTTP/1.1: they go through nginx's last filter, which
 * keeps in order what the connection does not take at once. nginx's own 100
 * does not: where it would overtake, it is sent from here, too.
 */


#include "ngx_http_waveforge_interim.h"


static ngx_uint_t ngx_http_waveforge_interim_may(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_interim_put(ngx_http_request_t *r,
    ngx_str_t *text);
static ngx_buf_t *ngx_http_waveforge_interim_get_buf(ngx_http_request_t *r,
    size_t size);
static ngx_int_t ngx_http_waveforge_interim_wait(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_interim_is_pending(
    ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_interim_continue(ngx_http_request_t *r);


static ngx_str_t  ngx_http_waveforge_continue =
    ngx_string("HTTP/1.1 100 Continue" CRLF CRLF);


ngx_int_t
ngx_http_waveforge_interim_send(ngx_http_request_t *r, ngx_str_t *text)
{
    if (!ngx_http_waveforge_interim_may(r)) {
        return NGX_DECLINED;
    }

    if (ngx_http_waveforge_interim_put(r, text) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!ngx_http_waveforge_interim_is_pending(r)) {
        return NGX_OK;
    }

    if (ngx_http_waveforge_interim_continue(r) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_interim_wait(r);
}


/* Not where frames or older versions are spoken, nor amid other output. */

static ngx_uint_t
ngx_http_waveforge_interim_may(ngx_http_request_t *r)
{
    return r == r->main
           && r->http_version == NGX_HTTP_VERSION_11
           && !r->header_sent
           && !r->connection->error
           && !ngx_http_waveforge_interim_is_pending(r);
}


static ngx_uint_t
ngx_http_waveforge_interim_is_pending(ngx_http_request_t *r)
{
    return r->out != NULL || r->connection->buffered;
}


static ngx_int_t
ngx_http_waveforge_interim_put(ngx_http_request_t *r, ngx_str_t *text)
{
    ngx_buf_t    *b;
    ngx_chain_t   out;

    b = ngx_http_waveforge_interim_get_buf(r, text->len);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->last = ngx_cpymem(b->last, text->data, text->len);
    b->flush = 1;

    out.buf = b;
    out.next = NULL;

    if (ngx_http_write_filter(r, &out) == NGX_ERROR) {
        return NGX_ERROR;
    }

    /* a small packet must not wait until this one is acknowledged */

    return ngx_tcp_nodelay(r->connection);
}


/* The last one's, unless that waits to be sent. */

static ngx_buf_t *
ngx_http_waveforge_interim_get_buf(ngx_http_request_t *r, size_t size)
{
    ngx_buf_t                 *b;
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);
    b = ctx->interim;

    if (b && (size_t) (b->end - b->start) >= size
        && !ngx_http_waveforge_interim_is_pending(r))
    {
        b->pos = b->start;
        b->last = b->start;

        return b;
    }

    ctx->interim = ngx_create_temp_buf(r->pool, size);

    return ctx->interim;
}


/* The client waits for a 100 as well: 104 is none. */

static ngx_int_t
ngx_http_waveforge_interim_continue(ngx_http_request_t *r)
{
    ngx_str_t  *expect;

    if (r->headers_in.expect == NULL || r->expect_tested) {
        return NGX_OK;
    }

    expect = &r->headers_in.expect->value;

    if (expect->len != sizeof("100-continue") - 1
        || ngx_strncasecmp(expect->data, (u_char *) "100-continue",
                           expect->len)
           != 0)
    {
        return NGX_OK;
    }

    r->expect_tested = 1;

    return ngx_http_waveforge_interim_put(r, &ngx_http_waveforge_continue);
}


void
ngx_http_waveforge_interim_flush(ngx_http_request_t *r)
{
    if (r->http_version == NGX_HTTP_VERSION_11
        && ngx_http_waveforge_interim_is_pending(r)
        && ngx_http_write_filter(r, NULL) == NGX_AGAIN)
    {
        (void) ngx_http_waveforge_interim_wait(r);
    }
}


/* What is left goes when the connection takes it, or its limit_rate lets it. */

static ngx_int_t
ngx_http_waveforge_interim_wait(ngx_http_request_t *r)
{
    r->write_event_handler = ngx_http_waveforge_interim_flush;

    if (r->connection->write->delayed) {
        return NGX_OK;
    }

    return ngx_handle_write_event(r->connection->write, 0);
}
