
/*
 * A body read by the thread that writes it: as long as a client sends faster
 * than its bytes are stored they need no event, no job and no buffer of their
 * own. Once the client has to be waited for the loop goes on (body.h).
 *
 * Only where a body is what comes from the socket: HTTP/1 without TLS, with a
 * length, and no other module that wants to see it.
 */


#ifndef _NGX_HTTP_WAVEFORGE_DRAIN_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_DRAIN_H_INCLUDED_


#include "ngx_http_waveforge_worker.h"


/*
 * `ahead`   what of the body came with the head of the request
 * `rest`    bytes of the body that nobody has read yet
 * `taken`   of them, read by this job
 * `is_over` no more comes: the client has left
 */

typedef struct {
    ngx_socket_t  fd;
    ngx_str_t     ahead;
    off_t         rest;
    off_t         taken;
    unsigned      is_over:1;
} ngx_http_waveforge_drain_t;


/* On the loop: whether a thread may read on from here. */
ngx_uint_t ngx_http_waveforge_drain_prepare(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain);

/*
 * On a thread: the next bytes, at most NGX_HTTP_WAVEFORGE_BUFFER. None:
 * the body is at its end, the client has to be waited for, or has left.
 */
size_t ngx_http_waveforge_drain_read(ngx_http_waveforge_drain_t *drain,
    u_char *buffer);

/*
 * On the loop, after the job: let nginx know what has been read. Unless the
 * rest is wanted the connection closes: its client is in the middle of it.
 */
void ngx_http_waveforge_drain_settle(ngx_http_request_t *r,
    ngx_http_waveforge_drain_t *drain, ngx_uint_t is_wanted);


#endif /* _NGX_HTTP_WAVEFORGE_DRAIN_H_INCLUDED_ */
