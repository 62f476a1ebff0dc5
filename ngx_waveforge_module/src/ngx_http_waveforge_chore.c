
/*
 * What a worker does for each store by itself: renew the figures for /health
 * every second, tend the store when it asks to be tended, give that up when it
 * is told to quit, and close a store that comes and goes.
 */


#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"
#include "ngx_http_waveforge_task.h"


#define NGX_HTTP_WAVEFORGE_PROBE_MS   1000
#define NGX_HTTP_WAVEFORGE_REPROBE_MS 100
#define NGX_HTTP_WAVEFORGE_TEND_MS    1000
#define NGX_HTTP_WAVEFORGE_TEND_MAX   60000
#define NGX_HTTP_WAVEFORGE_BUDGET_MS  200


/*
 * A job that nobody waits for, posted again and again by a timer that does not
 * keep the worker from leaving. `over` follows it, unless the store is to be
 * closed: that waits for the chores under way.
 */

struct ngx_http_waveforge_chore_s {
    ngx_http_waveforge_job_t   job;
    ngx_http_waveforge_job_pt  over;
    ngx_event_t                timer;
    wfs_store_stat             stat;
    ngx_uint_t                 changes;
    uint64_t                   next_ms;
    wfs_status                 logged;
};


static ngx_http_waveforge_chore_t *ngx_http_waveforge_chore_create(
    ngx_http_waveforge_store_t *store, ngx_http_waveforge_worker_t *worker,
    ngx_http_waveforge_job_pt run, ngx_http_waveforge_job_pt over);
