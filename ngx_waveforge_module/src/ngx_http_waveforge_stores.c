
/* The stores of the configuration: each path once, begun, closed. */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_shelf.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_page.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static ngx_http_waveforge_store_t *ngx_http_waveforge_store_find(
    ngx_array_t *stores, ngx_str_t *path);
static void ngx_http_waveforge_store_restrict(
    ngx_http_waveforge_store_t *store, ngx_http_waveforge_loc_conf_t *wlcf);


ngx_http_waveforge_store_t *
ngx_http_waveforge_store_add(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf)
{
    wfs_store_options                options;
    ngx_http_waveforge_store_t      *store, **new;
    ngx_http_waveforge_main_conf_t  *wmcf;

    ngx_http_waveforge_store_set_options(wlcf, &options);

    wmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_waveforge_module);

    store = ngx_http_waveforge_store_find(&wmcf->stores, &wlcf->store_path);

    if (store) {

        if (ngx_http_waveforge_store_is_same(&store->options, &options)) {
            ngx_http_waveforge_store_restrict(store, wlcf);
            return store;
        }

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "store \"%V\" is used with other options of "
                           "waveforge_store, waveforge_durability, "
                           "waveforge_digest, waveforge_upload_expiry, "
                           "waveforge_expired or waveforge_retention "
                           "elsewhere", &store->path);
        return NULL;
    }

    store = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_store_t));
    new = ngx_array_push(&wmcf->stores);

    if (store == NULL || new == NULL) {
        return NULL;
    }

    *new = store;

    store->path = wlcf->store_path;
    store->options = options;
    store->thread_pool = wlcf->thread_pool;

    ngx_http_waveforge_store_restrict(store, wlcf);

    return store;
}


/* Of what the locations of a store say, the least that it may keep. */

static void
ngx_http_waveforge_store_restrict(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_loc_conf_t *wlcf)
{
    wfs_limits  *limits;

    limits = &store->limits;

    limits->reserve_bytes = ngx_max(limits->reserve_bytes,
                                    (uint64_t) wlcf->reserve);

    if (wlcf->quota
        && (limits->quota_bytes == 0
            || limits->quota_bytes > (uint64_t) wlcf->quota))
    {
        limits->quota_bytes = (uint64_t) wlcf->quota;
    }
}


static ngx_http_waveforge_store_t *
ngx_http_waveforge_store_find(ngx_array_t *stores, ngx_str_t *path)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {
        if (ngx_strcmp(store[i]->path.data, path->data) == 0) {
            return store[i];
        }
    }

    return NULL;
}


void
ngx_http_waveforge_store_set_options(ngx_http_waveforge_loc_conf_t *wlcf,
    wfs_store_options *options)
{
    *options = (wfs_store_options) WFS_STORE_OPTIONS_INIT;

    options->durability = (wfs_durability) wlcf->durability;
    options->existing = wlcf->store_existing;
    options->no_digest = !wlcf->digest;
    options->upload_expiry_ms = (uint64_t) wlcf->upload_expiry * 1000;

    if (options->upload_expiry_ms) {
        /* else the library's own: a late retry comes all the same */
        options->tombstone_ms = options->upload_expiry_ms;
    }

    options->observer = ngx_http_waveforge_metrics_observe;

    options->salvage_expired = wlcf->expired
                               == NGX_HTTP_WAVEFORGE_EXPIRED_SALVAGE;
    options->retention_ms = (uint64_t) wlcf->retention * 1000;
}


ngx_int_t
ngx_http_waveforge_store_is_same(wfs_store_options *a, wfs_store_options *b)
{
    return a->durability == b->durability
           && a->existing == b->existing
           && a->no_digest == b->no_digest
           && a->upload_expiry_ms == b->upload_expiry_ms
           && a->salvage_expired == b->salvage_expired
           && a->retention_ms == b->retention_ms;
}


ngx_int_t
ngx_http_waveforge_stores_init(ngx_cycle_t *cycle, ngx_array_t *stores,
    ngx_http_waveforge_worker_t *worker)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {

        if (ngx_http_waveforge_store_init(store[i], cycle->pool, worker)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        ngx_http_waveforge_chores_start(store[i]);
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_store_init(ngx_http_waveforge_store_t *store,
    ngx_pool_t *pool, ngx_http_waveforge_worker_t *worker)
{
    store->pool = pool;

    ngx_http_waveforge_lane_init(&store->lane, store->source
                                               ? &store->source->running
                                               : NULL);
    store->lanes = ngx_http_waveforge_worker_lanes(worker);
    store->has_pairs = !store->options.no_digest && wfs_digest_has_pair();

    ngx_http_waveforge_chunks_init(store, pool->log);
    ngx_http_waveforge_appends_init(store, pool->log);
    ngx_queue_init(&store->shelf.kept);

    if (ngx_thread_mutex_create(&store->mutex, pool->log) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_chores_create(store, worker);
}


void
ngx_http_waveforge_stores_quit(ngx_array_t *stores)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {
        ngx_http_waveforge_chores_quit(store[i]);
    }
}


void
ngx_http_waveforge_stores_close(ngx_array_t *stores)
{
    ngx_uint_t                    i;
    ngx_http_waveforge_store_t  **store;

    store = stores->elts;

    for (i = 0; i < stores->nelts; i++) {
        ngx_http_waveforge_store_close(store[i]);
    }
}


/*
 * No thread of a pool is left by now: what their jobs held is ours. Chunks are
 * alive only if the worker was told to leave at once.
 */

void
ngx_http_waveforge_store_close(ngx_http_waveforge_store_t *store)
{
    ngx_http_waveforge_chunks_discard(&store->chunks);
    ngx_http_waveforge_appends_keep(&store->appends);
    ngx_http_waveforge_shelf_forget(store);

    wfs_store_close(store->handle);
    store->handle = NULL;
    ngx_http_waveforge_page_forget(store);
}
