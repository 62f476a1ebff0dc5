
/*
 * The two halves of the answer: what the workers do, and what the stores are.
 */


#ifndef _NGX_HTTP_WAVEFORGE_METRICS_ANSWER_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_METRICS_ANSWER_H_INCLUDED_


#include "ngx_http_waveforge_metrics.h"

#include "wf_metrics.h"


void ngx_http_waveforge_put_worker_metrics(ngx_http_request_t *r,
    wf_metrics *metrics);
void ngx_http_waveforge_put_store_metrics(ngx_http_request_t *r,
    wf_metrics *metrics);


#endif /* _NGX_HTTP_WAVEFORGE_METRICS_ANSWER_H_INCLUDED_ */
