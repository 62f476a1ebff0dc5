
#include "ngx_http_waveforge_drain.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_worker.h"


static ngx_uint_t ngx_http_waveforge_drain_is_plain(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_drain_look(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain);
static ssize_t ngx_http_waveforge_drain_recv(ngx_http_waveforge_drain_t *drain,
    u_char *buffer, size_t size);


ngx_uint_t
ngx_http_waveforge_drain_prepare(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain)
{
    ngx_event_t  *rev;

    ngx_memzero(drain, sizeof(ngx_http_waveforge_drain_t));

    if (!ngx_http_waveforge_drain_is_plain(r)
        || !ngx_http_waveforge_drain_look(r, drain))
    {
        return 0;
    }

    /*
     * The loop is not woken for what the thread reads. Who waits for the
     * client next asks for its events again. What is left of an earlier answer,
     * the event for writing, stays one that is told once.
     */

    rev = r->connection->read;

    return !rev->active || ngx_del_event(rev, NGX_READ_EVENT,
                                         NGX_CLEAR_EVENT) == NGX_OK;
}


/* Whether there is a rest to read now. */

static ngx_uint_t
ngx_http_waveforge_drain_look(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain)
{
    size_t  length;

    drain->fd = r->connection->fd;

    if (r->request_body) {
        drain->rest = r->reading_body ? r->request_body->rest : 0;
        return drain->rest > 0;
    }

    if (r->headers_in.expect && !r->expect_tested) {
        /* it is not to be read before it has been asked for */
        return 0;
    }

    length = r->header_in->last - r->header_in->pos;

    drain->ahead.data = r->header_in->pos;
    drain->ahead.len = (size_t) ngx_min((off_t) length,
                                        r->headers_in.content_length_n);
    drain->rest = r->headers_in.content_length_n - drain->ahead.len;

    /* it goes into the same buffer; with large ones for heads it may not fit */

    return drain->ahead.len < NGX_HTTP_WAVEFORGE_BUFFER;
}


static ngx_uint_t
ngx_http_waveforge_drain_is_plain(ngx_http_request_t *r)
{
#if (NGX_HTTP_V2)
    if (r->stream) {
        return 0;
    }
#endif

    return r == r->main
           && !r->discard_body
           && !r->headers_in.chunked
           && r->headers_in.content_length_n > 0
           && r->connection->recv == ngx_recv
           && ngx_http_top_request_body_filter
              == ngx_http_request_body_save_filter;
}


size_t
ngx_http_waveforge_drain_read(ngx_http_waveforge_drain_t *drain,
    u_char *buffer)
{
    size_t   size, ahead;
    ssize_t  n;

    ahead = 0;

    if (drain->taken == 0 && drain->ahead.len) {
        ahead = drain->ahead.len;
        ngx_memcpy(buffer, drain->ahead.data, ahead);
    }

    size = (size_t) ngx_min(drain->rest,
                            (off_t) (NGX_HTTP_WAVEFORGE_BUFFER - ahead));

    n = ngx_http_waveforge_drain_recv(drain, buffer + ahead, size);

    drain->rest -= n;
    drain->taken += ahead + n;

    return ahead + n;
}


static ssize_t
ngx_http_waveforge_drain_recv(ngx_http_waveforge_drain_t *drain,
    u_char *buffer, size_t size)
{
    ssize_t  n;

    if (size == 0 || drain->is_over) {
        return 0;
    }

    do {
        n = recv(drain->fd, buffer, size, 0);
    } while (n == -1 && ngx_errno == NGX_EINTR);

    if (n > 0) {
        return n;
    }

    drain->is_over = (n == 0 || ngx_errno != NGX_EAGAIN);

    return 0;
}


void
ngx_http_waveforge_drain_settle(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain, ngx_uint_t is_wanted)
{
    if (drain->taken == 0 && !drain->is_over) {
        return;
    }

    r->request_length += drain->taken;

    ngx_http_waveforge_ctx(r)->received += drain->taken;
    ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_RECEIVED_BYTES,
                                     drain->taken);

    /* what nginx knows of the socket is no longer so */

    r->connection->read->available = -1;

    if (r->request_body) {
        r->request_body->rest = drain->rest;
        r->reading_body = (drain->rest > 0);

    } else {
        /* as nginx does with a body it discards */

        r->header_in->pos += drain->ahead.len;
        r->headers_in.content_length_n = drain->rest;
    }

    drain->taken = 0;

    if (drain->rest && !is_wanted) {
        r->keepalive = 0;
        r->lingering_close = 1;
    }

    if (drain->is_over) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "client prematurely closed connection");
        r->connection->error = 1;
    }
}