static void ngx_http_waveforge_chore_due(ngx_event_t *ev);
static void ngx_http_waveforge_chore_post(ngx_http_waveforge_chore_t *chore);
static void ngx_http_waveforge_chore_done(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chore_again(ngx_http_waveforge_chore_t *chore,
    ngx_msec_t ms);
static void ngx_http_waveforge_probe_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_probe_over(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_tend_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_tend_over(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_quit_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_quit_over(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_close_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_close_over(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_chore_log(ngx_http_waveforge_chore_t *chore);


ngx_int_t
ngx_http_waveforge_chores_create(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_worker_t *worker)
{
    store->probe = ngx_http_waveforge_chore_create(store, worker,
                                                ngx_http_waveforge_probe_run,
                                                ngx_http_waveforge_probe_over);
    store->tend = ngx_http_waveforge_chore_create(store, worker,
                                                ngx_http_waveforge_tend_run,
                                                ngx_http_waveforge_tend_over);
    store->quit = ngx_http_waveforge_chore_create(store, worker,
                                                ngx_http_waveforge_quit_run,
                                                ngx_http_waveforge_quit_over);
    store->close = ngx_http_waveforge_chore_create(store, worker,
                                                ngx_http_waveforge_close_run,
                                                ngx_http_waveforge_close_over);

    if (store->probe == NULL || store->tend == NULL || store->quit == NULL
        || store->close == NULL)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_http_waveforge_chore_t *
ngx_http_waveforge_chore_create(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_worker_t *worker, ngx_http_waveforge_job_pt run,
    ngx_http_waveforge_job_pt over)
{
    ngx_http_waveforge_chore_t  *chore;

    chore = ngx_pcalloc(store->pool, sizeof(ngx_http_waveforge_chore_t));
    if (chore == NULL) {
        return NULL;
    }

    chore->job.kind = store->source ? NGX_HTTP_WAVEFORGE_JOB_RELEASE
                                    : NGX_HTTP_WAVEFORGE_JOB_CHORE;
    chore->job.store = store;
    chore->job.worker = worker;
    chore->job.thread_pool = store->thread_pool;
    chore->job.run = run;
    chore->job.done = ngx_http_waveforge_chore_done;
    chore->over = over;

    chore->timer.handler = ngx_http_waveforge_chore_due;
    chore->timer.data = chore;
    chore->timer.log = store->pool->log;
    chore->timer.cancelable = 1;

    return chore;
}


void
ngx_http_waveforge_chores_start(ngx_http_waveforge_store_t *store)
{
    store->is_awake = 1;

    ngx_http_waveforge_chore_again(store->probe, 1);
    ngx_http_waveforge_chore_again(store->tend, NGX_HTTP_WAVEFORGE_TEND_MS);
}


void
ngx_http_waveforge_chores_end(ngx_http_waveforge_store_t *store)
{
    store->is_closing = 1;

    if (store->probe->timer.timer_set) {
        ngx_del_timer(&store->probe->timer);
    }

    if (store->tend->timer.timer_set) {
        ngx_del_timer(&store->tend->timer);
    }

    if (store->chores == 0) {
        ngx_http_waveforge_chore_post(store->close);
    }
}


static void
ngx_http_waveforge_chore_due(ngx_event_t *ev)
{
    ngx_http_waveforge_chore_t *chore = ev->data;

    if (ngx_exiting) {
        return;
    }

    chore->changes = chore->job.store->changes;

    ngx_http_waveforge_chore_post(chore);
}


static void
ngx_http_waveforge_chore_post(ngx_http_waveforge_chore_t *chore)
{
    chore->job.store->chores++;

    (void) ngx_http_waveforge_job_post(&chore->job);
}


static void
ngx_http_waveforge_chore_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chore_t  *chore;
    ngx_http_waveforge_store_t  *store;

    chore = (ngx_http_waveforge_chore_t *) job;
    store = job->store;

    store->chores--;

    if (!store->is_closing || chore == store->close) {
        chore->over(job);

    } else if (store->chores == 0) {
        ngx_http_waveforge_chores_end(store);
    }
}


static void
ngx_http_waveforge_chore_again(ngx_http_waveforge_chore_t *chore,
    ngx_msec_t ms)
{
    if (!ngx_exiting) {
        ngx_add_timer(&chore->timer, ms);
    }
}


static void
ngx_http_waveforge_probe_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                   *store;
    ngx_http_waveforge_chore_t  *chore;

    chore = (ngx_http_waveforge_chore_t *) job;

    store = ngx_http_waveforge_job_store(job);

    if (store) {
        job->status = wfs_store_get_stat(store, &chore->stat, &job->error);
    }
}


static void
ngx_http_waveforge_probe_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chore_t  *chore;
    ngx_http_waveforge_store_t  *store;

    chore = (ngx_http_waveforge_chore_t *) job;
    store = job->store;

    ngx_http_waveforge_chore_log(chore);

    if (job->status != WFS_OK) {
        ngx_http_waveforge_chore_again(chore, NGX_HTTP_WAVEFORGE_PROBE_MS);
        return;
    }

    store->probed = ngx_current_msec;

    if (chore->changes != store->changes && store->has_stat) {
        ngx_http_waveforge_chore_again(chore, NGX_HTTP_WAVEFORGE_REPROBE_MS);
        return;
    }

    store->stat = chore->stat;
    store->as_of = ngx_time();
    store->has_stat = 1;

    ngx_http_waveforge_chore_again(chore, NGX_HTTP_WAVEFORGE_PROBE_MS);
}


static void
ngx_http_waveforge_tend_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                   *store;
    ngx_http_waveforge_chore_t  *chore;

    chore = (ngx_http_waveforge_chore_t *) job;
    chore->next_ms = NGX_HTTP_WAVEFORGE_TEND_MS;

    store = ngx_http_waveforge_job_store(job);

    if (store) {
        job->status = wfs_store_tend(store, NGX_HTTP_WAVEFORGE_BUDGET_MS,
                                     &chore->next_ms, &job->error);
    }
}


static void
ngx_http_waveforge_tend_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chore_t  *chore;

    chore = (ngx_http_waveforge_chore_t *) job;

    ngx_http_waveforge_chore_log(chore);

    ngx_http_waveforge_chore_again(chore,
              (ngx_msec_t) ngx_max(1, ngx_min(chore->next_ms,
                                              NGX_HTTP_WAVEFORGE_TEND_MAX)));
}


/* By a job, since the store may just be opening. */

void
ngx_http_waveforge_chores_quit(ngx_http_waveforge_store_t *store)
{
    if (!store->is_closing) {
        ngx_http_waveforge_chore_post(store->quit);
    }
}


static void
ngx_http_waveforge_quit_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_store_quit(job->store);
}


static void
ngx_http_waveforge_quit_over(ngx_http_waveforge_job_t *job)
{
    ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                  "waveforge store \"%V\" is no longer tended by this worker",
                  &job->store->path);
}


/* Nobody holds the store: this may sleep, and no other thread knows it. */

static void
ngx_http_waveforge_close_run(ngx_http_waveforge_job_t *job)
{
    wfs_store_close(job->store->handle);
    job->store->handle = NULL;
}


static void
ngx_http_waveforge_close_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_table_closed(job->store);
}


/* A fault that lasts is told once. */

static void
ngx_http_waveforge_chore_log(ngx_http_waveforge_chore_t *chore)
{
    wfs_error                 *error;
    ngx_http_waveforge_job_t  *job;

    job = &chore->job;
    error = &job->error;

    if (job->status == chore->logged) {
        return;
    }

    chore->logged = job->status;

    if (job->status == WFS_OK) {
        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "waveforge store \"%V\" is well again",
                      &job->store->path);
        return;
    }

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                  "waveforge store \"%V\": %s in %s (%d): %s",
                  &job->store->path, wfs_status_name(job->status),
                  error->step ? error->step : "-", error->os_error,
                  error->detail);
}
