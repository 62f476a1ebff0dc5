
#include "ngx_http_waveforge_carrier.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_task.h"


#define NGX_HTTP_WAVEFORGE_SEAT_FREE   0
#define NGX_HTTP_WAVEFORGE_SEAT_TAKEN  1

/* Then a thread goes back to its pool: others may want it. */
#define NGX_HTTP_WAVEFORGE_GUESTS      16


static void ngx_http_waveforge_carrier_thread(void *data, ngx_log_t *log);
static void ngx_http_waveforge_carrier_returned(ngx_event_t *ev);


ngx_int_t
ngx_http_waveforge_carrier_send(ngx_http_waveforge_lane_t *lane,
    ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_carrier_t  *carrier;

    carrier = ngx_calloc(sizeof(ngx_http_waveforge_carrier_t), ngx_cycle->log);
    if (carrier == NULL) {
        return NGX_ERROR;
    }

    carrier->pool = job->thread_pool;
    carrier->kind = job->kind;
    carrier->job = job;
    carrier->seat = NGX_HTTP_WAVEFORGE_SEAT_TAKEN;
    carrier->guests = NGX_HTTP_WAVEFORGE_GUESTS;

    carrier->task.ctx = carrier;
    carrier->task.handler = ngx_http_waveforge_carrier_thread;
    carrier->task.event.data = carrier;
    carrier->task.event.handler = ngx_http_waveforge_carrier_returned;
    carrier->task.event.log = ngx_cycle->log;

    job->carrier = carrier;

    if (ngx_thread_task_post(job->thread_pool->threads, &carrier->task)
        != NGX_OK)
    {
        ngx_free(carrier);
        return NGX_ERROR;
    }

    ngx_queue_insert_tail(&lane->carriers, &carrier->link);

    return NGX_OK;
}


static void
ngx_http_waveforge_carrier_thread(void *data, ngx_log_t *log)
{
    ngx_http_waveforge_carrier_t *carrier = data;

    ngx_http_waveforge_job_began(carrier->job);

    carrier->job->run(carrier->job);

    ngx_http_waveforge_job_over(carrier->job);
}


static void
ngx_http_waveforge_carrier_returned(ngx_event_t *ev)
{
    ngx_http_waveforge_job_t      *job;
    ngx_http_waveforge_carrier_t  *carrier;

    carrier = ev->data;
    job = carrier->job;

    ngx_queue_remove(&carrier->link);

    ngx_http_waveforge_lane_returned(
                           ngx_http_waveforge_worker_lanes(job->worker),
                           &job->store->lane, carrier);
    ngx_free(carrier);

    ngx_http_waveforge_job_returned(job);
}


ngx_uint_t
ngx_http_waveforge_carrier_offer(ngx_http_waveforge_lane_t *lane,
    ngx_http_waveforge_job_t *job)
{
    ngx_queue_t                   *q;
    ngx_http_waveforge_carrier_t  *carrier;

    for (q = ngx_queue_head(&lane->carriers);
         q != ngx_queue_sentinel(&lane->carriers);
         q = ngx_queue_next(q))
    {
        carrier = ngx_queue_data(q, ngx_http_waveforge_carrier_t, link);

        if (carrier->pool == job->thread_pool
            && ngx_atomic_cmp_set(&carrier->seat,
                                  NGX_HTTP_WAVEFORGE_SEAT_FREE,
                                  (ngx_atomic_uint_t) job))
        {
            carrier->seen = NULL;
            return 1;
        }
    }

    return 0;
}


ngx_http_waveforge_job_t *
ngx_http_waveforge_carrier_look(ngx_http_waveforge_carrier_t *carrier)
{
    ngx_atomic_uint_t          seat;
    ngx_http_waveforge_job_t  *job;

    seat = carrier->seat;

    if (seat == NGX_HTTP_WAVEFORGE_SEAT_FREE
        || seat == NGX_HTTP_WAVEFORGE_SEAT_TAKEN)
    {
        return NULL;
    }

    job = (ngx_http_waveforge_job_t *) seat;

    if (carrier->seen != job) {
        carrier->seen = job;
        return NULL;
    }

    /* the seat is free again when the thread says so */

    return ngx_atomic_cmp_set(&carrier->seat, seat,
                              NGX_HTTP_WAVEFORGE_SEAT_TAKEN)
           ? job : NULL;
}


ngx_http_waveforge_job_t *
ngx_http_waveforge_carrier_take(ngx_http_waveforge_carrier_t *carrier)
{
    ngx_atomic_uint_t  seat;

    seat = carrier->seat;

    if (seat == NGX_HTTP_WAVEFORGE_SEAT_FREE
        || seat == NGX_HTTP_WAVEFORGE_SEAT_TAKEN
        || !ngx_atomic_cmp_set(&carrier->seat, seat,
                               NGX_HTTP_WAVEFORGE_SEAT_TAKEN))
    {
        return NULL;
    }

    return (ngx_http_waveforge_job_t *) seat;
}


void
ngx_http_waveforge_carrier_free_seat(ngx_http_waveforge_carrier_t *carrier)
{
    if (carrier->guests == 0) {
        return;
    }

    if (ngx_atomic_cmp_set(&carrier->seat, NGX_HTTP_WAVEFORGE_SEAT_TAKEN,
                           NGX_HTTP_WAVEFORGE_SEAT_FREE))
    {
        carrier->guests--;
    }
}


ngx_http_waveforge_job_t *
ngx_http_waveforge_carrier_end(ngx_http_waveforge_carrier_t *carrier,
    ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_job_t  *next;

    while (!ngx_atomic_cmp_set(&carrier->seat, NGX_HTTP_WAVEFORGE_SEAT_FREE,
                               NGX_HTTP_WAVEFORGE_SEAT_TAKEN)
           && carrier->seat != NGX_HTTP_WAVEFORGE_SEAT_TAKEN)
    {
        next = ngx_http_waveforge_carrier_take(carrier);

        if (next) {
            return next;
        }
    }

    carrier->job = job;

    return NULL;
}
