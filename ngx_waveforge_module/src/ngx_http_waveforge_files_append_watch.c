
/*
 * Appends that wait for their clients: every second what has come gets its
 * receipt, and they end when a newer request, deleting or completing asks for
 * it. Those with a job under way find out by themselves.
 */


#include "ngx_http_waveforge_files_append.h"


#define NGX_HTTP_WAVEFORGE_WATCH_MS  20


static void ngx_http_waveforge_appends_handler(ngx_event_t *ev);
static void ngx_http_waveforge_append_look(ngx_http_waveforge_append_t *ap);


void
ngx_http_waveforge_appends_init(ngx_http_waveforge_store_t *store,
    ngx_log_t *log)
{
    ngx_queue_init(&store->appends);

    store->appends_watch.handler = ngx_http_waveforge_appends_handler;
    store->appends_watch.data = store;
    store->appends_watch.log = log;
    store->appends_watch.cancelable = 1;
}


void
ngx_http_waveforge_appends_watch(ngx_http_waveforge_store_t *store)
{
    if (!store->appends_watch.timer_set) {
        ngx_add_timer(&store->appends_watch, NGX_HTTP_WAVEFORGE_WATCH_MS);
    }
}


static void
ngx_http_waveforge_appends_handler(ngx_event_t *ev)
{
    ngx_queue_t                  *q, *next;
    ngx_http_waveforge_append_t  *ap;
    ngx_http_waveforge_store_t   *store;

    store = ev->data;

    for (q = ngx_queue_head(&store->appends);
         q != ngx_queue_sentinel(&store->appends);
         q = next)
    {
        next = ngx_queue_next(q);
        ap = ngx_queue_data(q, ngx_http_waveforge_append_t, queue);

        if (ap->is_begun && !ap->is_over && !ap->job.is_running
            && ap->job.request && ap->job.request->main->blocked == 0)
        {
            ngx_http_waveforge_append_look(ap);
        }
    }

    if (!ngx_queue_empty(&store->appends)) {
        ngx_http_waveforge_appends_watch(store);
    }
}


static void
ngx_http_waveforge_append_look(ngx_http_waveforge_append_t *ap)
{
    ngx_connection_t    *c;
    ngx_http_request_t  *r;

    r = ap->job.request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    if (ngx_http_waveforge_append_get_stop(ap) != WFS_OK) {
        ngx_http_waveforge_append_end(r, ap);

    } else {
        ngx_http_waveforge_append_hurry(r, ap);
    }

    ngx_http_run_posted_requests(c);
}
