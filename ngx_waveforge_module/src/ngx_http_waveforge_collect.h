
/*
 * A small body, whole: for JSON and forms, up to a limit.
 */


#ifndef _NGX_HTTP_WAVEFORGE_COLLECT_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_COLLECT_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* Room for 64 KiB of metadata with every byte written as \u00XX, and more. */
#define NGX_HTTP_WAVEFORGE_BODY_BYTES  (512 * 1024)


typedef void (*ngx_http_waveforge_collect_pt)(ngx_http_request_t *r,
    ngx_str_t *text);


/*
 * From a content handler: read the body and call `handler` with it, which then
 * finalises the request. Returns what the handler returns. A body that is too
 * large or fails is answered here.
 */
ngx_int_t ngx_http_waveforge_collect(ngx_http_request_t *r,
    ngx_http_waveforge_collect_pt handler);


#endif /* _NGX_HTTP_WAVEFORGE_COLLECT_H_INCLUDED_ */
