
/* Which store a request is of. */


#include "ngx_http_waveforge_store.h"


static void ngx_http_waveforge_request_cleanup(void *data);


/* With the request's last job, or the log, whichever is later. */

ngx_int_t
ngx_http_waveforge_request_take_store(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t          *cln;
    ngx_http_waveforge_store_t  *store;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    store = ngx_http_waveforge_conf(r)->store;

    ngx_http_waveforge_store_hold(store);

    cln->handler = ngx_http_waveforge_request_cleanup;
    cln->data = store;

    ngx_http_waveforge_ctx(r)->store = store;

    return NGX_OK;
}


static void
ngx_http_waveforge_request_cleanup(void *data)
{
    ngx_http_waveforge_store_t *store = data;

    ngx_http_waveforge_store_unhold(store);
}


ngx_http_waveforge_store_t *
ngx_http_waveforge_request_find_store(ngx_http_request_t *r)
{
    return ngx_http_waveforge_conf(r)->store;
}
