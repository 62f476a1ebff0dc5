
/*
 * Resumable uploads for HTTP: which handler a request goes to.
 */


#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"


ngx_int_t
ngx_http_waveforge_rufh_handler(ngx_http_request_t *r)
{
    switch (ngx_http_waveforge_ctx(r)->method) {

    case NGX_HTTP_GET:
    case NGX_HTTP_HEAD:
        return ngx_http_waveforge_rufh_look(r);

    case NGX_HTTP_DELETE:
        return ngx_http_waveforge_files_delete(r);

    case NGX_HTTP_PATCH:
        return ngx_http_waveforge_rufh_append(r);

    default:
        return ngx_http_waveforge_rufh_create(r);
    }
}


/*
 * Drafts of this version want Accept-Patch of what can be uploaded to, or have
 * it no more.
 */

ngx_int_t
ngx_http_waveforge_rufh_add_options(ngx_http_request_t *r)
{
    ngx_str_t  type = ngx_string("application/partial-upload");

    if (ngx_http_waveforge_add_header(r, "Accept-Patch", &type) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_rufh_add_limit(r, 0);
}


/* What is too large for an upload tells how large it may be. */

ngx_int_t
ngx_http_waveforge_rufh_mark(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_conf(r)->rufh
        || r->headers_out.status != NGX_HTTP_REQUEST_ENTITY_TOO_LARGE)
    {
        return NGX_OK;
    }

    return ngx_http_waveforge_rufh_add_limit(r, 0);
}
