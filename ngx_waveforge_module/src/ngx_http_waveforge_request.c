
/* Which store a request is of. */


#include "ngx_http_waveforge_path.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static ngx_int_t ngx_http_waveforge_request_look_up(ngx_http_request_t *r,
    ngx_str_t *ret_path, ngx_http_waveforge_store_t **ret_store);
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


/* The store that is open, or NULL and its path. */

static ngx_int_t
ngx_http_waveforge_request_look_up(ngx_http_request_t *r, ngx_str_t *ret_path,
    ngx_http_waveforge_store_t **ret_store)
{
    ngx_int_t                       rc;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    *ret_store = wlcf->store;

    if (wlcf->store) {
        return NGX_OK;
    }

    rc = ngx_http_waveforge_path_get(r, wlcf->source->parts, ret_path);

    if (rc == NGX_OK) {
        *ret_store = ngx_http_waveforge_table_find(wlcf->source, ret_path);
    }

    return rc;
}


static ngx_int_t
ngx_http_waveforge_request_get_store(ngx_http_request_t *r,
    ngx_http_waveforge_store_t **ret_store)
{
    ngx_int_t  rc;
    ngx_str_t  path;

    rc = ngx_http_waveforge_request_look_up(r, &path, ret_store);

    if (rc != NGX_OK || *ret_store) {
        return rc;
    }

    return ngx_http_waveforge_table_add(ngx_http_waveforge_main(r)->table,
                                        ngx_http_waveforge_conf(r)->source,
                                        &path, ret_store);
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
    ngx_str_t  path;

    return ngx_http_waveforge_request_look_up(r, &path, ret_store);
}
