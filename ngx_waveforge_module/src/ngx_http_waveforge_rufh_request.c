
/*
 * The headers of a request of resumable uploads for HTTP.
 */


#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"

#include "wf_content_digest.h"
#include "wf_structured.h"


static ngx_int_t ngx_http_waveforge_rufh_get(ngx_http_request_t *r,
    const char *name, wf_span *ret_text);
static ngx_int_t ngx_http_waveforge_rufh_get_number(ngx_http_request_t *r,
    const char *name, uint64_t *ret_number);
static ngx_int_t ngx_http_waveforge_rufh_get_digest(ngx_http_request_t *r,
    const char *name, wfs_digest *ret_digest);
static ngx_int_t ngx_http_waveforge_rufh_parse_flags(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);
static void ngx_http_waveforge_rufh_find_length(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);


ngx_int_t
ngx_http_waveforge_rufh_parse(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    ngx_memzero(rufh, sizeof(ngx_http_waveforge_rufh_t));

    if (ngx_http_waveforge_rufh_get_number(r, "Upload-Draft-Interop-Version",
                                           &rufh->version)
        != NGX_OK
        || ngx_http_waveforge_rufh_get_number(r, "Upload-Offset",
                                              &rufh->offset)
           != NGX_OK
        || ngx_http_waveforge_rufh_get_number(r, "Upload-Length",
                                              &rufh->length)
           != NGX_OK
        || ngx_http_waveforge_rufh_get_digest(r, "Content-Digest",
                                              &rufh->digest)
           != NGX_OK
        || ngx_http_waveforge_rufh_get_digest(r, "Repr-Digest", &rufh->whole)
           != NGX_OK
        || ngx_http_waveforge_rufh_parse_flags(r, rufh) != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_waveforge_rufh_find_length(r, rufh);

    return NGX_OK;
}


/* An empty text is that of a header that was not sent. */

static ngx_int_t
ngx_http_waveforge_rufh_get(ngx_http_request_t *r, const char *name,
    wf_span *ret_text)
{
    ngx_int_t  rc;
    ngx_str_t  list;

    rc = ngx_http_waveforge_get_list(r, name, &list);

    ret_text->bytes = (rc == NGX_OK) ? (char *) list.data : "";
    ret_text->length = (rc == NGX_OK) ? list.len : 0;

    return (rc == NGX_ERROR) ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_rufh_get_number(ngx_http_request_t *r, const char *name,
    uint64_t *ret_number)
{
    wf_span  text;

    if (ngx_http_waveforge_rufh_get(r, name, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!wf_item_parse_unsigned(text, ret_number)) {
        *ret_number = WFS_UNKNOWN;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_rufh_get_digest(ngx_http_request_t *r, const char *name,
    wfs_digest *ret_digest)
{
    wf_span  text;

    if (ngx_http_waveforge_rufh_get(r, name, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!wf_content_digest_parse(text.bytes, text.length, ret_digest)) {
        ret_digest->kind = WFS_DIGEST_NONE;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_rufh_parse_flags(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    bool     is_complete;
    wf_span  text;

    if (ngx_http_waveforge_rufh_get(r, "Upload-Complete", &text) != NGX_OK) {
        return NGX_ERROR;
    }

    is_complete = false;

    rufh->has_complete = wf_item_parse_boolean(text, &is_complete);
    rufh->is_complete = is_complete;

    if (ngx_http_waveforge_rufh_get(r, "Want-Repr-Digest", &text) != NGX_OK) {
        return NGX_ERROR;
    }

    rufh->wants_digest = wf_want_digest_has_sha256(text.bytes, text.length);

    return NGX_OK;
}


static void
ngx_http_waveforge_rufh_find_length(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    uint64_t  end;

    rufh->content = WFS_UNKNOWN;

    if (r->headers_in.content_length_n >= 0) {
        rufh->content = (uint64_t) r->headers_in.content_length_n;

    } else if (!r->headers_in.chunked) {
        rufh->content = 0;
    }

    if (!rufh->is_complete || rufh->content == WFS_UNKNOWN) {
        return;
    }

    end = rufh->content + (rufh->offset == WFS_UNKNOWN ? 0 : rufh->offset);

    rufh->is_inconsistent = (rufh->length != WFS_UNKNOWN
                             && rufh->length != end);
    rufh->length = end;
}
