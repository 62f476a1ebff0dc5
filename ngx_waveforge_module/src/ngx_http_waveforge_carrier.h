
/*
 * What a thread of a pool is given: a job, and while it is at that a second one
 * of the same store, if both may share a thread.
 *
 * The loop sends a carrier to the pool, and offers its second seat as long as
 * that is free. Whoever is over while another goes on tells the loop by itself
 * (job_tell); the last one is told by the carrier's return. One that was
 * offered a seat belongs to the loop until the thread takes it: the loop may
 * have it back.
 */


#ifndef _NGX_HTTP_WAVEFORGE_CARRIER_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CARRIER_H_INCLUDED_


#include "ngx_http_waveforge_lane.h"


/*
 * `link`  of the lane, while the carrier is with the pool
 * `job`   the first one; at its return the last one
 * `seat`  0: free, 1: not free, else the job that has been offered it
 * `seen`  who had been offered it when the loop last looked
 * `guests`  how often the seat may still be freed; the thread's
 */

struct ngx_http_waveforge_carrier_s {
    ngx_thread_task_t              task;
    ngx_queue_t                    link;
    ngx_http_waveforge_pool_t     *pool;
    ngx_http_waveforge_job_kind_e  kind;
    ngx_http_waveforge_job_t      *job;
    ngx_atomic_t                   seat;
    ngx_http_waveforge_job_t      *seen;
    ngx_uint_t                     guests;
};


/* On the loop, all of them. */

/* NGX_ERROR: the pool takes no more for now. */
ngx_int_t ngx_http_waveforge_carrier_send(
    ngx_http_waveforge_lane_t *lane, ngx_http_waveforge_job_t *job);

/* Whether one of the lane's has a seat for the job. */
ngx_uint_t ngx_http_waveforge_carrier_offer(ngx_http_waveforge_lane_t *lane,
    ngx_http_waveforge_job_t *job);

/* The job, if it has been offered the seat since the last look, or NULL. */
ngx_http_waveforge_job_t *ngx_http_waveforge_carrier_look(
    ngx_http_waveforge_carrier_t *carrier);


/* On the thread, all of them. */

/* Who has been offered the seat, which is not free from now on, or NULL. */
ngx_http_waveforge_job_t *ngx_http_waveforge_carrier_take(
    ngx_http_waveforge_carrier_t *carrier);

/* The seat is free, unless that has been often enough. */
void ngx_http_waveforge_carrier_free_seat(
    ngx_http_waveforge_carrier_t *carrier);

/*
 * The only one is over. NULL: it was the last, and the carrier is to return;
 * or who has been offered the seat: then the loop is yet to be told.
 */
ngx_http_waveforge_job_t *ngx_http_waveforge_carrier_end(
    ngx_http_waveforge_carrier_t *carrier, ngx_http_waveforge_job_t *job);


#endif /* _NGX_HTTP_WAVEFORGE_CARRIER_H_INCLUDED_ */
