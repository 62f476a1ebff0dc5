
/*
 * Recordings kept open for a second: what a request takes, and what it leaves.
 */


#include "ngx_http_waveforge_kept.h"
#include "ngx_http_waveforge_shelf.h"


/* How many answers of a store are sent from them at a time. */

#define NGX_HTTP_WAVEFORGE_KEPT_SENDING  16


static ngx_uint_t ngx_http_waveforge_kept_may_be(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);
static ngx_http_waveforge_kept_t *ngx_http_waveforge_kept_create(
    ngx_http_request_t *r);
static ngx_http_waveforge_opened_t *ngx_http_waveforge_kept_use(
    ngx_http_waveforge_kept_t *kept, ngx_pool_cleanup_t *cln);
static void ngx_http_waveforge_kept_used(void *data);


ngx_http_waveforge_opened_t *
ngx_http_waveforge_kept_take(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t         *cln;
    ngx_http_waveforge_ctx_t   *ctx;
    ngx_http_waveforge_kept_t  *kept;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx->store->shelf.sending >= NGX_HTTP_WAVEFORGE_KEPT_SENDING) {
        return NULL;
    }

    kept = ngx_http_waveforge_shelf_find(ctx->store, ctx->target.id);

    if (kept == NULL || !ngx_http_waveforge_kept_may_be(r, &kept->opened)) {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    return ngx_http_waveforge_kept_use(kept, cln);
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
    ngx_pool_cleanup_t         *cln;
    ngx_http_waveforge_kept_t  *kept;

    if (ngx_exiting
        || !opened->has_moment
        || !ngx_http_waveforge_opened_is_still(opened)
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

    wfs_recording_release(&opened->recording);

    kept->opened = *opened;

    ngx_memzero(&opened->recording, sizeof(opened->recording));
    opened->blob = (wfs_blob_ref) WFS_BLOB_REF_INIT;

    ngx_http_waveforge_shelf_insert(kept);

    return ngx_http_waveforge_kept_use(kept, cln);
}


static ngx_http_waveforge_kept_t *
ngx_http_waveforge_kept_create(ngx_http_request_t *r)
{
    ngx_http_waveforge_kept_t  *kept;

    kept = ngx_calloc(sizeof(ngx_http_waveforge_kept_t), ngx_cycle->log);
    if (kept == NULL) {
        return NULL;
    }

    kept->job.kind = NGX_HTTP_WAVEFORGE_JOB_RELEASE;
    kept->job.worker = ngx_http_waveforge_main(r)->worker;
    kept->job.store = ngx_http_waveforge_ctx(r)->store;
    kept->job.thread_pool = kept->job.store->thread_pool;

    return kept;
}


/* Until the request ends: that is before it gives the store back. */

static ngx_http_waveforge_opened_t *
ngx_http_waveforge_kept_use(ngx_http_waveforge_kept_t *kept,
    ngx_pool_cleanup_t *cln)
{
    ngx_http_waveforge_shelf_use(kept);

    cln->handler = ngx_http_waveforge_kept_used;
    cln->data = kept;

    return &kept->opened;
}


static void
ngx_http_waveforge_kept_used(void *data)
{
    ngx_http_waveforge_shelf_unuse(data);
}
