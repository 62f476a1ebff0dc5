
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_table.h"
#include "ngx_http_waveforge_task.h"


static ngx_uint_t ngx_http_waveforge_job_is_too_many(
    ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_job_unwait(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_job_cleanup(void *data);
static void ngx_http_waveforge_job_finish(ngx_http_waveforge_job_t *job);


ngx_http_waveforge_job_t *
ngx_http_waveforge_job_create(ngx_http_request_t *r, size_t size)
{
    ngx_pool_cleanup_t        *cln;
    ngx_http_waveforge_job_t  *job;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    job = ngx_calloc(size, r->connection->log);
    if (job == NULL) {
        return NULL;
    }

    job->request = r;
    job->worker = ngx_http_waveforge_main(r)->worker;
    job->store = ngx_http_waveforge_ctx(r)->store;
    job->thread_pool = ngx_http_waveforge_conf(r)->thread_pool;

    ngx_http_waveforge_store_hold(job->store);

    job->cleanup = cln;

    cln->handler = ngx_http_waveforge_job_cleanup;
    cln->data = job;

    return job;
}


void
ngx_http_waveforge_job_free(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_job_unwait(job);
    ngx_http_waveforge_store_unhold(job->store);

    ngx_free(job);
}


/* A blocked request is not freed: the job is not running. */

static void
ngx_http_waveforge_job_cleanup(void *data)
{
    ngx_http_waveforge_job_t *job = data;

    job->request = NULL;

    if (job->release) {
        job->release(job);
    }

    if (!job->is_running) {
        ngx_http_waveforge_job_free(job);
    }
}


void
ngx_http_waveforge_job_give_back(ngx_http_waveforge_job_t *job,
    ngx_http_waveforge_job_pt run)
{
    job->run = run;
    job->done = ngx_http_waveforge_job_free;
    job->kind = NGX_HTTP_WAVEFORGE_JOB_RELEASE;

    (void) ngx_http_waveforge_job_post(job);
}


ngx_int_t
ngx_http_waveforge_job_post(ngx_http_waveforge_job_t *job)
{
    if (ngx_http_waveforge_job_is_too_many(job)) {
        return NGX_BUSY;
    }

    job->status = WFS_OK;
    job->error = (wfs_error) WFS_ERROR_INIT;
    job->awaits_commit = 0;
    job->has_returned = 0;
    job->has_committed = 0;
    job->halves = 0;
    job->is_whole = 0;
    job->is_told = 0;
    job->posted_ns = ngx_http_waveforge_now_ns();

    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_QUEUED, 1);

    if (!job->store->is_awake && !job->store->is_closing) {
        ngx_http_waveforge_chores_start(job->store);
    }

    job->is_running = 1;
    job->is_admitted = 1;

    ngx_http_waveforge_worker_hold(job->worker);

    if (job->request) {
        job->request->main->blocked++;

        if (job->kind == NGX_HTTP_WAVEFORGE_JOB_REQUEST) {
            (void) ngx_http_waveforge_job_wait(job);
        }
    }

    ngx_http_waveforge_lane_put(ngx_http_waveforge_worker_lanes(job->worker),
                                job);

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_job_wait(ngx_http_waveforge_job_t *job)
{
    if (job->is_waited_for) {
        return NGX_OK;
    }

    if (ngx_http_waveforge_job_is_too_many(job)) {
        return NGX_BUSY;
    }

    job->store->lane.waiting++;
    job->is_waited_for = 1;
    job->is_admitted = 1;

    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_REQUESTS_WAITING, 1);

    return NGX_OK;
}


static void
ngx_http_waveforge_job_unwait(ngx_http_waveforge_job_t *job)
{
    if (job->is_waited_for) {
        job->is_waited_for = 0;
        job->store->lane.waiting--;

        ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_REQUESTS_WAITING,
                                        -1);
    }
}


void
ngx_http_waveforge_job_detach(ngx_http_waveforge_job_t *job)
{
    job->cleanup->handler = NULL;

    job->request->main->blocked--;
    job->request = NULL;
}


/* What has begun goes on: a chunk is not refused half received. */

static ngx_uint_t
ngx_http_waveforge_job_is_too_many(ngx_http_waveforge_job_t *job)
{
    return job->kind == NGX_HTTP_WAVEFORGE_JOB_REQUEST
           && job->request
           && !job->is_admitted
           && job->store->lane.waiting
              >= ngx_http_waveforge_conf(job->request)->max_waiting;
}


void
ngx_http_waveforge_job_began(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_QUEUED, -1);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_RUNNING, 1);
}


void
ngx_http_waveforge_job_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_RUNNING, -1);

    job->is_whole = (ngx_atomic_fetch_add(&job->halves, 1) == 1);
}


void
ngx_http_waveforge_job_tell(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_RUNNING, -1);

    job->is_told = 1;

    if (job->awaits_commit && ngx_atomic_fetch_add(&job->halves, 1) == 0) {
        /* the committer is still at it, and tells */
        return;
    }

    ngx_http_waveforge_worker_tell(job->worker, job);
}


void
ngx_http_waveforge_job_send_back(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_RUNNING, -1);
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_JOBS_QUEUED, 1);

    job->status = WFS_OK;
    job->error = (wfs_error) WFS_ERROR_INIT;
    job->is_sent_back = 1;

    ngx_http_waveforge_worker_tell(job->worker, job);
}


void
ngx_http_waveforge_job_returned(ngx_http_waveforge_job_t *job)
{
    job->has_returned = 1;

    if (!job->awaits_commit || job->is_whole || job->has_committed) {
        ngx_http_waveforge_job_finish(job);
    }
}


void
ngx_http_waveforge_job_heard(ngx_http_waveforge_job_t *job)
{
    if (job->is_sent_back) {
        job->is_sent_back = 0;
        job->is_sociable = 0;

        ngx_http_waveforge_lane_put(
                        ngx_http_waveforge_worker_lanes(job->worker), job);
        return;
    }

    job->has_committed = 1;

    if (job->has_returned || job->is_told) {
        ngx_http_waveforge_job_finish(job);
    }
}


static void
ngx_http_waveforge_job_finish(ngx_http_waveforge_job_t *job)
{
    ngx_connection_t          *c;
    ngx_http_request_t        *r;
    ngx_http_waveforge_ctx_t  *ctx;

    job->is_running = 0;

    ngx_http_waveforge_job_unwait(job);
    ngx_http_waveforge_worker_unhold(job->worker);

    if (job->status == WFS_ENOSTORE && job->store->table) {
        ngx_http_waveforge_table_lost(job->store);
    }

    r = job->request;

    if (r == NULL) {
        job->done(job);
        return;
    }

    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    ngx_log_debug2(NGX_LOG_DEBUG_HTTP, c->log, 0,
                   "waveforge job: \"%V\" %s",
                   &r->uri, wfs_status_name(job->status));

    r->main->blocked--;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx) {
        ctx->store_ns += ngx_http_waveforge_now_ns() - job->posted_ns;
    }

    if (c->error && !job->outlasts_client) {
        ngx_http_finalize_request(r, NGX_ERROR);

    } else {
        job->done(job);
    }

    ngx_http_run_posted_requests(c);
}
