
/*
 * Shifts: how a job gets a thread of its pool.
 *
 * A pool of nginx wakes the thread that has slept longest. Who sends one chunk
 * after the other would have each received by another thread, whose stack and
 * memory are in no cache any more, and which runs wherever it ran last. So a
 * thread that is done with a job stays for some milliseconds, one for each
 * pool, and the next job is handed to it; all others go back to the pool.
 */


#ifndef _NGX_HTTP_WAVEFORGE_SHIFT_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_SHIFT_H_INCLUDED_


#include "ngx_http_waveforge.h"

#include <pthread.h>


typedef struct ngx_http_waveforge_shift_s  ngx_http_waveforge_shift_t;


/*
 * `spare`     shifts that are over; of the loop
 * `is_staying`  a thread waits for `job`, or comes to it in a moment
 * `job`       what it has been handed
 */

typedef struct {
    ngx_http_waveforge_shift_t    *spare;

    pthread_mutex_t                mutex;
    pthread_cond_t                 handed;

    /* under the mutex */
    ngx_uint_t                     is_staying;
    ngx_http_waveforge_job_t      *job;
} ngx_http_waveforge_shifts_t;


/* While reading the configuration. */
ngx_int_t ngx_http_waveforge_shifts_init(ngx_http_waveforge_shifts_t *shifts);

/* On the loop: NGX_OK, or nothing has happened: the pool's queue is full. */
ngx_int_t ngx_http_waveforge_shift_post(ngx_http_waveforge_job_t *job);


#endif /* _NGX_HTTP_WAVEFORGE_SHIFT_H_INCLUDED_ */
