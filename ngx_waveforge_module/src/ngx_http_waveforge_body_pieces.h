
/*
 * What has come of a body, as the pieces that are handed out.
 */


#ifndef _NGX_HTTP_WAVEFORGE_BODY_PIECES_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_BODY_PIECES_H_INCLUDED_


#include "ngx_http_waveforge_body.h"


/*
 * Take as many pieces as there is room for from `next`. NGX_AGAIN: a thread
 * reads them from a file. Otherwise a status to finalise with.
 */
ngx_int_t ngx_http_waveforge_pieces_take(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);

/* They are received, and not before: a body may be looked at and left. */
void ngx_http_waveforge_pieces_count(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);

/* What lay in the buffer has been used: nginx may reuse it. */
void ngx_http_waveforge_pieces_give_back(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);


#endif /* _NGX_HTTP_WAVEFORGE_BODY_PIECES_H_INCLUDED_ */
