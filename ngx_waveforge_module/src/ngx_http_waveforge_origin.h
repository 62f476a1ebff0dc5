
/*
 * Which pages may change something: those of this site, and of sites that
 * waveforge_cors allows.
 */


#ifndef _NGX_HTTP_WAVEFORGE_ORIGIN_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_ORIGIN_H_INCLUDED_


#include "ngx_http_waveforge.h"


ngx_uint_t ngx_http_waveforge_is_origin_allowed(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_ORIGIN_H_INCLUDED_ */
