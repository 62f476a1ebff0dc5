
/*
 * What chores do: renew the figures for /health every second, and let go
 * recordings that are kept for nobody; tend the store when it asks for it, give
 * that up when the worker is told to quit, and close a store that comes and
 * goes.
 */


#include "ngx_http_waveforge_chore.h"
#include "ngx_http_waveforge_shelf.h"
#include "ngx_http_waveforge_page.h"
#include "ngx_http_waveforge_table.h"


#define NGX_HTTP_WAVEFORGE_PROBE_MS   1000
#define NGX_HTTP_WAVEFORGE_REPROBE_MS 100
#define NGX_HTTP_WAVEFORGE_TEND_MAX   60000
#define NGX_HTTP_WAVEFORGE_BUDGET_MS  200


static void ngx_http_waveforge_chore_log(ngx_http_waveforge_chore_t *chore);


void
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


void
ngx_http_waveforge_probe_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chore_t  *chore;
    ngx_http_waveforge_store_t  *store;

    chore = (ngx_http_waveforge_chore_t *) job;
    store = job->store;

    ngx_http_waveforge_chore_log(chore);
    ngx_http_waveforge_shelf_look(store);

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


void
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


void
ngx_http_waveforge_tend_over(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chore_t  *chore;

    chore = (ngx_http_waveforge_chore_t *) job;

    ngx_http_waveforge_chore_log(chore);

    ngx_http_waveforge_chore_again(chore,
              (ngx_msec_t) ngx_max(1, ngx_min(chore->next_ms,
                                              NGX_HTTP_WAVEFORGE_TEND_MAX)));
}


void
ngx_http_waveforge_quit_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_store_quit(job->store);
}


void
ngx_http_waveforge_quit_over(ngx_http_waveforge_job_t *job)
{
    ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                  "waveforge store \"%V\" is no longer tended by this worker",
                  &job->store->path);
}


/* Nobody holds the store: this may sleep, and no other thread knows it. */

void
ngx_http_waveforge_close_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_shelf_forget(job->store);
    wfs_store_close(job->store->handle);
    job->store->handle = NULL;
    ngx_http_waveforge_page_forget(job->store);
}


void
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
