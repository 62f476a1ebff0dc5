
#include "ngx_http_waveforge_carrier.h"
#include "ngx_http_waveforge_lane.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_task.h"


/* Threads a pool is taken to have, and the most that one store gets of them. */

#define NGX_HTTP_WAVEFORGE_THREADS  32
#define NGX_HTTP_WAVEFORGE_SHARE    16

#define NGX_HTTP_WAVEFORGE_RETRY_MS  100


static ngx_uint_t ngx_http_waveforge_lane_advance(
    ngx_http_waveforge_lanes_t *lanes, ngx_http_waveforge_lane_t *lane);
static ngx_uint_t ngx_http_waveforge_lane_seat(
    ngx_http_waveforge_lanes_t *lanes, ngx_http_waveforge_lane_t *lane);
static void ngx_http_waveforge_lane_remove(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_job_t *job);
static ngx_http_waveforge_job_t *ngx_http_waveforge_lane_next(
    ngx_http_waveforge_lane_t *lane);
static ngx_uint_t ngx_http_waveforge_lane_has_turn(
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_lanes_retry(ngx_event_t *ev);


void
ngx_http_waveforge_lanes_init(ngx_http_waveforge_lanes_t *lanes,
    ngx_cycle_t *cycle)
{
    ngx_core_conf_t  *ccf;

    ccf = (ngx_core_conf_t *) ngx_get_conf(cycle->conf_ctx, ngx_core_module);

    lanes->processors = ngx_max(1, ngx_ncpu
                                   / ngx_max(1, ccf->worker_processes));

    ngx_queue_init(&lanes->busy);

    lanes->retry.handler = ngx_http_waveforge_lanes_retry;
    lanes->retry.data = lanes;
    lanes->retry.log = cycle->log;
}


void
ngx_http_waveforge_lane_init(ngx_http_waveforge_lane_t *lane,
    ngx_uint_t *share)
{
    ngx_uint_t  kind;

    lane->share = share ? share : &lane->running;

    ngx_queue_init(&lane->carriers);

    for (kind = 0; kind < NGX_HTTP_WAVEFORGE_JOB_KINDS; kind++) {
        ngx_queue_init(&lane->queues[kind]);
    }
}


void
ngx_http_waveforge_lane_put(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_lane_t  *lane;

    lane = &job->store->lane;

    ngx_queue_insert_tail(&lane->queues[job->kind], &job->link);

    if (lane->queued++ == 0) {
        ngx_queue_insert_tail(&lanes->busy, &lane->link);
    }

    (void) ngx_http_waveforge_lane_advance(lanes, lane);
}


void
ngx_http_waveforge_lane_returned(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_carrier_t *carrier)
{
    carrier->pool->running--;

    if (carrier->kind != NGX_HTTP_WAVEFORGE_JOB_CHORE) {
        (*lane->share)--;
    }

    ngx_http_waveforge_lanes_advance(lanes);
}


void
ngx_http_waveforge_lane_look(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane)
{
    ngx_queue_t               *q;
    ngx_http_waveforge_job_t  *job;

    for (q = ngx_queue_head(&lane->carriers);
         q != ngx_queue_sentinel(&lane->carriers);
         q = ngx_queue_next(q))
    {
        job = ngx_http_waveforge_carrier_look(
                   ngx_queue_data(q, ngx_http_waveforge_carrier_t, link));

        if (job) {
            job->is_sociable = 0;
            ngx_http_waveforge_lane_put(lanes, job);
        }
    }
}


/* Whether a job was given to its pool, or sits beside another. */

static ngx_uint_t
ngx_http_waveforge_lane_advance(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane)
{
    ngx_http_waveforge_job_t  *job;

    if (ngx_http_waveforge_lane_seat(lanes, lane)) {
        return 1;
    }

    job = ngx_http_waveforge_lane_next(lane);

    if (job == NULL) {
        return 0;
    }

    if (ngx_http_waveforge_carrier_send(lane, job) != NGX_OK) {

        /* others have filled the queue of the pool */

        if (!lanes->retry.timer_set) {
            ngx_add_timer(&lanes->retry, NGX_HTTP_WAVEFORGE_RETRY_MS);
        }

        return 0;
    }

    ngx_http_waveforge_lane_remove(lanes, lane, job);

    job->thread_pool->running++;

    if (job->kind != NGX_HTTP_WAVEFORGE_JOB_CHORE) {
        (*lane->share)++;
    }

    return 1;
}


static ngx_uint_t
ngx_http_waveforge_lane_seat(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane)
{
    ngx_queue_t               *queue;
    ngx_http_waveforge_job_t  *job;

    queue = &lane->queues[NGX_HTTP_WAVEFORGE_JOB_REQUEST];

    if (ngx_queue_empty(queue)
        || *lane->share < lanes->processors
        || !ngx_queue_empty(&lane->queues[NGX_HTTP_WAVEFORGE_JOB_RELEASE])
        || !ngx_queue_empty(&lane->queues[NGX_HTTP_WAVEFORGE_JOB_CHORE]))
    {
        return 0;
    }

    job = ngx_queue_data(ngx_queue_head(queue), ngx_http_waveforge_job_t,
                         link);

    if (!job->is_sociable || !ngx_http_waveforge_carrier_offer(lane, job)) {
        return 0;
    }

    ngx_http_waveforge_lane_remove(lanes, lane, job);

    return 1;
}


static void
ngx_http_waveforge_lane_remove(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_job_t *job)
{
    ngx_queue_remove(&job->link);
    ngx_queue_remove(&lane->link);

    if (--lane->queued) {
        ngx_queue_insert_tail(&lanes->busy, &lane->link);
    }
}


static ngx_http_waveforge_job_t *
ngx_http_waveforge_lane_next(ngx_http_waveforge_lane_t *lane)
{
    ngx_uint_t                 kind;
    ngx_queue_t               *queue;
    ngx_http_waveforge_job_t  *job;

    for (kind = NGX_HTTP_WAVEFORGE_JOB_KINDS; kind-- > 0; /* void */ ) {

        queue = &lane->queues[kind];

        if (ngx_queue_empty(queue)) {
            continue;
        }

        job = ngx_queue_data(ngx_queue_head(queue), ngx_http_waveforge_job_t,
                             link);

        if (ngx_http_waveforge_lane_has_turn(lane, job)) {
            return job;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_http_waveforge_lane_has_turn(ngx_http_waveforge_lane_t *lane,
    ngx_http_waveforge_job_t *job)
{
    ngx_uint_t  spare;

    if (job->thread_pool->running >= NGX_HTTP_WAVEFORGE_THREADS) {
        return 0;
    }

    spare = NGX_HTTP_WAVEFORGE_THREADS - job->thread_pool->running;

    return job->kind == NGX_HTTP_WAVEFORGE_JOB_CHORE
           || *lane->share < ngx_min(spare, NGX_HTTP_WAVEFORGE_SHARE);
}


/* Round and round, one job of each lane at a time. */

void
ngx_http_waveforge_lanes_advance(ngx_http_waveforge_lanes_t *lanes)
{
    ngx_uint_t                  moved;
    ngx_queue_t                *q, *next, *last;
    ngx_http_waveforge_lane_t  *lane;

    do {
        moved = 0;
        last = ngx_queue_last(&lanes->busy);

        for (q = ngx_queue_head(&lanes->busy);
             q != ngx_queue_sentinel(&lanes->busy);
             q = next)
        {
            next = (q == last) ? ngx_queue_sentinel(&lanes->busy)
                               : ngx_queue_next(q);

            lane = ngx_queue_data(q, ngx_http_waveforge_lane_t, link);

            moved += ngx_http_waveforge_lane_advance(lanes, lane);
        }

    } while (moved);
}


static void
ngx_http_waveforge_lanes_retry(ngx_event_t *ev)
{
    ngx_http_waveforge_lanes_advance(ev->data);
}
