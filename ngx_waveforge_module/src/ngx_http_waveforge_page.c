
/*
 * The first page of recordings that was answered last.
 */


#include "ngx_http_waveforge_page.h"


static ngx_uint_t
ngx_http_waveforge_page_is_first(wf_list *list)
{
    return !list->has_cursor && list->q[0] == '\0';
}


static ngx_uint_t
ngx_http_waveforge_page_is(ngx_http_waveforge_page_t *page, wf_list *list,
    uint64_t generation)
{
    return page->text
           && page->generation == generation
           && page->limit == list->limit
           && page->sort == list->sort
           && page->descending == (ngx_uint_t) list->descending;
}


ngx_uint_t
ngx_http_waveforge_page_recall(ngx_http_waveforge_call_t *call,
    wfs_store *handle, wf_list *list)
{
    uint64_t                     generation;
    ngx_http_waveforge_page_t   *page;
    ngx_http_waveforge_store_t  *store;

    store = call->job.store;
    page = &store->page;

    if (!ngx_http_waveforge_page_is_first(list)
        || wfs_store_get_generation(handle, &generation, NULL) != WFS_OK)
    {
        return 0;
    }

    (void) ngx_thread_mutex_lock(&store->mutex, ngx_cycle->log);

    if (ngx_http_waveforge_page_is(page, list, generation)) {
        wf_json_raw(&call->json, page->text, page->length);
        ngx_memcpy(call->etag, page->etag, sizeof(call->etag));
    }

    (void) ngx_thread_mutex_unlock(&store->mutex, ngx_cycle->log);

    return call->json.length > 0;
}


void
ngx_http_waveforge_page_keep(ngx_http_waveforge_call_t *call, wf_list *list,
    uint64_t generation)
{
    char                       *former;
    ngx_http_waveforge_page_t   page;

    if (!ngx_http_waveforge_page_is_first(list)
        || !wf_json_is_whole(&call->json)
        || call->etag[0] == '\0'
        || call->json.length > NGX_HTTP_WAVEFORGE_PAGE_BYTES)
    {
        return;
    }

    page.limit = list->limit;
    page.sort = list->sort;
    page.descending = list->descending;
    page.generation = generation;
    page.length = call->json.length;
    page.text = malloc(page.length);

    if (page.text == NULL) {
        return;
    }

    ngx_memcpy(page.text, call->json.text, page.length);
    ngx_memcpy(page.etag, call->etag, sizeof(page.etag));

    (void) ngx_thread_mutex_lock(&call->job.store->mutex, ngx_cycle->log);

    former = call->job.store->page.text;
    call->job.store->page = page;

    (void) ngx_thread_mutex_unlock(&call->job.store->mutex, ngx_cycle->log);

    free(former);
}


/* No other thread knows the store any more. */

void
ngx_http_waveforge_page_forget(ngx_http_waveforge_store_t *store)
{
    free(store->page.text);
    store->page.text = NULL;
}
