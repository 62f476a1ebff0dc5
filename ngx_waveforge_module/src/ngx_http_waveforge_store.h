
/*
 * Stores: one per constant path of the configuration, and those behind
 * variables while they are in use (table.h). Each is opened in each worker by
 * the first job that needs it, tended and probed by jobs of the worker's own.
 */


#ifndef _NGX_HTTP_WAVEFORGE_STORE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_STORE_H_INCLUDED_


#include "ngx_http_waveforge_lane.h"


typedef struct ngx_http_waveforge_chore_s  ngx_http_waveforge_chore_t;


/* What a commit of this worker has changed. */

typedef struct {
    int64_t                        recordings;
    int64_t                        recording_bytes;
    int64_t                        uploads;
} ngx_http_waveforge_change_t;


/* A first page that was answered, and the generation it was read in. */

typedef struct {
    size_t                         limit;
    wfs_sort                       sort;
    ngx_uint_t                     descending;
    uint64_t                       generation;
    char                          *text;
    size_t                         length;
    char                           etag[WFS_ETAG_BYTES];
} ngx_http_waveforge_page_t;


/*
 * Recordings that are kept open (shelf.h), the one asked for last first, and
 * how many answers are being sent from them.
 */

typedef struct {
    ngx_queue_t                    kept;
    ngx_uint_t                     count;
    ngx_uint_t                     sending;
} ngx_http_waveforge_shelf_t;


/*
 * Under the mutex: `handle`, until when an attempt to open that failed with
 * `failure` is not repeated, whether the worker is quitting, and the `page`
 * (page.h). The rest belongs to the loop.
 *
 * `pool`     what it and its chores are made of
 * `table`    of those that come and go, NULL if it stays; and what is the
 *            table's: where it comes from, its node and queues, since when it
 *            rests
 * `holds`    requests and jobs that have it: as long it is not closed
 * `lane`     its jobs, and how many requests wait for them; of `lanes`
 * `has_pairs`  two chunks are digested at once where they share a thread
 * `chunks`, `appends`   all that are alive, also those nobody waits for any
 *            more
 * `watch`, `appends_watch`  the timers that look after them
 * `limits`   quota and reserve, of all its locations the strictest
 * `stat`     figures as of `as_of` and, by the monotonic clock, `probed`
 * `changes`  counts our own commits: a probe begun before one does not know it
 * `chores`   under way
 * `is_lost`  it cannot be found in the table any more
 */

struct ngx_http_waveforge_store_s {
    ngx_str_t                      path;
    wfs_store_options              options;
    ngx_http_waveforge_pool_t     *thread_pool;
    ngx_http_waveforge_lane_t      lane;
    ngx_http_waveforge_lanes_t    *lanes;
    ngx_uint_t                     has_pairs;

    ngx_thread_mutex_t             mutex;
    wfs_store                     *handle;
    wfs_error                      failure;
    time_t                         retry;
    ngx_uint_t                     is_quitting;
    ngx_http_waveforge_page_t      page;

    ngx_pool_t                    *pool;
    ngx_http_waveforge_table_t    *table;
    ngx_http_waveforge_source_t   *source;
    ngx_str_node_t                 node;
    ngx_queue_t                    queue;
    ngx_queue_t                    idle;
    ngx_msec_t                     rested;
    ngx_uint_t                     holds;

    ngx_http_waveforge_shelf_t     shelf;

    ngx_queue_t                    chunks;
    ngx_event_t                    watch;
    ngx_queue_t                    appends;
    ngx_event_t                    appends_watch;

    wfs_limits                     limits;
    wfs_store_stat                 stat;
    time_t                         as_of;
    ngx_msec_t                     probed;
    ngx_uint_t                     has_stat;
    ngx_uint_t                     changes;

    ngx_http_waveforge_chore_t    *probe;
    ngx_http_waveforge_chore_t    *tend;
    ngx_http_waveforge_chore_t    *quit;
    ngx_http_waveforge_chore_t    *close;
    ngx_uint_t                     chores;
    ngx_uint_t                     is_awake;
    ngx_uint_t                     is_closing;
    ngx_uint_t                     is_lost;
};


/* While reading the configuration: what the location says of its store. */
void ngx_http_waveforge_store_set_options(ngx_http_waveforge_loc_conf_t *wlcf,
    wfs_store_options *options);
