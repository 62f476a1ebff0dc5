
/*
 * From the path to the handler of its resource: 404, 405, OPTIONS and the rule
 * of origin are decided here.
 */


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_origin.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_router.h"
#include "ngx_http_waveforge_store.h"


#define NGX_HTTP_WAVEFORGE_READING  (NGX_HTTP_GET|NGX_HTTP_HEAD)
#define NGX_HTTP_WAVEFORGE_ANY      (~(ngx_uint_t) 0)


typedef struct {
    ngx_http_handler_pt   handler;
    ngx_uint_t            methods;
    ngx_str_t             allow;
} ngx_http_waveforge_route_t;


/* In the order of wf_resource, from WF_RESOURCE_CHUNK. */

static ngx_http_waveforge_route_t  ngx_http_waveforge_routes[] = {

    { ngx_http_waveforge_chunk_handler, NGX_HTTP_POST,
      ngx_string("POST, OPTIONS") },

    { ngx_http_waveforge_upload_handler,
      NGX_HTTP_WAVEFORGE_READING|NGX_HTTP_DELETE,
      ngx_string("GET, HEAD, DELETE, OPTIONS") },

    { ngx_http_waveforge_prefix_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_uploads_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_complete_handler, NGX_HTTP_POST,
      ngx_string("POST, OPTIONS") },

    { ngx_http_waveforge_recordings_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_recording_handler,
      NGX_HTTP_WAVEFORGE_READING|NGX_HTTP_PATCH|NGX_HTTP_DELETE,
      ngx_string("GET, HEAD, PATCH, DELETE, OPTIONS") },

    { ngx_http_waveforge_audio_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_audio_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_health_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_live_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    { ngx_http_waveforge_config_handler, NGX_HTTP_WAVEFORGE_READING,
      ngx_string("GET, HEAD, OPTIONS") },

    /* methods, OPTIONS and the origin are their dialects' own */

    { ngx_http_waveforge_files_handler, NGX_HTTP_WAVEFORGE_ANY,
      ngx_string("POST, OPTIONS") },

    { ngx_http_waveforge_files_handler, NGX_HTTP_WAVEFORGE_ANY,
      ngx_string("GET, HEAD, PATCH, DELETE, OPTIONS") },
};


static ngx_int_t ngx_http_waveforge_dispatch(ngx_http_request_t *r,
    wf_target *target);
static ngx_int_t ngx_http_waveforge_serve(ngx_http_request_t *r,
    ngx_http_waveforge_route_t *route);
static ngx_uint_t ngx_http_waveforge_needs_store(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_refuse_method(ngx_http_request_t *r,
    ngx_str_t *allow);


ngx_int_t
ngx_http_waveforge_handler(ngx_http_request_t *r)
{
    wf_target                  target;
    ngx_http_waveforge_ctx_t  *ctx;

    if (!ngx_http_waveforge_conf(r)->enable) {
        return NGX_DECLINED;
    }

    ngx_http_waveforge_parse_target(r, &target);

    if (target.resource == WF_RESOURCE_NONE
        && (r->method & NGX_HTTP_WAVEFORGE_READING))
    {
        return NGX_DECLINED;
    }

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_ctx_t));
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->target = target;
    ngx_http_set_ctx(r, ctx, ngx_http_waveforge_module);

    /* this handler is no clcf->handler: nobody else has taken it off */

    r->write_event_handler = ngx_http_request_empty_handler;

    return ngx_http_waveforge_dispatch(r, &ctx->target);
}


void
ngx_http_waveforge_parse_target(ngx_http_request_t *r, wf_target *target)
{
    ngx_str_t  path;

    target->resource = WF_RESOURCE_NONE;

    if (ngx_http_waveforge_get_path(r, &path) == NGX_OK) {
        wf_target_parse((char *) path.data, path.len, target);
    }
}


