
/*
 * Refusing what a JSON body or a list's query says, and bodies of other types.
 */


#ifndef _NGX_HTTP_WAVEFORGE_REFUSALS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_REFUSALS_H_INCLUDED_


#include "ngx_http_waveforge_problem.h"

#include "wf_value.h"


/* Whether the Content-Type is `type`, whatever its parameters. */
ngx_uint_t ngx_http_waveforge_has_type(ngx_http_request_t *r,
    const char *type);

/* Whether the body has a Content-Encoding. */
ngx_uint_t ngx_http_waveforge_is_encoded(ngx_http_request_t *r);

ngx_int_t ngx_http_waveforge_refuse_request(ngx_http_request_t *r,
    wf_request_status status, const char *culprit);

/* `culprit`  the field that asks for no page of a list */
ngx_int_t ngx_http_waveforge_refuse_list(ngx_http_request_t *r,
    const char *culprit);


#endif /* _NGX_HTTP_WAVEFORGE_REFUSALS_H_INCLUDED_ */
