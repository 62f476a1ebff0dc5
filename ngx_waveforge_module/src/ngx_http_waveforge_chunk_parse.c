
/*
 * What the query and the headers of POST /upload/chunk say, and what can be
 * refused by them.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_origin.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"

#include "wf_content_digest.h"


static ngx_int_t ngx_http_waveforge_chunk_parse_digest(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);


ngx_int_t
ngx_http_waveforge_chunk_parse(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    wf_span          query;
    wf_field_status  status;

    query.bytes = (char *) r->args.data;
    query.length = r->args.len;

    status = wf_fields_set_query(&wc->fields, query);

    if (status == WF_FIELD_OK) {
        status = wf_fields_check(&wc->fields);
    }

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_chunk_decline_field(wc, status);
    }

    if (ngx_http_waveforge_chunk_parse_digest(r, wc) == NGX_ERROR) {
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_DIGEST,
                                            NULL);
    }

    if (r->headers_in.content_length_n > 0) {
        wc->length = (uint64_t) r->headers_in.content_length_n;

    } else if (r->headers_in.content_length_n == 0
               || !r->headers_in.chunked)
    {
        return ngx_http_waveforge_chunk_decline(wc,
                                                NGX_HTTP_WAVEFORGE_EMPTY_CHUNK,
                                                NULL);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_chunk_parse_digest(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    ngx_int_t   rc;
    wfs_digest  digest, field;

    rc = ngx_http_waveforge_chunk_get_digest(r, &digest);

    if (rc != NGX_OK) {
        return rc;
    }

    field = wc->fields.digest;

    if (field.kind == digest.kind && !wfs_digest_is_equal(&field, &digest)) {
        return NGX_ERROR;
    }

    wc->fields.digest = digest;

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_chunk_get_digest(ngx_http_request_t *r,
    wfs_digest *ret_digest)
{
    ngx_int_t  rc;
    ngx_str_t  list;

    rc = ngx_http_waveforge_get_list(r, "Content-Digest", &list);

    if (rc == NGX_OK
        && !wf_content_digest_parse((char *) list.data, list.len, ret_digest))
    {
        return NGX_ERROR;
    }

    return rc;
}


ngx_int_t
ngx_http_waveforge_chunk_check_headers(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    if (!ngx_http_waveforge_is_origin_allowed(r)) {
        return ngx_http_waveforge_chunk_decline(wc,
                                          NGX_HTTP_WAVEFORGE_FORBIDDEN_ORIGIN,
                                          NULL);
    }

    if (ngx_http_waveforge_is_encoded(r)) {
        return ngx_http_waveforge_chunk_decline(wc,
                                       NGX_HTTP_WAVEFORGE_UNSUPPORTED_ENCODING,
                                       NULL);
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_chunk_decline(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_problem_e refusal, const char *detail)
{
    wc->is_declined = 1;
    wc->refusal = refusal;

    (void) ngx_snprintf((u_char *) wc->detail, sizeof(wc->detail), "%s%Z",
                        detail ? detail : "");

    return NGX_DECLINED;
}


ngx_int_t
ngx_http_waveforge_chunk_decline_field(ngx_http_waveforge_chunk_t *wc,
    wf_field_status status)
{
    char  detail[64];

    if (status == WF_FIELD_INVALID_ID) {
        return ngx_http_waveforge_chunk_decline(wc,
                                                NGX_HTTP_WAVEFORGE_INVALID_ID,
                                                NULL);
    }

    (void) ngx_snprintf((u_char *) detail, sizeof(detail), "%s is %s%Z",
                        wc->fields.culprit,
                        status == WF_FIELD_MISSING ? "missing" : "not valid");

    return ngx_http_waveforge_chunk_decline(wc,
                                            status == WF_FIELD_MISSING
                                            ? NGX_HTTP_WAVEFORGE_MISSING_FIELD
                                            : NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                            detail);
}
