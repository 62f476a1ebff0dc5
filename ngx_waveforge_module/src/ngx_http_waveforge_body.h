
/*
 * The body of a request, as it comes: piece by piece, never held whole.
 *
 * The pieces handed out stay where they are until the next call, so that a job
 * may read them meanwhile. Nothing is read from the client during a job.
 */


#ifndef _NGX_HTTP_WAVEFORGE_BODY_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_BODY_H_INCLUDED_


#include "ngx_http_waveforge.h"


#define NGX_HTTP_WAVEFORGE_PIECES  32


typedef void (*ngx_http_waveforge_body_pt)(ngx_http_request_t *r);


/*
 * `credit`      milliseconds, see body_rate.h; `waited` and `seen` since and at
 *               the last tick of `timer`
 * `since`       when waiting began
 */

typedef struct {
    ngx_event_t                  timer;
    ngx_http_request_t          *request;
    off_t                        credit;
    off_t                        seen;
    ngx_msec_t                   since;
    ngx_msec_t                   waited;
    unsigned                     is_waiting:1;
    unsigned                     is_slow:1;
} ngx_http_waveforge_rate_t;


/*
 * `handler`  called when more may be there
 * `pieces`   what ngx_http_waveforge_body_next() has handed out
 * `is_last`  nothing comes after them
 * `is_read`  another module has read the body before us: it stays untouched,
 *            `next` is where we are in it
 * `is_hasty` whatever is there is wanted at once
 * `file`     the job and the memory for a body that lies in a file
 */

struct ngx_http_waveforge_body_s {
    ngx_http_waveforge_body_pt   handler;

    ngx_str_t                    pieces[NGX_HTTP_WAVEFORGE_PIECES];
    ngx_uint_t                   npieces;

    ngx_chain_t                 *taken;
    ngx_chain_t                 *next;
    ngx_http_waveforge_job_t    *file;
    ngx_http_waveforge_rate_t    rate;

    unsigned                     is_last:1;
    unsigned                     is_read:1;
    unsigned                     is_hasty:1;
};


/*
 * Begin reading; `handler` is called from here, or later. From then on only
 * `handler` finalises the request. Returns what a content handler returns.
 */
ngx_int_t ngx_http_waveforge_body_start(ngx_http_request_t *r,
    ngx_http_waveforge_body_pt handler);

/*
 * The next pieces. NGX_OK: they are there. NGX_AGAIN: `handler` will be called.
 * NGX_DONE: the body is at its end. Otherwise a status to finalise with.
 */
ngx_int_t ngx_http_waveforge_body_next(ngx_http_request_t *r);

/*
 * After ngx_http_waveforge_body_next() has failed: what had come until then and
 * was not handed out, in pieces as there. Returns how many, 0: none.
 */
ngx_uint_t ngx_http_waveforge_body_rest(ngx_http_request_t *r);

/* Whether nothing is done but waiting for the client. */
ngx_uint_t ngx_http_waveforge_body_is_waiting(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_BODY_H_INCLUDED_ */
