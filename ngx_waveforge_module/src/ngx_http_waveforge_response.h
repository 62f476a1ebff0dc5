
/*
 * Answers: JSON of ours, and what every answer of ours has.
 */


#ifndef _NGX_HTTP_WAVEFORGE_RESPONSE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_RESPONSE_H_INCLUDED_


#include "ngx_http_waveforge_headers.h"


/*
 * Before an answer: the policy, and what becomes of a body that was not read.
 * A refusal sends no 100 Continue.
 */
ngx_int_t ngx_http_waveforge_prepare(ngx_http_request_t *r);

/*
 * Send `text` with `status`. `text` must live as long as the request. Returns
 * what a content handler returns or the request is finalised with.
 */
ngx_int_t ngx_http_waveforge_send(ngx_http_request_t *r, ngx_uint_t status,
    const char *content_type, ngx_str_t *text);

/* Send `json`, copied; released in any case. The first sends 200. */
ngx_int_t ngx_http_waveforge_send_json(ngx_http_request_t *r, wf_json *json);
ngx_int_t ngx_http_waveforge_send_json_status(ngx_http_request_t *r,
    ngx_uint_t status, wf_json *json);

/* Copy `json` into the request's pool; released in any case. */
ngx_int_t ngx_http_waveforge_keep_json(ngx_http_request_t *r, wf_json *json,
    ngx_str_t *ret_text);

/* 2024-01-15T14:04:56Z, and its zero, into `text`. */
#define NGX_HTTP_WAVEFORGE_TIME_BYTES  sizeof("2024-01-15T14:04:56Z")
void ngx_http_waveforge_format_time(time_t t,
    u_char text[NGX_HTTP_WAVEFORGE_TIME_BYTES]);


#endif /* _NGX_HTTP_WAVEFORGE_RESPONSE_H_INCLUDED_ */
