
/*
 * Which resource a request is for, and what its answer to OPTIONS says.
 */


#ifndef _NGX_HTTP_WAVEFORGE_ROUTER_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_ROUTER_H_INCLUDED_


#include "ngx_http_waveforge.h"


void ngx_http_waveforge_parse_target(ngx_http_request_t *r,
    wf_target *target);

/* The methods of a resource, NULL if it is none that has any. */
ngx_str_t *ngx_http_waveforge_get_allow(wf_resource resource);

/* 204 with Allow. Returns what the request is finalised with. */
ngx_int_t ngx_http_waveforge_send_allow(ngx_http_request_t *r,
    ngx_str_t *allow);


#endif /* _NGX_HTTP_WAVEFORGE_ROUTER_H_INCLUDED_ */
