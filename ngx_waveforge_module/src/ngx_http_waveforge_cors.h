
/*
 * Cross-origin resource sharing: what pages of other sites may do and read.
 */


#ifndef _NGX_HTTP_WAVEFORGE_CORS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CORS_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* `origins`  in lower case, ngx_str_t; empty: any */

struct ngx_http_waveforge_cors_s {
    ngx_array_t  origins;
};


/*
 * Whether the page that sends this may change something. Where any may, none
 * may do so with what a browser adds by itself: cookies and passwords.
 */
ngx_uint_t ngx_http_waveforge_cors_trusts(ngx_http_request_t *r);

/* Whether the page that sends this may read what is answered. */
ngx_uint_t ngx_http_waveforge_cors_allows(ngx_http_request_t *r);

/* To every answer of a resource of ours, nginx's own errors among them. */
ngx_int_t ngx_http_waveforge_cors_add_headers(ngx_http_request_t *r);

/*
 * Of the preaccess phase: answers what a browser asks without credentials and
 * before the request itself, so that neither limits nor authentication see it.
 */
ngx_int_t ngx_http_waveforge_preflight_handler(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_CORS_H_INCLUDED_ */
