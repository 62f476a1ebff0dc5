
/*
 * Resumable uploads for HTTP: interim responses, to whom speaks this version of
 * the draft.
 */


#include "ngx_http_waveforge_interim.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"


#define NGX_HTTP_WAVEFORGE_HINT                                               \
    "HTTP/1.1 104 Upload Resumption Supported" CRLF                           \
    "Upload-Draft-Interop-Version: 8" CRLF


static ngx_uint_t ngx_http_waveforge_rufh_may_hint(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_rufh_is_proxied(ngx_http_request_t *r);


ngx_int_t
ngx_http_waveforge_rufh_hint_location(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    char             limits[WF_UPLOAD_LIMIT_BYTES];
    ngx_str_t        text, location;
    wf_upload_limit  limit;

    if (!ngx_http_waveforge_rufh_may_hint(r)) {
        return NGX_DECLINED;
    }

    if (ngx_http_waveforge_files_get_location(r, ap->id, &location)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_waveforge_rufh_get_limit(r, ap->state.expires_ms, &limit);
    (void) wf_upload_limit_format(&limit, limits);

    text.data = ngx_pnalloc(r->pool, sizeof(NGX_HTTP_WAVEFORGE_HINT
                                            "Location: " CRLF
                                            "Upload-Limit: " CRLF CRLF)
                                     + location.len + sizeof(limits));
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    text.len = ngx_sprintf(text.data,
                           NGX_HTTP_WAVEFORGE_HINT
                           "Location: %V" CRLF
                           "Upload-Limit: %s" CRLF CRLF,
                           &location, limits)
               - text.data;

    return ngx_http_waveforge_interim_send(r, &text);
}


ngx_int_t
ngx_http_waveforge_rufh_hint_offset(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    u_char     bytes[sizeof(NGX_HTTP_WAVEFORGE_HINT
                            "Upload-Offset: " CRLF CRLF) + NGX_INT64_LEN];
    ngx_str_t  text;

    if (!ngx_http_waveforge_rufh_may_hint(r)) {
        return NGX_DECLINED;
    }

    text.data = bytes;
    text.len = ngx_sprintf(text.data,
                           NGX_HTTP_WAVEFORGE_HINT
                           "Upload-Offset: %uL" CRLF CRLF,
                           ap->state.offset)
               - text.data;

    return ngx_http_waveforge_interim_send(r, &text);
}


static ngx_uint_t
ngx_http_waveforge_rufh_may_hint(ngx_http_request_t *r)
{
    ngx_http_waveforge_rufh_t  rufh;

    return !ngx_http_waveforge_rufh_is_proxied(r)
           && ngx_http_waveforge_rufh_parse(r, &rufh) == NGX_OK
           && rufh.version == NGX_HTTP_WAVEFORGE_INTEROP_VERSION;
}


/* nginx as a proxy takes a 104 for the answer, and waits for its end. */

static ngx_uint_t
ngx_http_waveforge_rufh_is_proxied(ngx_http_request_t *r)
{
    return ngx_http_waveforge_get_header(r, "Via")
           || ngx_http_waveforge_get_header(r, "Forwarded")
           || ngx_http_waveforge_get_header(r, "X-Forwarded-For");
}
