
/*
 * What a worker process has of its own: the count of jobs that keep it alive,
 * the eventfd by which the committers' threads wake its event loop, and nginx
 * tells it to quit, and buffers for its threads.
 *
 * (ngx_notify() keeps one handler: calling it from another thread would
 * swallow the completions of the thread pools.)
 */


#ifndef _NGX_HTTP_WAVEFORGE_WORKER_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_WORKER_H_INCLUDED_


#include "ngx_http_waveforge_lane.h"


ngx_http_waveforge_worker_t *ngx_http_waveforge_worker_create(
    ngx_cycle_t *cycle, ngx_http_waveforge_main_conf_t *wmcf);
void ngx_http_waveforge_worker_destroy(ngx_http_waveforge_worker_t *worker);

ngx_http_waveforge_lanes_t *ngx_http_waveforge_worker_lanes(
    ngx_http_waveforge_worker_t *worker);

/* Completions under way in this worker. */
ngx_queue_t *ngx_http_waveforge_worker_completing(
    ngx_http_waveforge_worker_t *worker);

/* While one more holds than unholds a worker told to quit stays. */
void ngx_http_waveforge_worker_hold(ngx_http_waveforge_worker_t *worker);
void ngx_http_waveforge_worker_unhold(ngx_http_waveforge_worker_t *worker);

/* From any thread: have the loop take the committer's half of the job. */
void ngx_http_waveforge_job_committed(ngx_http_waveforge_job_t *job);

/* From any thread: have the loop hear of the job (task.h). */
void ngx_http_waveforge_worker_tell(ngx_http_waveforge_worker_t *worker,
    ngx_http_waveforge_job_t *job);

/*
 * From any thread: a buffer of NGX_HTTP_WAVEFORGE_BUFFER bytes, the one used
 * last, which the processor still has at hand; or NULL. As many are kept as
 * threads have needed at once.
 */

#define NGX_HTTP_WAVEFORGE_BUFFER  262144

u_char *ngx_http_waveforge_buffer_take(ngx_http_waveforge_worker_t *worker);
void ngx_http_waveforge_buffer_give(ngx_http_waveforge_worker_t *worker,
    u_char *buffer);


#endif /* _NGX_HTTP_WAVEFORGE_WORKER_H_INCLUDED_ */
