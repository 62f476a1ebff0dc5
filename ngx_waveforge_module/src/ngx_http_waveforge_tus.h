
/*
 * tus 1.0.0: resumable uploads, https://tus.io/protocols/resumable-upload.
 *
 *     tus.c         version, OPTIONS, and which handler a request goes to
 *     tus_head.c    HEAD
 */


#ifndef _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_


#include "ngx_http_waveforge_files.h"


ngx_int_t ngx_http_waveforge_tus_head_handler(ngx_http_request_t *r);


/* Append a header with a number, or with an HTTP date, to the answer. */
ngx_int_t ngx_http_waveforge_tus_add_number(ngx_http_request_t *r,
    const char *name, uint64_t number);
ngx_int_t ngx_http_waveforge_tus_add_time(ngx_http_request_t *r,
    const char *name, int64_t unix_ms);


#endif /* _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_ */
