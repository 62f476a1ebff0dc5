
/* tus: Upload-Concat, files that are parts of others or made of parts. */


#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_upload_concat.h"


#define NGX_HTTP_WAVEFORGE_PARTS_MAX  500


static ngx_int_t ngx_http_waveforge_tus_read_parts(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, wf_span list);
static ngx_int_t ngx_http_waveforge_tus_push_part(ngx_http_request_t *r,
    ngx_array_t *parts, const char *id);


ngx_int_t
ngx_http_waveforge_tus_read_concat(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    wf_span     text, list;
    ngx_str_t  *value;

    value = ngx_http_waveforge_get_header(r, "Upload-Concat");

    ap->concat = value;

    if (value == NULL) {
        return NGX_OK;
    }

    text.bytes = (char *) value->data;
    text.length = value->len;

    switch (wf_upload_concat_parse(text, &list)) {

    case WF_CONCAT_PARTIAL:
        ap->create.is_partial = true;
        return NGX_OK;

    case WF_CONCAT_FINAL:
        return ngx_http_waveforge_tus_read_parts(r, ap, list);

    default:
        return ngx_http_waveforge_tus_decline(r,
                                     NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     "Upload-Concat is neither partial nor "
                                     "final with a list of files");
    }
}


static ngx_int_t
ngx_http_waveforge_tus_read_parts(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, wf_span list)
{
    bool          is_good;
    char          id[WFS_ID_MAX_BYTES + 1];
    ngx_array_t  *parts;

    if (ngx_http_waveforge_get_header(r, "Upload-Length")
        || ngx_http_waveforge_get_header(r, "Upload-Defer-Length")
        || r->headers_in.content_length_n > 0 || r->headers_in.chunked)
    {
        return ngx_http_waveforge_tus_decline(r,
                                     NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     "a file made of others has neither a "
                                     "length nor a body of its own");
    }

    parts = ngx_array_create(r->pool, 8, sizeof(char *));
    if (parts == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    while (wf_upload_concat_next(&list, id, &is_good)) {

        if (parts->nelts == NGX_HTTP_WAVEFORGE_PARTS_MAX) {
            return ngx_http_waveforge_tus_decline(r,
                                     NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     "a file is made of at most 500 others");
        }

        if (ngx_http_waveforge_tus_push_part(r, parts, id) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    if (!is_good) {
        return ngx_http_waveforge_tus_decline(r,
                                     NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     "Upload-Concat names what is no file");
    }

    ap->parts = parts->elts;
    ap->nparts = parts->nelts;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_tus_push_part(ngx_http_request_t *r, ngx_array_t *parts,
    const char *id)
{
    u_char     **part;
    ngx_str_t    text;

    part = ngx_array_push(parts);
    if (part == NULL) {
        return NGX_ERROR;
    }

    text.data = (u_char *) id;
    text.len = ngx_strlen(id) + 1;

    *part = ngx_pstrdup(r->pool, &text);

    return *part ? NGX_OK : NGX_ERROR;
}
