
/* Headers: those of requests that nginx does not parse; all ours of answers. */


#ifndef _NGX_HTTP_WAVEFORGE_HEADERS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_HEADERS_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* Append a header to the answer; `value` is borrowed until it is sent. */
ngx_int_t ngx_http_waveforge_add_header(ngx_http_request_t *r,
    const char *name, ngx_str_t *value);

ngx_int_t ngx_http_waveforge_add_number(ngx_http_request_t *r,
    const char *name, uint64_t number);

/* The value of a header of the request that nginx does not parse, or NULL. */
ngx_str_t *ngx_http_waveforge_get_header(ngx_http_request_t *r,
    const char *name);

/*
 * The same of a header that is a list: sent in several lines, they are joined.
 * NGX_DECLINED: there is none.
 */
ngx_int_t ngx_http_waveforge_get_list(ngx_http_request_t *r, const char *name,
    ngx_str_t *ret_list);

/* What the client calls this server; NGX_DECLINED: it does not say. */
ngx_int_t ngx_http_waveforge_get_host(ngx_http_request_t *r,
    ngx_str_t *ret_host);

/* Set the strong ETag `text`, without quotes. */
ngx_int_t ngx_http_waveforge_set_etag(ngx_http_request_t *r,
    const char *text, size_t length);

/* Add nosniff and its kin, and Cache-Control by method and ETag. */
ngx_int_t ngx_http_waveforge_add_policy(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_HEADERS_H_INCLUDED_ */
