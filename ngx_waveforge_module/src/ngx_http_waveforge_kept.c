
/*
 * Recordings kept open for a second.
 */


#include "ngx_http_waveforge_kept.h"
#include "ngx_http_waveforge_store.h"


#define NGX_HTTP_WAVEFORGE_KEPT_MS       1000

/* How many a store has, and how many answers are sent from them at a time. */

#define NGX_HTTP_WAVEFORGE_KEPT          8
#define NGX_HTTP_WAVEFORGE_KEPT_SENDING  16


static ngx_http_waveforge_kept_t *ngx_http_waveforge_kept_find(
    ngx_http_waveforge_shelf_t *shelf, const char *id);
static ngx_uint_t ngx_http_waveforge_kept_is_current(
    ngx_http_waveforge_kept_t *kept);
static ngx_uint_t ngx_http_waveforge_kept_is_still(
    ngx_http_waveforge_opened_t *opened);
static ngx_uint_t ngx_http_waveforge_kept_may_be(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);
static ngx_http_waveforge_kept_t *ngx_http_waveforge_kept_create(
    ngx_http_request_t *r);
static void ngx_http_waveforge_kept_make_room(
    ngx_http_waveforge_shelf_t *shelf, const char *id);
static void ngx_http_waveforge_kept_use(ngx_http_waveforge_kept_t *kept,
    ngx_pool_cleanup_t *cln);
static void ngx_http_waveforge_kept_used(void *data);
static void ngx_http_waveforge_kept_let_go(ngx_http_waveforge_kept_t *kept);
static void ngx_http_waveforge_kept_close(ngx_http_waveforge_kept_t *kept);
static void ngx_http_waveforge_kept_close_run(ngx_http_waveforge_job_t *job);


void
ngx_http_waveforge_open(ngx_http_waveforge_job_t *job, const char *id,
    ngx_http_waveforge_opened_t *opened)
{
    opened->handle = ngx_http_waveforge_job_store(job);

    if (opened->handle == NULL) {
        return;
    }

    /* the moment first: what is committed from now on makes it another */

    opened->has_moment = wfs_store_get_moment(opened->handle, &opened->moment);

    job->status = wfs_recording_open(opened->handle, id, &opened->recording,
                                     &opened->blob, &job->error);
}


void
ngx_http_waveforge_opened_release(ngx_http_waveforge_opened_t *opened)
{
    wfs_recording_release(&opened->recording);
    wfs_blob_ref_release(&opened->blob);
}


