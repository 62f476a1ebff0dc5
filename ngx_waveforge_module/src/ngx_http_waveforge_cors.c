
#include "ngx_http_waveforge_cors.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_router.h"


static ngx_str_t  ngx_http_waveforge_cors_any = ngx_string("*");
static ngx_str_t  ngx_http_waveforge_cors_true = ngx_string("true");
static ngx_str_t  ngx_http_waveforge_cors_vary = ngx_string("Origin");
static ngx_str_t  ngx_http_waveforge_cors_exposed = ngx_string(
    "Retry-After, ETag, Content-Range, Content-Disposition, Repr-Digest");
static ngx_str_t  ngx_http_waveforge_cors_exposed_files = ngx_string(
    "Retry-After, ETag, Content-Range, Content-Disposition, Repr-Digest, "
    "Location, Upload-Offset, Upload-Length, Upload-Metadata, "
    "Upload-Defer-Length, Upload-Concat, Upload-Expires, Upload-Complete, "
    "Upload-Limit, Tus-Version, Tus-Resumable, Tus-Max-Size, Tus-Extension, "
    "Tus-Checksum-Algorithm");


static ngx_str_t *ngx_http_waveforge_cors_find(ngx_http_request_t *r);
static ngx_str_t *ngx_http_waveforge_cors_allowed(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_cors_add_vary(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_cors_has_credentials(
    ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_cors_has_certificate(
    ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_cors_is_done(ngx_http_request_t *r);


ngx_uint_t
ngx_http_waveforge_cors_allows(ngx_http_request_t *r)
{
    return ngx_http_waveforge_conf(r)->cors
           && ngx_http_waveforge_get_header(r, "Origin")
           && ngx_http_waveforge_cors_allowed(r);
}


ngx_uint_t
ngx_http_waveforge_cors_trusts(ngx_http_request_t *r)
{
    return ngx_http_waveforge_cors_allows(r)
           && (ngx_http_waveforge_conf(r)->cors->origins.nelts
               || !ngx_http_waveforge_cors_has_credentials(r));
}


static ngx_uint_t
ngx_http_waveforge_cors_has_credentials(ngx_http_request_t *r)
{
    ngx_str_t  *value;

    if (ngx_http_waveforge_get_header(r, "Cookie")
        || ngx_http_waveforge_cors_has_certificate(r))
    {
        return 1;
    }

    value = ngx_http_waveforge_get_header(r, "Authorization");

    /* a browser has no bearer's token of its own: the page has set it */

    return value && (value->len < 7
                     || ngx_strncasecmp(value->data, (u_char *) "bearer ", 7)
                        != 0);
}


/* A browser sends its own for any page, as it does a cookie. */

static ngx_uint_t
ngx_http_waveforge_cors_has_certificate(ngx_http_request_t *r)
{
    ngx_uint_t                  key;
    ngx_str_t                   name = ngx_string("ssl_client_verify");
    ngx_http_variable_value_t  *v;

    key = ngx_hash_key(name.data, name.len);
    v = ngx_http_get_variable(r, &name, key);

    return v && !v->not_found && v->len
           && (v->len != sizeof("NONE") - 1
               || ngx_strncmp(v->data, "NONE", v->len) != 0);
}


/* The Origin as the configuration has it, or NULL. */

static ngx_str_t *
ngx_http_waveforge_cors_find(ngx_http_request_t *r)
{
    ngx_str_t   *origin, *listed;
    ngx_uint_t   i;

    origin = ngx_http_waveforge_get_header(r, "Origin");

    if (origin == NULL) {
        return NULL;
    }

    listed = ngx_http_waveforge_conf(r)->cors->origins.elts;

    for (i = 0; i < ngx_http_waveforge_conf(r)->cors->origins.nelts; i++) {
        if (listed[i].len == origin->len
            && ngx_strncasecmp(listed[i].data, origin->data, origin->len)
               == 0)
        {
            return &listed[i];
        }
    }

    return NULL;
}


/* What Access-Control-Allow-Origin says, or NULL. */

static ngx_str_t *
ngx_http_waveforge_cors_allowed(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_conf(r)->cors->origins.nelts == 0) {
        return &ngx_http_waveforge_cors_any;
    }

    return ngx_http_waveforge_cors_find(r);
}


ngx_int_t
ngx_http_waveforge_cors_add_headers(ngx_http_request_t *r)
{
    ngx_str_t                      *origin, *exposed;
    wf_target                       target;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    if (!wlcf->enable || wlcf->cors == NULL || r != r->main
        || ngx_http_waveforge_cors_is_done(r))
    {
        return NGX_OK;
    }

    ngx_http_waveforge_parse_target(r, &target);

    if (target.resource < WF_RESOURCE_BAD_ID
        && target.resource != WF_RESOURCE_UNKNOWN)
    {
        return NGX_OK;
    }

    if (ngx_http_waveforge_cors_add_vary(r) != NGX_OK) {
        return NGX_ERROR;
    }

    origin = ngx_http_waveforge_cors_allowed(r);

    if (origin == NULL) {
        return NGX_OK;
    }

    if (origin != &ngx_http_waveforge_cors_any
        && ngx_http_waveforge_add_header(r, "Access-Control-Allow-Credentials",
                                         &ngx_http_waveforge_cors_true)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_waveforge_add_header(r, "Access-Control-Allow-Origin", origin)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    exposed = (target.resource == WF_RESOURCE_FILES
               || target.resource == WF_RESOURCE_FILE)
              ? &ngx_http_waveforge_cors_exposed_files
              : &ngx_http_waveforge_cors_exposed;

    return ngx_http_waveforge_add_header(r, "Access-Control-Expose-Headers",
                                         exposed);
}


/* An answer of ours that has become an error (416) comes a second time. */

static ngx_uint_t
ngx_http_waveforge_cors_is_done(ngx_http_request_t *r)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    for (part = &r->headers_out.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].value.data == ngx_http_waveforge_cors_vary.data
                || h[i].value.data == ngx_http_waveforge_cors_any.data)
            {
                return 1;
            }
        }
    }

    return 0;
}


/* Caches keep an answer for each origin, unless it is the same for all. */

static ngx_int_t
ngx_http_waveforge_cors_add_vary(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_conf(r)->cors->origins.nelts == 0) {
        return NGX_OK;
    }

    return ngx_http_waveforge_add_header(r, "Vary",
                                         &ngx_http_waveforge_cors_vary);
}
