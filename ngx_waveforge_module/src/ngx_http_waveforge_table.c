
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static ngx_int_t ngx_http_waveforge_table_make_room(
    ngx_http_waveforge_table_t *table);
static ngx_http_waveforge_store_t *ngx_http_waveforge_table_create_store(
    ngx_http_waveforge_table_t *table, ngx_http_waveforge_source_t *source,
    ngx_str_t *path);
static void ngx_http_waveforge_table_forget(ngx_http_waveforge_store_t *store);
static void ngx_http_waveforge_table_retire(ngx_http_waveforge_store_t *store);
static void ngx_http_waveforge_table_look(ngx_event_t *ev);


void
ngx_http_waveforge_table_init(ngx_http_waveforge_table_t *table,
    ngx_http_waveforge_worker_t *worker, ngx_log_t *log)
{
    table->worker = worker;

    ngx_queue_init(&table->stores);
    ngx_queue_init(&table->resting);

    table->timer.handler = ngx_http_waveforge_table_look;
    table->timer.data = table;
    table->timer.log = log;
    table->timer.cancelable = 1;
}


void
ngx_http_waveforge_table_quit(ngx_http_waveforge_table_t *table)
{
    ngx_queue_t  *q;

    for (q = ngx_queue_head(&table->stores);
         q != ngx_queue_sentinel(&table->stores);
         q = ngx_queue_next(q))
    {
        ngx_http_waveforge_chores_quit(
                          ngx_queue_data(q, ngx_http_waveforge_store_t, queue));
    }
}


void
ngx_http_waveforge_table_close(ngx_http_waveforge_table_t *table)
{
    ngx_queue_t  *q;

    for (q = ngx_queue_head(&table->stores);
         q != ngx_queue_sentinel(&table->stores);
         q = ngx_queue_next(q))
    {
        ngx_http_waveforge_store_close(
                          ngx_queue_data(q, ngx_http_waveforge_store_t, queue));
    }
}


ngx_http_waveforge_store_t *
ngx_http_waveforge_table_find(ngx_http_waveforge_source_t *source,
    ngx_str_t *path)
{
    ngx_str_node_t  *node;

    node = ngx_str_rbtree_lookup(&source->tree, path,
                                 ngx_crc32_long(path->data, path->len));
    if (node == NULL) {
        return NULL;
    }

    return (ngx_http_waveforge_store_t *)
               ((u_char *) node - offsetof(ngx_http_waveforge_store_t, node));
}


ngx_int_t
ngx_http_waveforge_table_add(ngx_http_waveforge_table_t *table,
    ngx_http_waveforge_source_t *source, ngx_str_t *path,
    ngx_http_waveforge_store_t **ret_store)
{
    ngx_http_waveforge_store_t  *store;

    if (ngx_http_waveforge_table_make_room(table) != NGX_OK) {
        return NGX_BUSY;
    }

    store = ngx_http_waveforge_table_create_store(table, source, path);
    if (store == NULL) {
        return NGX_ERROR;
    }

    store->node.node.key = ngx_crc32_long(path->data, path->len);
    store->node.str = store->path;

    ngx_rbtree_insert(&source->tree, &store->node.node);
    ngx_queue_insert_tail(&table->stores, &store->queue);
    table->open++;
    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_OPEN_STORES, 1);

    /* until somebody holds it */

    ngx_http_waveforge_table_rested(store);

    *ret_store = store;

    return NGX_OK;
}


/*
 * What is being closed has left its place: its job runs before the one that
 * opens another. Where closing hangs, opening stops.
 */

static ngx_int_t
ngx_http_waveforge_table_make_room(ngx_http_waveforge_table_t *table)
{
    ngx_queue_t  *q;

    if (table->closing >= table->max) {
        return NGX_BUSY;
    }

    if (table->open < table->max) {
        return NGX_OK;
    }

    if (ngx_queue_empty(&table->resting)) {
        return NGX_BUSY;
    }

    q = ngx_queue_head(&table->resting);

    ngx_http_waveforge_table_retire(
                           ngx_queue_data(q, ngx_http_waveforge_store_t, idle));

    return NGX_OK;
}


