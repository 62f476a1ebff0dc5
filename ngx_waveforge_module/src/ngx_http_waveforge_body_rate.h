
/*
 * How fast a body comes. A client that holds a request open and sends less than
 * waveforge_min_rate is ended.
 *
 * It has a credit of time: ten seconds at first. Waiting for it uses the credit
 * up, what it sends restores it, a second for as many bytes as the rate asks of
 * one, up to a minute. Time in which nobody waits for it, since a job has what
 * came, does not count.
 */


#ifndef _NGX_HTTP_WAVEFORGE_BODY_RATE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_BODY_RATE_H_INCLUDED_


#include "ngx_http_waveforge_body.h"


/*
 * The client is waited for, or not any more. _wait returns NGX_AGAIN, or a
 * status to finalise with.
 */
ngx_int_t ngx_http_waveforge_rate_wait(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);
void ngx_http_waveforge_rate_resume(ngx_http_waveforge_body_t *body);


#endif /* _NGX_HTTP_WAVEFORGE_BODY_RATE_H_INCLUDED_ */
