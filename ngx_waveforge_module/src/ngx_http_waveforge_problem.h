
/*
 * Refusals: application/problem+json (RFC 9457).
 */


#ifndef _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_


#include "ngx_http_waveforge_problems.h"


/*
 * Send the problem. `detail` is a sentence for the client, NULL or "" for the
 * one of the table. Returns what the request is finalised with.
 */
ngx_int_t ngx_http_waveforge_refuse(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail);

/* The same with more members of the body. */
ngx_int_t ngx_http_waveforge_refuse_more(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail,
    const wf_json *members);

/*
 * The same for a call of the library that failed; logged here, once.
 * `members`, if not empty, are more members of the body.
 */
ngx_int_t ngx_http_waveforge_refuse_status(ngx_http_request_t *r,
    wfs_status status, const wfs_error *error, const wf_json *members);

/* The body for a status that nginx itself answers with; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_waveforge_describe(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *ret_text);


#define NGX_HTTP_WAVEFORGE_PROBLEM_TYPE  "application/problem+json"


#endif /* _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_ */
