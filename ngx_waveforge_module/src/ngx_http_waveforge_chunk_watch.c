
/*
 * Chunks that wait for their clients, and are asked to end: by a newer
 * connection that sends the same chunk, by deleting, by completing. Those with
 * a job under way find out by themselves, unless they wait for a seat.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_store.h"


#define NGX_HTTP_WAVEFORGE_WATCH_MS  20


static void ngx_http_waveforge_watch_handler(ngx_event_t *ev);
static ngx_uint_t ngx_http_waveforge_chunk_is_stopped(
    ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_end(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_ended(ngx_http_waveforge_job_t *job);


void
ngx_http_waveforge_chunks_init(ngx_http_waveforge_store_t *store,
    ngx_log_t *log)
{
    ngx_queue_init(&store->chunks);

    store->watch.handler = ngx_http_waveforge_watch_handler;
    store->watch.data = store;
    store->watch.log = log;
    store->watch.cancelable = 1;
}


void
ngx_http_waveforge_chunks_watch(ngx_http_waveforge_store_t *store)
{
    if (!store->watch.timer_set) {
        ngx_add_timer(&store->watch, NGX_HTTP_WAVEFORGE_WATCH_MS);
    }
}


static void
ngx_http_waveforge_watch_handler(ngx_event_t *ev)
{
    ngx_queue_t                 *q, *next;
    ngx_connection_t            *c;
    ngx_http_waveforge_chunk_t  *wc;
    ngx_http_waveforge_store_t  *store;

    store = ev->data;

    for (q = ngx_queue_head(&store->chunks);
         q != ngx_queue_sentinel(&store->chunks);
         q = next)
    {
        next = ngx_queue_next(q);
        wc = ngx_queue_data(q, ngx_http_waveforge_chunk_t, queue);

        if (ngx_http_waveforge_chunk_is_stopped(wc)) {
            c = wc->job.request->connection;

            ngx_http_waveforge_chunk_end(wc->job.request, wc);
            ngx_http_run_posted_requests(c);
        }
    }

    ngx_http_waveforge_lane_look(store->lanes, &store->lane);
    ngx_http_waveforge_lanes_advance(store->lanes);

    if (!ngx_queue_empty(&store->chunks)) {
        ngx_http_waveforge_chunks_watch(store);
    }
}


static ngx_uint_t
ngx_http_waveforge_chunk_is_stopped(ngx_http_waveforge_chunk_t *wc)
{
    return wc->chunk
           && !wc->job.is_running
           && wc->job.request
           && wc->job.request->main->blocked == 0
           && wfs_chunk_get_stop(wc->chunk) != WFS_OK;
}


/* The rest of the body is not read. */

static void
ngx_http_waveforge_chunk_end(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    r->read_event_handler = ngx_http_block_reading;

    if (r->connection->read->timer_set) {
        ngx_del_timer(r->connection->read);
    }

    wc->steps = NGX_HTTP_WAVEFORGE_STOP;
    wc->job.done = ngx_http_waveforge_chunk_ended;

    (void) ngx_http_waveforge_chunk_post(wc);
}


static void
ngx_http_waveforge_chunk_ended(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chunk_t *wc = (ngx_http_waveforge_chunk_t *) job;

    ngx_http_finalize_request(job->request,
                            ngx_http_waveforge_chunk_answer(job->request, wc));
}
