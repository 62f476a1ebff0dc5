
#include "ngx_http_waveforge_shelf.h"


#define NGX_HTTP_WAVEFORGE_SHELF_MS    1000
#define NGX_HTTP_WAVEFORGE_SHELF_SIZE  8


static ngx_http_waveforge_kept_t *ngx_http_waveforge_shelf_get(
    ngx_http_waveforge_shelf_t *shelf, const char *id);
static ngx_uint_t ngx_http_waveforge_shelf_is_current(
    ngx_http_waveforge_kept_t *kept);
static void ngx_http_waveforge_shelf_make_room(
    ngx_http_waveforge_shelf_t *shelf, const char *id);
static void ngx_http_waveforge_shelf_let_go(ngx_http_waveforge_kept_t *kept);
static void ngx_http_waveforge_shelf_close(ngx_http_waveforge_kept_t *kept);
static void ngx_http_waveforge_shelf_close_run(ngx_http_waveforge_job_t *job);


ngx_http_waveforge_kept_t *
ngx_http_waveforge_shelf_find(ngx_http_waveforge_store_t *store,
    const char *id)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = ngx_http_waveforge_shelf_get(&store->shelf, id);

    if (kept == NULL || !ngx_http_waveforge_shelf_is_current(kept)) {
        return NULL;
    }

    ngx_queue_remove(&kept->link);
    ngx_queue_insert_head(&store->shelf.kept, &kept->link);

    return kept;
}


static ngx_http_waveforge_kept_t *
ngx_http_waveforge_shelf_get(ngx_http_waveforge_shelf_t *shelf, const char *id)
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
ngx_http_waveforge_shelf_is_current(ngx_http_waveforge_kept_t *kept)
{
    return ngx_current_msec - kept->since < NGX_HTTP_WAVEFORGE_SHELF_MS
           && ngx_http_waveforge_opened_is_still(&kept->opened);
}


void
ngx_http_waveforge_shelf_insert(ngx_http_waveforge_kept_t *kept)
{
    ngx_http_waveforge_shelf_t  *shelf;

    shelf = &kept->job.store->shelf;

    ngx_http_waveforge_shelf_make_room(shelf, kept->opened.recording.id);

    kept->job.run = ngx_http_waveforge_shelf_close_run;
    kept->job.done = ngx_http_waveforge_job_free;

    kept->since = ngx_current_msec;
    kept->is_kept = 1;
    ngx_queue_insert_head(&shelf->kept, &kept->link);
    shelf->count++;
}


static void
ngx_http_waveforge_shelf_make_room(ngx_http_waveforge_shelf_t *shelf,
    const char *id)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = ngx_http_waveforge_shelf_get(shelf, id);

    if (kept == NULL && shelf->count == NGX_HTTP_WAVEFORGE_SHELF_SIZE) {
        kept = ngx_queue_data(ngx_queue_last(&shelf->kept),
                              ngx_http_waveforge_kept_t, link);
    }

    if (kept) {
        ngx_http_waveforge_shelf_let_go(kept);
    }
}


void
ngx_http_waveforge_shelf_use(ngx_http_waveforge_kept_t *kept)
{
    kept->uses++;
    kept->job.store->shelf.sending++;
}


void
ngx_http_waveforge_shelf_unuse(ngx_http_waveforge_kept_t *kept)
{
    kept->job.store->shelf.sending--;

    if (--kept->uses == 0 && !kept->is_kept) {
        ngx_http_waveforge_shelf_close(kept);
    }
}


void
ngx_http_waveforge_shelf_look(ngx_http_waveforge_store_t *store)
{
    ngx_queue_t                *q, *next;
    ngx_http_waveforge_kept_t  *kept;

    for (q = ngx_queue_head(&store->shelf.kept);
         q != ngx_queue_sentinel(&store->shelf.kept);
         q = next)
    {
        next = ngx_queue_next(q);
        kept = ngx_queue_data(q, ngx_http_waveforge_kept_t, link);

        if (!ngx_http_waveforge_shelf_is_current(kept)) {
            ngx_http_waveforge_shelf_let_go(kept);
        }
    }
}


void
ngx_http_waveforge_shelf_drop(ngx_http_waveforge_store_t *store)
{
    while (!ngx_queue_empty(&store->shelf.kept)) {
        ngx_http_waveforge_shelf_let_go(
            ngx_queue_data(ngx_queue_head(&store->shelf.kept),
                           ngx_http_waveforge_kept_t, link));
    }
}


static void
ngx_http_waveforge_shelf_let_go(ngx_http_waveforge_kept_t *kept)
{
    ngx_queue_remove(&kept->link);
    kept->job.store->shelf.count--;
    kept->is_kept = 0;

    if (kept->uses == 0) {
        ngx_http_waveforge_shelf_close(kept);
    }
}


static void
ngx_http_waveforge_shelf_close(ngx_http_waveforge_kept_t *kept)
{
    ngx_http_waveforge_store_hold(kept->job.store);

    (void) ngx_http_waveforge_job_post(&kept->job);
}


static void
ngx_http_waveforge_shelf_close_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = (ngx_http_waveforge_kept_t *) job;

    ngx_http_waveforge_opened_release(&kept->opened);
}


void
ngx_http_waveforge_shelf_forget(ngx_http_waveforge_store_t *store)
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
