
/* Which store a request is of. */


#include "ngx_http_waveforge_path.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static ngx_int_t ngx_http_waveforge_request_get_store(ngx_http_request_t *r,
    ngx_http_waveforge_store_t **ret_store);
static void ngx_http_waveforge_request_cleanup(void *data);


/* With the request's last job, or the log, whichever is later. */

ngx_int_t
ngx_http_waveforge_request_take_store(ngx_http_request_t *r)
{
    ngx_int_t                    rc;
    ngx_pool_cleanup_t          *cln;
    ngx_http_waveforge_store_t  *store;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    rc = ngx_http_waveforge_request_get_store(r, &store);

    if (rc != NGX_OK) {
        return rc;
    }

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


static ngx_int_t
ngx_http_waveforge_request_get_store(ngx_http_request_t *r,
    ngx_http_waveforge_store_t **ret_store)
{
    ngx_int_t                       rc;
    ngx_str_t                       path;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    if (wlcf->store) {
        *ret_store = wlcf->store;
        return NGX_OK;
    }

    rc = ngx_http_waveforge_path_get(r, wlcf->source->parts, &path);

    if (rc != NGX_OK) {
        return rc;
    }

    *ret_store = ngx_http_waveforge_table_find(wlcf->source, &path);

    if (*ret_store) {
        return NGX_OK;
    }

    return ngx_http_waveforge_table_add(ngx_http_waveforge_main(r)->table,
                                        wlcf->source, &path, ret_store);
}


ngx_int_t
ngx_http_waveforge_request_refuse_store(ngx_http_request_t *r, ngx_int_t rc)
{
    switch (rc) {

    case NGX_DECLINED:
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NO_STORE, NULL);

    case NGX_ABORT:
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NO_STORE,
                                         "the name of this request's store "
                                         "would be too long");

    case NGX_BUSY:
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         "too many stores are in use");

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
}


ngx_int_t
ngx_http_waveforge_request_find_store(ngx_http_request_t *r,
    ngx_http_waveforge_store_t **ret_store)
{
    ngx_int_t                       rc;
    ngx_str_t                       path;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    *ret_store = wlcf->store;

    if (wlcf->store) {
        return NGX_OK;
    }

    rc = ngx_http_waveforge_path_get(r, wlcf->source->parts, &path);

    if (rc != NGX_OK) {
        return rc;
    }

    *ret_store = ngx_http_waveforge_table_find(wlcf->source, &path);

    return NGX_OK;
}
