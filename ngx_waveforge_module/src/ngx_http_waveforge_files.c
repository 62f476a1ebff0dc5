
/*
 * /files/ and /files/{id}: which dialect a request speaks, which method it
 * means, and what both dialects answer alike.
 */


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_origin.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"


#define NGX_HTTP_WAVEFORGE_HARMLESS                                           \
    (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_OPTIONS)

#define NGX_HTTP_WAVEFORGE_OF_FILES  (NGX_HTTP_POST|NGX_HTTP_OPTIONS)

#define NGX_HTTP_WAVEFORGE_OF_FILE                                            \
    (NGX_HTTP_WAVEFORGE_HARMLESS|NGX_HTTP_PATCH|NGX_HTTP_DELETE)


static ngx_uint_t ngx_http_waveforge_is_below_files(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_files_is_on(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_files_get_method(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_files_has_method(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_files_refuse_method(
    ngx_http_request_t *r);


static ngx_str_t  ngx_http_waveforge_files_allow =
    ngx_string("POST, OPTIONS");
static ngx_str_t  ngx_http_waveforge_file_allow =
    ngx_string("GET, HEAD, PATCH, DELETE, OPTIONS");


static const struct {
    ngx_str_t   name;
    ngx_uint_t  method;
} ngx_http_waveforge_methods[] = {
    { ngx_string("GET"), NGX_HTTP_GET },
    { ngx_string("HEAD"), NGX_HTTP_HEAD },
    { ngx_string("POST"), NGX_HTTP_POST },
    { ngx_string("PATCH"), NGX_HTTP_PATCH },
    { ngx_string("DELETE"), NGX_HTTP_DELETE },
    { ngx_string("OPTIONS"), NGX_HTTP_OPTIONS },
    { ngx_null_string, 0 }
};


ngx_int_t
ngx_http_waveforge_files_handler(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    if (!ngx_http_waveforge_files_is_on(r)) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NOT_FOUND,
                                         NULL);
    }

    ctx->method = ngx_http_waveforge_files_get_method(r);

    if (!ngx_http_waveforge_files_has_method(r)) {
        return ngx_http_waveforge_files_refuse_method(r);
    }

    if (!(ctx->method & NGX_HTTP_WAVEFORGE_HARMLESS)
        && !ngx_http_waveforge_is_origin_allowed(r))
    {
        return ngx_http_waveforge_refuse(r,
                                         NGX_HTTP_WAVEFORGE_FORBIDDEN_ORIGIN,
                                         NULL);
    }

    if (ctx->method == NGX_HTTP_OPTIONS) {
        return ngx_http_waveforge_files_options(r);
    }

    if (ngx_http_waveforge_dialect(r) == NGX_HTTP_WAVEFORGE_RUFH) {
        return ngx_http_waveforge_rufh_handler(r);
    }

    if (ctx->method == NGX_HTTP_GET) {
        return ngx_http_waveforge_audio_handler(r);
    }

    return ngx_http_waveforge_tus_handler(r);
}


ngx_http_waveforge_dialect_e
ngx_http_waveforge_dialect(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_is_below_files(r)) {
        return NGX_HTTP_WAVEFORGE_NO_DIALECT;
    }

    if (ngx_http_waveforge_get_header(r, "Upload-Draft-Interop-Version")
        || ngx_http_waveforge_get_header(r, "Upload-Complete")
        || ngx_http_waveforge_has_type(r, "application/partial-upload"))
    {
        return NGX_HTTP_WAVEFORGE_RUFH;
    }

    return NGX_HTTP_WAVEFORGE_TUS;
}


static ngx_uint_t
ngx_http_waveforge_is_below_files(ngx_http_request_t *r)
{
    ngx_str_t  path;

    return ngx_http_waveforge_conf(r)->enable
           && ngx_http_waveforge_get_path(r, &path) == NGX_OK
           && path.len >= 5
           && ngx_strncmp(path.data, "files", 5) == 0
           && (path.len == 5 || path.data[5] == '/');
}


/*
 * What a client asks before it knows of dialects, and GET without one, is there
 * while one of them is.
 */

static ngx_uint_t
ngx_http_waveforge_files_is_on(ngx_http_request_t *r)
{
    ngx_uint_t                      is_rufh;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    is_rufh = (ngx_http_waveforge_dialect(r) == NGX_HTTP_WAVEFORGE_RUFH);

    if ((r->method & (NGX_HTTP_GET|NGX_HTTP_OPTIONS)) && wlcf->rufh) {
        return 1;
    }

    return is_rufh ? wlcf->rufh : wlcf->tus;
}


/*
 * X-HTTP-Method-Override is for clients that can only POST. What only reads may
 * not be turned into what changes something: rules for methods in front of us
 * (limit_except) know the method of the request line. OPTIONS stays what it is,
 * as it has no store.
 */

static ngx_uint_t
ngx_http_waveforge_files_get_method(ngx_http_request_t *r)
{
    ngx_str_t   *value;
    ngx_uint_t   i, method;

    value = ngx_http_waveforge_get_header(r, "X-HTTP-Method-Override");

    if (value == NULL || r->method == NGX_HTTP_OPTIONS
        || ngx_http_waveforge_dialect(r) != NGX_HTTP_WAVEFORGE_TUS)
    {
        return r->method;
    }

    for (i = 0; ngx_http_waveforge_methods[i].method; i++) {
        if (value->len == ngx_http_waveforge_methods[i].name.len
            && ngx_strncasecmp(value->data,
                               ngx_http_waveforge_methods[i].name.data,
                               value->len) == 0)
        {
            break;
        }
    }

    method = ngx_http_waveforge_methods[i].method;

    if (r->method == NGX_HTTP_POST || (method & NGX_HTTP_WAVEFORGE_HARMLESS)) {
        return method;
    }

    return r->method;
}


static ngx_uint_t
ngx_http_waveforge_files_has_method(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    return ctx->method & (ctx->target.resource == WF_RESOURCE_FILES
                          ? NGX_HTTP_WAVEFORGE_OF_FILES
                          : NGX_HTTP_WAVEFORGE_OF_FILE);
}


ngx_str_t *
ngx_http_waveforge_files_get_allow(ngx_http_request_t *r)
{
    return ngx_http_waveforge_ctx(r)->target.resource == WF_RESOURCE_FILES
           ? &ngx_http_waveforge_files_allow
           : &ngx_http_waveforge_file_allow;
}


static ngx_int_t
ngx_http_waveforge_files_refuse_method(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_add_header(r, "Allow",
                                      ngx_http_waveforge_files_get_allow(r))
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_METHOD_NOT_ALLOWED,
                                     NULL);
}


ngx_int_t
ngx_http_waveforge_files_send(ngx_http_request_t *r, ngx_uint_t status)
{
    ngx_str_t  none = ngx_null_string;

    return ngx_http_waveforge_send(r, status, "", &none);
}
