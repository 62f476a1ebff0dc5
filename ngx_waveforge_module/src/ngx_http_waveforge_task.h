
/*
 * Jobs: what may sleep runs in a thread of an nginx pool.
 *
 * A job is memory of its own, not of the request. It belongs either to the
 * event loop or, from ngx_http_waveforge_job_post() until its `done`, to the
 * thread and the committer. A thread sees its job and calls wfs_*; of the
 * request it may read what the loop leaves alone meanwhile: the pieces of the
 * body, and values of headers.
 *
 * A request whose job is under way is blocked: whatever ends it meanwhile only
 * marks its connection, and it is freed after the job. `done` is not called for
 * such a request; what the job holds goes with its `release`.
 *
 * A worker with a job under way holds a timer, so that it does not leave; a job
 * holds its store, so that it is not closed.
 */


#ifndef _NGX_HTTP_WAVEFORGE_TASK_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_TASK_H_INCLUDED_


#include "ngx_http_waveforge_lane.h"
#include "ngx_http_waveforge_worker.h"


typedef void (*ngx_http_waveforge_job_pt)(ngx_http_waveforge_job_t *job);


/*
 * `request`  who waits for it, or NULL
 * `posted_ns`  when, for what a request tells of its waiting for the store
 * `run`      on a thread; tells its outcome in `status` and `error`
 * `done`     on the loop
 * `release`  on the loop, frees what the job holds and not the job; may be NULL
 * `carrier`  the thread's, for a job that came with it
 * `is_sociable`    it may share a thread with another: its `run` takes care of
 *                  all that its carrier is offered
 * `is_admitted`    the request has been let in: it is not refused any more
 * `outlasts_client`  `done` is called, too, when the client has gone meanwhile
 *                  (connection->error), and is to finalise the request
 * `awaits_commit`  set by `run`: ngx_http_waveforge_job_committed() was called,
 *                  or the committer will; `done` comes after both
 * `halves`         how many of the two are over
 * `is_whole`       `run` was the second: the loop needs no other notice
 * `is_told`        the thread goes on with another job, and has told the loop
 * `is_sent_back`   the same of one that needs a thread of its own
 */

struct ngx_http_waveforge_job_s {
    ngx_http_waveforge_pool_t     *thread_pool;
    ngx_http_waveforge_worker_t   *worker;
    ngx_http_waveforge_store_t    *store;
    ngx_http_request_t            *request;
    ngx_pool_cleanup_t            *cleanup;    /* of the request */

    ngx_http_waveforge_job_pt      run;
    ngx_http_waveforge_job_pt      done;
    ngx_http_waveforge_job_pt      release;

    ngx_http_waveforge_carrier_t  *carrier;
    ngx_http_waveforge_job_t      *next;
    ngx_queue_t                    link;       /* of the lane */
    ngx_http_waveforge_job_kind_e  kind;

    wfs_status                     status;
    wfs_error                      error;

    uint64_t                       posted_ns;

    unsigned                       is_sociable:1;
    unsigned                       is_admitted:1;
    unsigned                       outlasts_client:1;
    unsigned                       is_waited_for:1;
    unsigned                       is_running:1;
    unsigned                       has_returned:1;
    unsigned                       has_committed:1;

    ngx_uint_t                     awaits_commit;
    ngx_atomic_t                   halves;
    ngx_uint_t                     is_whole;
    ngx_uint_t                     is_told;
    ngx_uint_t                     is_sent_back;
};


/*
 * A job of `size` bytes, at least sizeof(ngx_http_waveforge_job_t), for the
 * request's store, else all zero; released and freed with the request.
 */
ngx_http_waveforge_job_t *ngx_http_waveforge_job_create(ngx_http_request_t *r,
    size_t size);

/* For a job that its `release` has posted again: when nobody needs it more. */
void ngx_http_waveforge_job_free(ngx_http_waveforge_job_t *job);

/*
 * Have a thread take the job, also more than once, one after the other. The
 * first time of a request's own: NGX_BUSY if waveforge_max_waiting others wait
 * for the store, and the job is still the caller's. Else NGX_OK.
 */
ngx_int_t ngx_http_waveforge_job_post(ngx_http_waveforge_job_t *job);

/*
 * For a `release`: what the job holds is given back by `run`, on a thread, for
 * that may sleep. Then the job is freed.
 */
void ngx_http_waveforge_job_give_back(ngx_http_waveforge_job_t *job,
    ngx_http_waveforge_job_pt run);

/*
 * Count as waiting without a thread, as one that is posted does; NGX_BUSY as
 * there. It ends when the job has been posted and done, or is freed.
 */
ngx_int_t ngx_http_waveforge_job_wait(ngx_http_waveforge_job_t *job);

/*
 * The request does not wait for the job under way any more, which is the
 * worker's from now on: its `done` comes without a request, releases and frees
 * it.
 */
void ngx_http_waveforge_job_detach(ngx_http_waveforge_job_t *job);

/*
 * On a thread: the job begins, and is over; or is over while the thread goes on
 * with another; or has not begun and needs a thread of its own.
 */
void ngx_http_waveforge_job_began(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_job_over(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_job_tell(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_job_send_back(ngx_http_waveforge_job_t *job);

/* On the loop: its thread has returned; the worker has heard of it. */
void ngx_http_waveforge_job_returned(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_job_heard(ngx_http_waveforge_job_t *job);


#endif /* _NGX_HTTP_WAVEFORGE_TASK_H_INCLUDED_ */
