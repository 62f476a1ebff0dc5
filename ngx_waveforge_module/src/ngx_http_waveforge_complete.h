
/*
 * POST /recording/complete: one job, for which its client does not wait without
 * end. After 10 s it hears 202 and may ask again; the work goes on without it.
 *
 * Who asks for what this worker is completing already takes no thread: it waits
 * for the outcome, and then asks on its own, which finds the recording, or does
 * the work again that has failed.
 */


#ifndef _NGX_HTTP_WAVEFORGE_COMPLETE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_COMPLETE_H_INCLUDED_


#include "ngx_http_waveforge_call.h"

#include "wf_complete.h"


typedef enum {
    NGX_HTTP_WAVEFORGE_COMPLETE_ALONE = 0,
    NGX_HTTP_WAVEFORGE_COMPLETE_WORKS,
    NGX_HTTP_WAVEFORGE_COMPLETE_JOINED
} ngx_http_waveforge_complete_e;


typedef struct ngx_http_waveforge_complete_s  ngx_http_waveforge_complete_t;


/*
 * `link`     of those that work in this worker, or of those that joined `other`
 * `joined`   who waits for this one
 * `patience` the timer of its client
 * `progress` in 65536ths, by the thread
 * `has_told` the library was at it, or at somebody else's work
 */

struct ngx_http_waveforge_complete_s {
    ngx_http_waveforge_call_t        call;
    wf_complete                      complete;
    wfs_limits                       limits;

    ngx_http_waveforge_complete_e    state;
    ngx_queue_t                      link;
    ngx_queue_t                      joined;
    ngx_http_waveforge_complete_t   *other;
    ngx_event_t                      patience;

    ngx_atomic_t                     progress;
    ngx_uint_t                       has_told;
};


/* Work, or join who works at it already; the request is finalised after it. */
void ngx_http_waveforge_complete_start(ngx_http_waveforge_complete_t *complete);

/* `release` of the job. */
void ngx_http_waveforge_complete_release(ngx_http_waveforge_job_t *job);


#endif /* _NGX_HTTP_WAVEFORGE_COMPLETE_H_INCLUDED_ */
