
#include "ngx_http_waveforge_body_rate.h"


#define NGX_HTTP_WAVEFORGE_TICK_MS      1000
#define NGX_HTTP_WAVEFORGE_CREDIT_MS    10000
#define NGX_HTTP_WAVEFORGE_CREDIT_MAX   60000


static ngx_int_t ngx_http_waveforge_rate_start(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);
static void ngx_http_waveforge_rate_tick(ngx_event_t *ev);
static ngx_uint_t ngx_http_waveforge_rate_is_ours(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);
static void ngx_http_waveforge_rate_count(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);
static off_t ngx_http_waveforge_rate_received(ngx_http_request_t *r);
static void ngx_http_waveforge_rate_cleanup(void *data);


ngx_int_t
ngx_http_waveforge_rate_wait(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    if (body->rate.is_slow) {
        return NGX_HTTP_REQUEST_TIME_OUT;
    }

    if (ngx_http_waveforge_conf(r)->min_rate == 0) {
        return NGX_AGAIN;
    }

    if (body->rate.timer.handler == NULL
        && ngx_http_waveforge_rate_start(r, body) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body->rate.since = ngx_current_msec;
    body->rate.is_waiting = 1;

    return NGX_AGAIN;
}


void
ngx_http_waveforge_rate_resume(ngx_http_waveforge_body_t *body)
{
    if (body->rate.is_waiting) {
        body->rate.waited += ngx_current_msec - body->rate.since;
        body->rate.is_waiting = 0;
    }
}


static ngx_int_t
ngx_http_waveforge_rate_start(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    ngx_event_t         *timer;
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    timer = &body->rate.timer;

    timer->handler = ngx_http_waveforge_rate_tick;
    timer->data = body;
    timer->log = r->connection->log;
    timer->cancelable = 1;

    cln->handler = ngx_http_waveforge_rate_cleanup;
    cln->data = timer;

    body->rate.request = r;
    body->rate.credit = NGX_HTTP_WAVEFORGE_CREDIT_MS;

    ngx_add_timer(timer, NGX_HTTP_WAVEFORGE_TICK_MS);

    return NGX_OK;
}


static void
ngx_http_waveforge_rate_tick(ngx_event_t *ev)
{
    ngx_connection_t           *c;
    ngx_http_request_t         *r;
    ngx_http_waveforge_body_t  *body;

    body = ev->data;
    r = body->rate.request;
    c = r->connection;

    if (!r->reading_body || !ngx_http_waveforge_rate_is_ours(r, body)) {
        return;
    }

    ngx_http_waveforge_rate_count(r, body);

    if (body->rate.credit >= 0 || !ngx_http_waveforge_body_is_waiting(r)) {
        ngx_add_timer(ev, NGX_HTTP_WAVEFORGE_TICK_MS);
        return;
    }

    ngx_http_set_log_request(c->log, r);

    ngx_log_error(NGX_LOG_INFO, c->log, 0,
                  "client sends less than \"waveforge_min_rate\"");

    body->rate.is_slow = 1;
    body->handler(r);

    ngx_http_run_posted_requests(c);
}


/*
 * A page that error_page names takes the request's context away from us, and
 * may be of this module itself: then nginx reads, until the client closes.
 */

static ngx_uint_t
ngx_http_waveforge_rate_is_ours(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    return ctx && ctx->body == body;
}


static void
ngx_http_waveforge_rate_count(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    off_t       received;
    ngx_msec_t  waited;

    if (body->rate.is_waiting) {
        ngx_http_waveforge_rate_resume(body);
        body->rate.since = ngx_current_msec;
        body->rate.is_waiting = 1;
    }

    /* a tick that comes late, after a stop of ours, is not the client's */

    waited = ngx_min(body->rate.waited, 2 * NGX_HTTP_WAVEFORGE_TICK_MS);
    received = ngx_http_waveforge_rate_received(r);

    body->rate.credit += (received - body->rate.seen) * 1000
                         / ngx_http_waveforge_conf(r)->min_rate;
    body->rate.credit = ngx_min(body->rate.credit,
                                NGX_HTTP_WAVEFORGE_CREDIT_MAX);
    body->rate.credit -= (off_t) waited;

    body->rate.seen = received;
    body->rate.waited = 0;
}


/* What was handed out, and what lies in nginx's buffers. */

static off_t
ngx_http_waveforge_rate_received(ngx_http_request_t *r)
{
    off_t         received;
    ngx_chain_t  *cl;

    received = (off_t) ngx_http_waveforge_ctx(r)->received;

    for (cl = r->request_body->bufs; cl; cl = cl->next) {
        received += ngx_buf_size(cl->buf);
    }

    return received;
}


static void
ngx_http_waveforge_rate_cleanup(void *data)
{
    ngx_event_t  *timer = data;

    if (timer->timer_set) {
        ngx_del_timer(timer);
    }
}
