
/*
 * waveforge_metrics: a location that answers with figures, from memory.
 */


#include "ngx_http_waveforge_metrics_answer.h"
#include "ngx_http_waveforge_response.h"


#define NGX_HTTP_WAVEFORGE_METRICS_TYPE                                       \
    "text/plain; version=0.0.4; charset=utf-8"


static ngx_int_t ngx_http_waveforge_metrics_refuse_method(
    ngx_http_request_t *r);


char *
ngx_http_waveforge_set_metrics(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    ngx_http_core_loc_conf_t  *clcf;

    if (wlcf->metrics) {
        return "is duplicate";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler) {
        return "is of no use with another content handler";
    }

    wlcf->metrics = 1;
    clcf->handler = ngx_http_waveforge_metrics_handler;

    return ngx_http_waveforge_metrics_add_zone(cf) == NGX_OK ? NGX_CONF_OK
                                                             : NGX_CONF_ERROR;
}


ngx_int_t
ngx_http_waveforge_metrics_handler(ngx_http_request_t *r)
{
    wf_metrics                 metrics = WF_METRICS_INIT;
    ngx_str_t                  text;
    ngx_http_waveforge_ctx_t  *ctx;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_waveforge_metrics_refuse_method(r);
    }

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_ctx_t));
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_set_ctx(r, ctx, ngx_http_waveforge_module);

    ngx_http_waveforge_put_worker_metrics(r, &metrics);
    ngx_http_waveforge_put_store_metrics(r, &metrics);

    text.len = metrics.length;
    text.data = wf_metrics_is_whole(&metrics)
                ? ngx_pnalloc(r->pool, metrics.length) : NULL;

    if (text.data) {
        ngx_memcpy(text.data, metrics.text, metrics.length);
    }

    wf_metrics_release(&metrics);

    if (text.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send(r, NGX_HTTP_OK,
                                   NGX_HTTP_WAVEFORGE_METRICS_TYPE, &text);
}


/* The page of it is nginx's own: nothing here is of the API. */

static ngx_int_t
ngx_http_waveforge_metrics_refuse_method(ngx_http_request_t *r)
{
    ngx_str_t  allow = ngx_string("GET, HEAD");

    if (ngx_http_waveforge_add_header(r, "Allow", &allow) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_HTTP_NOT_ALLOWED;
}