ngx_int_t
ngx_http_waveforge_get_path(ngx_http_request_t *r, ngx_str_t *ret_path)
{
    u_char     *path;
    size_t      length;
    ngx_str_t  *base;

    base = &ngx_http_waveforge_conf(r)->base;

    if (r->uri.len < base->len
        || ngx_strncmp(r->uri.data, base->data, base->len) != 0)
    {
        return NGX_DECLINED;
    }

    path = r->uri.data + base->len;
    length = r->uri.len - base->len;

    if (base->len == 0 || base->data[base->len - 1] != '/') {

        if (length == 0 || path[0] != '/') {
            return NGX_DECLINED;
        }

        path++;
        length--;
    }

    ret_path->data = path;
    ret_path->len = length;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_dispatch(ngx_http_request_t *r, wf_target *target)
{
    ngx_http_waveforge_route_t  *route;

    if (target->resource < WF_RESOURCE_CHUNK) {
        return ngx_http_waveforge_refuse(r,
                                         target->resource == WF_RESOURCE_BAD_ID
                                         ? NGX_HTTP_WAVEFORGE_INVALID_ID
                                         : NGX_HTTP_WAVEFORGE_NOT_FOUND, NULL);
    }

    route = &ngx_http_waveforge_routes[target->resource - WF_RESOURCE_CHUNK];

    if (route->methods == NGX_HTTP_WAVEFORGE_ANY) {
        return ngx_http_waveforge_serve(r, route);
    }

    if (r->method == NGX_HTTP_OPTIONS) {
        return ngx_http_waveforge_send_allow(r, &route->allow);
    }

    if (!(r->method & route->methods)) {
        return ngx_http_waveforge_refuse_method(r, &route->allow);
    }

    /* a chunk's syntax comes before the origin: its handler asks itself */

    if (target->resource != WF_RESOURCE_CHUNK
        && !(r->method & NGX_HTTP_WAVEFORGE_READING)
        && !ngx_http_waveforge_is_origin_allowed(r))
    {
        return ngx_http_waveforge_refuse(r,
                                         NGX_HTTP_WAVEFORGE_FORBIDDEN_ORIGIN,
                                         NULL);
    }

    return ngx_http_waveforge_serve(r, route);
}


static ngx_int_t
ngx_http_waveforge_serve(ngx_http_request_t *r,
    ngx_http_waveforge_route_t *route)
{
    ngx_int_t  rc;

    if (ngx_http_waveforge_needs_store(r)) {

        rc = ngx_http_waveforge_request_take_store(r);

        if (rc != NGX_OK) {
            return ngx_http_waveforge_request_refuse_store(r, rc);
        }
    }

    return route->handler(r);
}


/* What answers while every disk thread is stuck only looks at it, if at all. */

static ngx_uint_t
ngx_http_waveforge_needs_store(ngx_http_request_t *r)
{
    wf_resource  resource;

    resource = ngx_http_waveforge_ctx(r)->target.resource;

    return r->method != NGX_HTTP_OPTIONS
           && resource != WF_RESOURCE_HEALTH
           && resource != WF_RESOURCE_LIVE
           && resource != WF_RESOURCE_CONFIG;
}


static ngx_int_t
ngx_http_waveforge_refuse_method(ngx_http_request_t *r, ngx_str_t *allow)
{
    if (ngx_http_waveforge_add_header(r, "Allow", allow) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_METHOD_NOT_ALLOWED,
                                     NULL);
}


ngx_str_t *
ngx_http_waveforge_get_allow(wf_resource resource)
{
    if (resource < WF_RESOURCE_CHUNK) {
        return NULL;
    }

    return &ngx_http_waveforge_routes[resource - WF_RESOURCE_CHUNK].allow;
}


ngx_int_t
ngx_http_waveforge_send_allow(ngx_http_request_t *r, ngx_str_t *allow)
{
    if (ngx_http_waveforge_add_header(r, "Allow", allow) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_waveforge_prepare(r) != NGX_OK) {
        return NGX_ERROR;
    }

    r->headers_out.status = NGX_HTTP_NO_CONTENT;
    r->header_only = 1;

    return ngx_http_send_header(r);
}