ngx_int_t ngx_http_waveforge_store_is_same(wfs_store_options *a,
    wfs_store_options *b);

/*
 * While reading the configuration: the store of this location, the same for
 * the same path. NULL after a message if another location wants other options.
 */
ngx_http_waveforge_store_t *ngx_http_waveforge_store_add(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf);

/* In the master: make missing directories, the workers' own if it is root. */
void ngx_http_waveforge_stores_create(ngx_cycle_t *cycle, ngx_array_t *stores);

ngx_int_t ngx_http_waveforge_stores_init(ngx_cycle_t *cycle,
    ngx_array_t *stores, ngx_http_waveforge_worker_t *worker);
void ngx_http_waveforge_stores_quit(ngx_array_t *stores);
void ngx_http_waveforge_stores_close(ngx_array_t *stores);

/* In a worker: what is not all zero in a store; its chores are not begun. */
ngx_int_t ngx_http_waveforge_store_init(ngx_http_waveforge_store_t *store,
    ngx_pool_t *pool, ngx_http_waveforge_worker_t *worker);

/* At its very end: no thread is left, nor anyone who holds it. */
void ngx_http_waveforge_store_close(ngx_http_waveforge_store_t *store);

/*
 * The store of this request, in its context and held until it ends. What is not
 * NGX_OK is for ngx_http_waveforge_request_refuse_store().
 */
ngx_int_t ngx_http_waveforge_request_take_store(ngx_http_request_t *r);

/* The same to look at right now, or NULL if it is not open. */
ngx_int_t ngx_http_waveforge_request_find_store(ngx_http_request_t *r,
    ngx_http_waveforge_store_t **ret_store);

/* Tell the client why it has none; returns what the handler returns. */
ngx_int_t ngx_http_waveforge_request_refuse_store(ngx_http_request_t *r,
    ngx_int_t rc);

/* On the loop: while one more holds than unholds the store is not closed. */
void ngx_http_waveforge_store_hold(ngx_http_waveforge_store_t *store);
void ngx_http_waveforge_store_unhold(ngx_http_waveforge_store_t *store);

/* What /health says of a store where `reserve` bytes are to be left free. */

typedef enum {
    NGX_HTTP_WAVEFORGE_HEALTHY = 0,
    NGX_HTTP_WAVEFORGE_DEGRADED,
    NGX_HTTP_WAVEFORGE_FAILED
} ngx_http_waveforge_health_e;

ngx_http_waveforge_health_e ngx_http_waveforge_store_health(
    ngx_http_waveforge_store_t *store, uint64_t reserve);

/* No append yet; while there are any, look after them every 20 ms. */
void ngx_http_waveforge_appends_init(ngx_http_waveforge_store_t *store,
    ngx_log_t *log);
void ngx_http_waveforge_appends_watch(ngx_http_waveforge_store_t *store);

/* Keep what all of a store's have, when no thread is left. */
void ngx_http_waveforge_appends_keep(ngx_queue_t *appends);

/* Have the figures follow a commit at once. */
void ngx_http_waveforge_store_count(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_change_t *change);

/*
 * On a thread: the open store, opened now if it was not. Else NULL, and `error`
 * says why; another attempt is made a second later.
 */
wfs_store *ngx_http_waveforge_store_acquire(ngx_http_waveforge_store_t *store,
    wfs_error *error);

/* On a thread: have tending end soon, for another worker to take it over. */
void ngx_http_waveforge_store_quit(ngx_http_waveforge_store_t *store);

/* The begin of `run` of most jobs: NULL has set the job's status. */
wfs_store *ngx_http_waveforge_job_store(ngx_http_waveforge_job_t *job);

ngx_int_t ngx_http_waveforge_chores_create(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_worker_t *worker);
void ngx_http_waveforge_chores_start(ngx_http_waveforge_store_t *store);

/* The worker is told to quit: it is not tended by it any more. */
void ngx_http_waveforge_chores_quit(ngx_http_waveforge_store_t *store);

/* Nobody holds it any more: close it after the chores under way. */
void ngx_http_waveforge_chores_end(ngx_http_waveforge_store_t *store);


#endif /* _NGX_HTTP_WAVEFORGE_STORE_H_INCLUDED_ */
