
/*
 * When chores run: those of a store begin with its first job, quit with the
 * worker, and end before it is closed.
 */


#include "ngx_http_waveforge_chore.h"
#include "ngx_http_waveforge_shelf.h"


static ngx_http_waveforge_chore_t *ngx_http_waveforge_chore_create(
    ngx_http_waveforge_store_t *store, ngx_http_waveforge_worker_t *worker,
    ngx_http_waveforge_job_pt run, ngx_http_waveforge_job_pt over);
static void ngx_http_waveforge_chore_due(ngx_event_t *ev);
static void ngx_http_waveforge_chore_post(ngx_http_waveforge_chore_t *chore);
static void ngx_http_waveforge_chore_done(ngx_http_waveforge_job_t *job);


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


void
ngx_http_waveforge_chore_again(ngx_http_waveforge_chore_t *chore,
    ngx_msec_t ms)
{
    if (!ngx_exiting) {
        ngx_add_timer(&chore->timer, ms);
    }
}


/* By a job, since the store may just be opening. */

void
ngx_http_waveforge_chores_quit(ngx_http_waveforge_store_t *store)
{
    if (!store->is_closing) {
        ngx_http_waveforge_shelf_drop(store);
        ngx_http_waveforge_chore_post(store->quit);
    }
}