static ngx_http_waveforge_store_t *
ngx_http_waveforge_table_create_store(ngx_http_waveforge_table_t *table,
    ngx_http_waveforge_source_t *source, ngx_str_t *path)
{
    ngx_pool_t                  *pool;
    ngx_http_waveforge_store_t  *store;

    pool = ngx_create_pool(NGX_DEFAULT_POOL_SIZE, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    store = ngx_pcalloc(pool, sizeof(ngx_http_waveforge_store_t));
    if (store == NULL) {
        goto failed;
    }

    store->path.len = path->len;
    store->path.data = ngx_pnalloc(pool, path->len + 1);
    if (store->path.data == NULL) {
        goto failed;
    }

    (void) ngx_cpystrn(store->path.data, path->data, path->len + 1);

    store->options = source->options;
    store->thread_pool = source->thread_pool;
    store->table = table;
    store->source = source;
    store->is_quitting = ngx_exiting;

    if (ngx_http_waveforge_store_init(store, pool, table->worker) == NGX_OK) {
        return store;
    }

failed:

    ngx_destroy_pool(pool);

    return NULL;
}


void
ngx_http_waveforge_table_woken(ngx_http_waveforge_store_t *store)
{
    ngx_queue_remove(&store->idle);
}


void
ngx_http_waveforge_table_rested(ngx_http_waveforge_store_t *store)
{
    ngx_http_waveforge_table_t  *table;

    table = store->table;

    store->rested = ngx_current_msec;

    ngx_queue_insert_tail(&table->resting, &store->idle);

    if (store->is_lost) {
        ngx_http_waveforge_table_retire(store);
        return;
    }

    if (!table->timer.timer_set && !ngx_exiting) {
        ngx_add_timer(&table->timer, table->idle);
    }
}


static void
ngx_http_waveforge_table_look(ngx_event_t *ev)
{
    ngx_msec_t                   rest;
    ngx_http_waveforge_table_t  *table;
    ngx_http_waveforge_store_t  *store;

    table = ev->data;

    while (!ngx_queue_empty(&table->resting) && !ngx_exiting) {

        store = ngx_queue_data(ngx_queue_head(&table->resting),
                               ngx_http_waveforge_store_t, idle);
        rest = ngx_current_msec - store->rested;

        if (rest < table->idle) {
            ngx_add_timer(ev, table->idle - rest);
            return;
        }

        ngx_http_waveforge_table_retire(store);
    }
}


/*
 * Somebody has taken its files away. One that could not be opened stays, so
 * that not every request tries.
 */

void
ngx_http_waveforge_table_lost(ngx_http_waveforge_store_t *store)
{
    if (store->is_lost || store->is_closing || !store->has_stat) {
        return;
    }

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                  "waveforge store \"%V\" misses a file, it is opened anew",
                  &store->path);

    ngx_http_waveforge_table_forget(store);

    if (store->holds == 0) {
        ngx_http_waveforge_table_retire(store);
    }
}


static void
ngx_http_waveforge_table_forget(ngx_http_waveforge_store_t *store)
{
    if (!store->is_lost) {
        store->is_lost = 1;
        ngx_rbtree_delete(&store->source->tree, &store->node.node);
    }
}


/* Nobody holds it, and nobody shall find it any more. */

static void
ngx_http_waveforge_table_retire(ngx_http_waveforge_store_t *store)
{
    ngx_queue_remove(&store->idle);
    ngx_http_waveforge_table_forget(store);

    store->table->open--;
    store->table->closing++;

    ngx_http_waveforge_metrics_move(NGX_HTTP_WAVEFORGE_OPEN_STORES, -1);

    if (store->watch.timer_set) {
        ngx_del_timer(&store->watch);
    }

    if (store->appends_watch.timer_set) {
        ngx_del_timer(&store->appends_watch);
    }

    ngx_http_waveforge_chores_end(store);
}


void
ngx_http_waveforge_table_closed(ngx_http_waveforge_store_t *store)
{
    ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                  "waveforge store \"%V\" is closed", &store->path);

    store->table->closing--;

    ngx_queue_remove(&store->queue);
    (void) ngx_thread_mutex_destroy(&store->mutex, ngx_cycle->log);
    ngx_destroy_pool(store->pool);
}
