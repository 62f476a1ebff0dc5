
/*
 * Paths of stores with variables: each variable's value becomes part of one
 * component, see wf_component.h.
 */


#ifndef _NGX_HTTP_WAVEFORGE_PATH_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_PATH_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* The parts of a path, below the prefix if relative; NULL after a message. */
ngx_array_t *ngx_http_waveforge_path_parse(ngx_conf_t *cf, ngx_str_t *text);

/*
 * The path for this request, ending with a NUL. NGX_DECLINED: a variable is
 * empty, NGX_ABORT: it is too long, NGX_ERROR.
 */
ngx_int_t ngx_http_waveforge_path_get(ngx_http_request_t *r,
    ngx_array_t *parts, ngx_str_t *ret_path);


#endif /* _NGX_HTTP_WAVEFORGE_PATH_H_INCLUDED_ */
