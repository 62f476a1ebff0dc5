
/* A store's handle: the first job opens it, for all that follow. */


#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"
#include "ngx_http_waveforge_task.h"


static time_t ngx_http_waveforge_monotonic_seconds(void);


wfs_store *
ngx_http_waveforge_store_acquire(ngx_http_waveforge_store_t *store,
    wfs_error *error)
{
    time_t      now;
    wfs_store  *handle;

    (void) ngx_thread_mutex_lock(&store->mutex, ngx_cycle->log);

    now = ngx_http_waveforge_monotonic_seconds();

    if (store->handle == NULL && now >= store->retry
        && wfs_store_open((char *) store->path.data, &store->options,
                          &store->handle, &store->failure)
           != WFS_OK)
    {
        store->retry = now + 1;
    }

    handle = store->handle;

    if (handle && store->is_quitting) {
        wfs_store_quit(handle);
    }

    if (handle == NULL && error) {
        *error = store->failure;
    }

    (void) ngx_thread_mutex_unlock(&store->mutex, ngx_cycle->log);

    return handle;
}


void
ngx_http_waveforge_store_hold(ngx_http_waveforge_store_t *store)
{
    if (store->holds++ == 0 && store->table) {
        ngx_http_waveforge_table_woken(store);
    }
}


void
ngx_http_waveforge_store_unhold(ngx_http_waveforge_store_t *store)
{
    if (--store->holds == 0 && store->table) {
        ngx_http_waveforge_table_rested(store);
    }
}


void
ngx_http_waveforge_store_quit(ngx_http_waveforge_store_t *store)
{
    (void) ngx_thread_mutex_lock(&store->mutex, ngx_cycle->log);

    store->is_quitting = 1;

    if (store->handle) {
        wfs_store_quit(store->handle);
    }

    (void) ngx_thread_mutex_unlock(&store->mutex, ngx_cycle->log);
}


static time_t
ngx_http_waveforge_monotonic_seconds(void)
{
    struct timespec  now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);

    return now.tv_sec;
}


wfs_store *
ngx_http_waveforge_job_store(ngx_http_waveforge_job_t *job)
{
    wfs_store  *handle;

    handle = ngx_http_waveforge_store_acquire(job->store, &job->error);

    if (handle == NULL) {
        job->status = job->error.status;
    }

    return handle;
}