ngx_http_waveforge_opened_t *
ngx_http_waveforge_kept_take(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t          *cln;
    ngx_http_waveforge_kept_t   *kept;
    ngx_http_waveforge_shelf_t  *shelf;

    shelf = &ngx_http_waveforge_ctx(r)->store->shelf;

    if (shelf->sending >= NGX_HTTP_WAVEFORGE_KEPT_SENDING) {
        return NULL;
    }

    kept = ngx_http_waveforge_kept_find(shelf,
                                        ngx_http_waveforge_ctx(r)->target.id);

    if (kept == NULL
        || !ngx_http_waveforge_kept_is_current(kept)
        || !ngx_http_waveforge_kept_may_be(r, &kept->opened))
    {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    ngx_http_waveforge_kept_use(kept, cln);

    ngx_queue_remove(&kept->link);
    ngx_queue_insert_head(&shelf->kept, &kept->link);

    return &kept->opened;
}


static ngx_http_waveforge_kept_t *
ngx_http_waveforge_kept_find(ngx_http_waveforge_shelf_t *shelf, const char *id)
{
    ngx_queue_t                *q;
    ngx_http_waveforge_kept_t  *kept;

    for (q = ngx_queue_head(&shelf->kept);
         q != ngx_queue_sentinel(&shelf->kept);
         q = ngx_queue_next(q))
    {
        kept = ngx_queue_data(q, ngx_http_waveforge_kept_t, link);

        if (ngx_strcmp(kept->opened.recording.id, id) == 0) {
            return kept;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_http_waveforge_kept_is_current(ngx_http_waveforge_kept_t *kept)
{
    return ngx_current_msec - kept->since < NGX_HTTP_WAVEFORGE_KEPT_MS
           && ngx_http_waveforge_kept_is_still(&kept->opened);
}


static ngx_uint_t
ngx_http_waveforge_kept_is_still(ngx_http_waveforge_opened_t *opened)
{
    wfs_moment  now;

    return wfs_store_get_moment(opened->handle, &now)
           && wfs_moment_is_same(&now, &opened->moment);
}


/* Direct I/O is switched on and off while a file is sent: by one at a time. */

static ngx_uint_t
ngx_http_waveforge_kept_may_be(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    return (off_t) opened->blob.size_bytes < clcf->directio;
}


ngx_http_waveforge_opened_t *
ngx_http_waveforge_kept_put(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened)
{
    ngx_pool_cleanup_t          *cln;
    ngx_http_waveforge_kept_t   *kept;
    ngx_http_waveforge_shelf_t  *shelf;

    if (ngx_exiting
        || !opened->has_moment
        || !ngx_http_waveforge_kept_is_still(opened)
        || !ngx_http_waveforge_kept_may_be(r, opened))
    {
        return opened;
    }

    kept = ngx_http_waveforge_kept_create(r);
    cln = ngx_pool_cleanup_add(r->pool, 0);

    if (kept == NULL || cln == NULL) {
        ngx_free(kept);
        return opened;
    }

    shelf = &kept->job.store->shelf;

    ngx_http_waveforge_kept_make_room(shelf, opened->recording.id);
    ngx_queue_insert_head(&shelf->kept, &kept->link);
    shelf->count++;

    wfs_recording_release(&opened->recording);

    kept->is_kept = 1;
    kept->opened = *opened;

    ngx_memzero(&opened->recording, sizeof(opened->recording));
    opened->blob = (wfs_blob_ref) WFS_BLOB_REF_INIT;

    ngx_http_waveforge_kept_use(kept, cln);

    return &kept->opened;
}


static ngx_http_waveforge_kept_t *
ngx_http_waveforge_kept_create(ngx_http_request_t *r)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = ngx_calloc(sizeof(ngx_http_waveforge_kept_t), ngx_cycle->log);
    if (kept == NULL) {
        return NULL;
    }

    kept->since = ngx_current_msec;

    kept->job.kind = NGX_HTTP_WAVEFORGE_JOB_RELEASE;
    kept->job.worker = ngx_http_waveforge_main(r)->worker;
    kept->job.store = ngx_http_waveforge_ctx(r)->store;
    kept->job.thread_pool = kept->job.store->thread_pool;
    kept->job.run = ngx_http_waveforge_kept_close_run;
    kept->job.done = ngx_http_waveforge_job_free;

    return kept;
}


static void
ngx_http_waveforge_kept_make_room(ngx_http_waveforge_shelf_t *shelf,
    const char *id)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = ngx_http_waveforge_kept_find(shelf, id);

    if (kept == NULL && shelf->count == NGX_HTTP_WAVEFORGE_KEPT) {
        kept = ngx_queue_data(ngx_queue_last(&shelf->kept),
                              ngx_http_waveforge_kept_t, link);
    }

    if (kept) {
        ngx_http_waveforge_kept_let_go(kept);
    }
}


/* Until the request ends: that is before it gives the store back. */

static void
ngx_http_waveforge_kept_use(ngx_http_waveforge_kept_t *kept,
    ngx_pool_cleanup_t *cln)
{
    kept->uses++;
    kept->job.store->shelf.sending++;

    cln->handler = ngx_http_waveforge_kept_used;
    cln->data = kept;
}


static void
ngx_http_waveforge_kept_used(void *data)
{
    ngx_http_waveforge_kept_t *kept = data;

    kept->job.store->shelf.sending--;

    if (--kept->uses == 0 && !kept->is_kept) {
        ngx_http_waveforge_kept_close(kept);
    }
}


void
ngx_http_waveforge_kept_look(ngx_http_waveforge_store_t *store)
{
    ngx_queue_t                *q, *next;
    ngx_http_waveforge_kept_t  *kept;

    for (q = ngx_queue_head(&store->shelf.kept);
         q != ngx_queue_sentinel(&store->shelf.kept);
         q = next)
    {
        next = ngx_queue_next(q);
        kept = ngx_queue_data(q, ngx_http_waveforge_kept_t, link);

        if (!ngx_http_waveforge_kept_is_current(kept)) {
            ngx_http_waveforge_kept_let_go(kept);
        }
    }
}


void
ngx_http_waveforge_kept_drop(ngx_http_waveforge_store_t *store)
{
    while (!ngx_queue_empty(&store->shelf.kept)) {
        ngx_http_waveforge_kept_let_go(
            ngx_queue_data(ngx_queue_head(&store->shelf.kept),
                           ngx_http_waveforge_kept_t, link));
    }
}


/* Who sends it closes it. */

static void
ngx_http_waveforge_kept_let_go(ngx_http_waveforge_kept_t *kept)
{
    ngx_queue_remove(&kept->link);
    kept->job.store->shelf.count--;
    kept->is_kept = 0;

    if (kept->uses == 0) {
        ngx_http_waveforge_kept_close(kept);
    }
}


static void
ngx_http_waveforge_kept_close(ngx_http_waveforge_kept_t *kept)
{
    ngx_http_waveforge_store_hold(kept->job.store);

    (void) ngx_http_waveforge_job_post(&kept->job);
}


static void
ngx_http_waveforge_kept_close_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = (ngx_http_waveforge_kept_t *) job;

    ngx_http_waveforge_opened_release(&kept->opened);
}


void
ngx_http_waveforge_kept_forget(ngx_http_waveforge_store_t *store)
{
    ngx_queue_t                *q;
    ngx_http_waveforge_kept_t  *kept;

    while (!ngx_queue_empty(&store->shelf.kept)) {

        q = ngx_queue_head(&store->shelf.kept);
        kept = ngx_queue_data(q, ngx_http_waveforge_kept_t, link);

        ngx_queue_remove(q);
        ngx_http_waveforge_opened_release(&kept->opened);
        ngx_free(kept);
    }
}
