
/*
 * Who goes to the threads when: a queue for each store, in front of the pools.
 *
 * A pool of nginx is shared by all, and its queue is one: jobs of a store that
 * hangs would take every thread. So a store has at most as many jobs with a
 * pool as that has threads to spare, and never more than 16. One store that
 * hangs takes half of the threads, a second half of what is left, and so on:
 * something is left for five of them. Threads that are set free go round the
 * stores that wait; within a store the first come is the first served.
 *
 * What the worker does by itself (chores) and what gives back (releases) goes
 * before requests and is never refused. Chores do not count as their store's,
 * which has three of them. Stores behind variables lie on one disk, and there
 * are many: those of one location count as one, and so do their chores.
 *
 * A job that may share a thread is offered a seat beside another (carrier.h)
 * once as many threads are at work for its store as there are processors for
 * the worker: before that it is sooner done with a thread of its own.
 *
 * nginx does not tell how many threads a pool has: it should have 32, which is
 * what the pool `default` has where nobody says otherwise.
 */


#ifndef _NGX_HTTP_WAVEFORGE_LANE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_LANE_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* In the order in which they are served, the last first. */

typedef enum {
    NGX_HTTP_WAVEFORGE_JOB_REQUEST = 0,
    NGX_HTTP_WAVEFORGE_JOB_RELEASE,
    NGX_HTTP_WAVEFORGE_JOB_CHORE,
    NGX_HTTP_WAVEFORGE_JOB_KINDS
} ngx_http_waveforge_job_kind_e;


/* A pool of the configuration, and how many of our jobs it has just now. */

struct ngx_http_waveforge_pool_s {
    ngx_thread_pool_t             *threads;
    ngx_uint_t                     running;
};


/*
 * `link`     among the lanes in which something is queued
 * `queues`   of jobs that no thread has been given yet, by kind
 * `carriers` with the pools, each with a job or two
 * `waiting`  jobs that a request waits for, queued or running or committing
 * `queued`   jobs of any kind
 * `running`  carriers, without those of chores
 * `share`    how many these are of all the stores that count as one: `running`,
 *            or that of the paths with variables which it comes from
 */

typedef struct {
    ngx_queue_t                    link;
    ngx_queue_t                    queues[NGX_HTTP_WAVEFORGE_JOB_KINDS];
    ngx_queue_t                    carriers;
    ngx_uint_t                     waiting;
    ngx_uint_t                     queued;
    ngx_uint_t                     running;
    ngx_uint_t                    *share;
} ngx_http_waveforge_lane_t;


/*
 * `busy`        lanes of a worker in which something is queued
 * `processors`  its share of the machine's, at least one
 */

typedef struct {
    ngx_queue_t                    busy;
    ngx_event_t                    retry;
    ngx_uint_t                     processors;
} ngx_http_waveforge_lanes_t;


/* While reading the configuration: the pool of that name, NULL: `default`. */
ngx_http_waveforge_pool_t *ngx_http_waveforge_pool_add(ngx_conf_t *cf,
    ngx_str_t *name);

void ngx_http_waveforge_lanes_init(ngx_http_waveforge_lanes_t *lanes,
    ngx_cycle_t *cycle);

/* `share` as above, NULL for `running`. */
void ngx_http_waveforge_lane_init(ngx_http_waveforge_lane_t *lane,
    ngx_uint_t *share);

/* Give the job to its pool, as soon as it is its turn. */
void ngx_http_waveforge_lane_put(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_job_t *job);

/*
 * A carrier of the lane has returned, or a job is over while it goes on: it is
 * the turn of others.
 */
void ngx_http_waveforge_lane_returned(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_carrier_t *carrier);
void ngx_http_waveforge_lanes_advance(ngx_http_waveforge_lanes_t *lanes);

/*
 * Now and then: who was offered a seat and has not been taken since the last
 * look gets a thread of its own.
 */
void ngx_http_waveforge_lane_look(ngx_http_waveforge_lanes_t *lanes,
    ngx_http_waveforge_lane_t *lane);


#endif /* _NGX_HTTP_WAVEFORGE_LANE_H_INCLUDED_ */
