
/*
 * Stores behind variables: they come and go.
 *
 * Each worker has a table of those in use, by path. A store enters it with the
 * first request that names it and is opened by that request's first job. Once
 * nobody has held it for a while, or the place is needed for another, it leaves
 * the table and is closed by a last job: whoever asks for the path from then on
 * gets a new one, so that nobody ever sees a closed store.
 *
 * Options are those of the location. Locations with the same text and options
 * share their stores; others that come to the same path open it once more, as
 * another process would.
 */


#ifndef _NGX_HTTP_WAVEFORGE_TABLE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_TABLE_H_INCLUDED_


#include "ngx_http_waveforge.h"


/*
 * What stands in the configuration: paths that have variables.
 *
 * `running`  jobs of all its stores with threads
 */

struct ngx_http_waveforge_source_s {
    ngx_str_t                     text;
    ngx_array_t                  *parts;
    wfs_store_options             options;
    ngx_http_waveforge_pool_t    *thread_pool;

    ngx_uint_t                    running;
    ngx_rbtree_t                  tree;
    ngx_rbtree_node_t             sentinel;
};


/*
 * `max`      how many are open in a worker
 * `idle`     how long one that nobody holds stays open
 * `open`, `closing`  how many there are
 * `stores`   all of them
 * `resting`  the open ones that nobody holds, the longest first
 */

struct ngx_http_waveforge_table_s {
    ngx_array_t                   sources; /* ngx_http_waveforge_source_t * */
    ngx_uint_t                    max;
    ngx_msec_t                    idle;

    ngx_http_waveforge_worker_t  *worker;
    ngx_uint_t                    open;
    ngx_uint_t                    closing;
    ngx_queue_t                   stores;
    ngx_queue_t                   resting;
    ngx_event_t                   timer;
};


/* While reading the configuration. */
ngx_http_waveforge_table_t *ngx_http_waveforge_table_create(ngx_conf_t *cf);
ngx_http_waveforge_source_t *ngx_http_waveforge_source_add(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf);

/* In a worker. */
void ngx_http_waveforge_table_init(ngx_http_waveforge_table_t *table,
    ngx_http_waveforge_worker_t *worker, ngx_log_t *log);
void ngx_http_waveforge_table_quit(ngx_http_waveforge_table_t *table);
void ngx_http_waveforge_table_close(ngx_http_waveforge_table_t *table);

/* The store of this path, not held yet; NULL if it is not there. */
ngx_http_waveforge_store_t *ngx_http_waveforge_table_find(
    ngx_http_waveforge_source_t *source, ngx_str_t *path);

/*
 * A new one. NGX_BUSY: there are as many as may be, and all are in use;
 * NGX_ERROR.
 */
ngx_int_t ngx_http_waveforge_table_add(ngx_http_waveforge_table_t *table,
    ngx_http_waveforge_source_t *source, ngx_str_t *path,
    ngx_http_waveforge_store_t **ret_store);

/* Somebody holds it again, or nobody any more. */
void ngx_http_waveforge_table_woken(ngx_http_waveforge_store_t *store);
void ngx_http_waveforge_table_rested(ngx_http_waveforge_store_t *store);

/* A job found it gone: whoever asks for its path gets another one. */
void ngx_http_waveforge_table_lost(ngx_http_waveforge_store_t *store);

/* Its last job is over: the store is freed. */
void ngx_http_waveforge_table_closed(ngx_http_waveforge_store_t *store);


#endif /* _NGX_HTTP_WAVEFORGE_TABLE_H_INCLUDED_ */
