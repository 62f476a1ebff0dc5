
/*
 * What a worker keeps open of a store: a few recordings, the one asked for last
 * first.
 *
 * All of it is the loop's. One that is let go is closed by a thread, as soon as
 * nobody sends it any more.
 */


#ifndef _NGX_HTTP_WAVEFORGE_SHELF_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_SHELF_H_INCLUDED_


#include "ngx_http_waveforge_opened.h"
#include "ngx_http_waveforge_store.h"


/*
 * `job`      closes it, and names the store
 * `link`     of the shelf's, while `is_kept`
 * `since`    when it was opened
 * `uses`     requests that send it
 * `opened`   its metadata is released: nobody sends that
 */

typedef struct {
    ngx_http_waveforge_job_t     job;
    ngx_queue_t                  link;
    ngx_uint_t                   is_kept;
    ngx_msec_t                   since;
    ngx_uint_t                   uses;
    ngx_http_waveforge_opened_t  opened;
} ngx_http_waveforge_kept_t;


/*
 * The recording `id`, which is the one asked for last from now on; NULL: it is
 * not there, or has to be looked up anew.
 */
ngx_http_waveforge_kept_t *ngx_http_waveforge_shelf_find(
    ngx_http_waveforge_store_t *store, const char *id);

/* Keep it, in place of an older one if there is no room. */
void ngx_http_waveforge_shelf_insert(ngx_http_waveforge_kept_t *kept);

/* One more request sends it; one less. */
void ngx_http_waveforge_shelf_use(ngx_http_waveforge_kept_t *kept);
void ngx_http_waveforge_shelf_unuse(ngx_http_waveforge_kept_t *kept);

/* Let go what is of no use any more; or everything. */
void ngx_http_waveforge_shelf_look(ngx_http_waveforge_store_t *store);
void ngx_http_waveforge_shelf_drop(ngx_http_waveforge_store_t *store);

/* The store is closed, and nobody else knows it: this may sleep. */
void ngx_http_waveforge_shelf_forget(ngx_http_waveforge_store_t *store);


#endif /* _NGX_HTTP_WAVEFORGE_SHELF_H_INCLUDED_ */
