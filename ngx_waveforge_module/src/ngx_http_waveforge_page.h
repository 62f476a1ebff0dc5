
/*
 * The first page of recordings that was answered last, kept by each worker for
 * each store: people look at it again and again.
 *
 * What a list gives depends on nothing but the generation of the recordings,
 * which every change by any process moves in the change's own transaction. So
 * a page is kept with the generation it was read in, and given again only
 * after the catalogue was asked, and still tells the same.
 */


#ifndef _NGX_HTTP_WAVEFORGE_PAGE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_PAGE_H_INCLUDED_


#include "ngx_http_waveforge_call.h"

#include "wf_list.h"


/* Longer ones are not kept. */

#define NGX_HTTP_WAVEFORGE_PAGE_BYTES  (256 * 1024)


/* On a thread. */

/* Answer with the page kept; 0: there is none, or it is out of date. */
ngx_uint_t ngx_http_waveforge_page_recall(ngx_http_waveforge_call_t *call,
    wfs_store *handle, wf_list *list);

/* Keep the answer of `generation`, if it is such a page. */
void ngx_http_waveforge_page_keep(ngx_http_waveforge_call_t *call,
    wf_list *list, uint64_t generation);

/* The store is closed: opened again it may be another one. */
void ngx_http_waveforge_page_forget(ngx_http_waveforge_store_t *store);


#endif /* _NGX_HTTP_WAVEFORGE_PAGE_H_INCLUDED_ */
