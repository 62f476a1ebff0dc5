
/*
 * Recordings that were asked for last, kept open by each worker for each store:
 * who plays one asks for many pieces of it.
 *
 * One is kept with the moment of the catalogue before it was looked up, and is
 * sent again, without a job, only as long as it is the same moment: nothing has
 * been committed since, by any process. It is looked up anew after a second, so
 * that a disk that hangs is asked by threads, and closed by a thread once it is
 * of no use any more, which the store's probe finds out.
 */


#ifndef _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_


#include "ngx_http_waveforge_task.h"


/*
 * What was opened. When it is kept its members move along, but for metadata,
 * which nobody sends.
 *
 * `handle`  of the store, and whether its `moment` could be told before
 */

typedef struct {
    wfs_store                  *handle;
    wfs_moment                  moment;
    ngx_uint_t                  has_moment;
    wfs_recording               recording;
    wfs_blob_ref                blob;
} ngx_http_waveforge_opened_t;


/*
 * `job`      closes it
 * `link`     of the store's, while `is_kept`
 * `since`    when it was opened
 * `uses`     requests that send it
 */

typedef struct {
    ngx_http_waveforge_job_t     job;
    ngx_queue_t                  link;
    ngx_uint_t                   is_kept;
    ngx_msec_t                   since;
    ngx_uint_t                   uses;
    ngx_http_waveforge_opened_t  opened;
} ngx_http_waveforge_kept_t;


/* On a thread: look up and open a recording. */
void ngx_http_waveforge_open(ngx_http_waveforge_job_t *job, const char *id,
    ngx_http_waveforge_opened_t *opened);
void ngx_http_waveforge_opened_release(ngx_http_waveforge_opened_t *opened);

/*
 * On the loop: the recording of the request's id, its own until it ends; NULL:
 * the store has to be asked.
 */
ngx_http_waveforge_opened_t *ngx_http_waveforge_kept_take(
    ngx_http_request_t *r);

/*
 * On the loop: keep what a job has opened, and go on with what is returned,
 * which is the request's until it ends: `opened` itself if it cannot be kept.
 */
ngx_http_waveforge_opened_t *ngx_http_waveforge_kept_put(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);

/* On the loop: let go what is of no use any more; or everything. */
void ngx_http_waveforge_kept_look(ngx_http_waveforge_store_t *store);
void ngx_http_waveforge_kept_drop(ngx_http_waveforge_store_t *store);

/* The store is closed, and nobody else knows it: this may sleep. */
void ngx_http_waveforge_kept_forget(ngx_http_waveforge_store_t *store);


#endif /* _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_ */
