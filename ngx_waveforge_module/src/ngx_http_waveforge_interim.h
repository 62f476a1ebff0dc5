
/*
 * Interim responses: 104 (Upload Resumption Supported), which nginx knows
 * nothing of.
 */


#ifndef _NGX_HTTP_WAVEFORGE_INTERIM_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_INTERIM_H_INCLUDED_


#include "ngx_http_waveforge.h"


/*
 * Send `text`, an interim response as a whole, which is copied: into memory of
 * the request that the next one uses again. NGX_DECLINED: this connection has
 * none, or something else waits to be sent. What the client does not take at
 * once goes before all that follows.
 */
ngx_int_t ngx_http_waveforge_interim_send(ngx_http_request_t *r,
    ngx_str_t *text);

/* The write event handler while a body is read: send what is left of it. */
void ngx_http_waveforge_interim_flush(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_INTERIM_H_INCLUDED_ */
