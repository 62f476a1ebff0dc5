
/* tus: what the headers of a POST or a PATCH say, or why they do not. */


#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_number.h"
#include "wf_upload_checksum.h"


static ngx_int_t ngx_http_waveforge_tus_decline_header(ngx_http_request_t *r,
    const char *name, const char *what);
static ngx_int_t ngx_http_waveforge_tus_decline_checksum(
    ngx_http_request_t *r);


ngx_int_t
ngx_http_waveforge_tus_check_body(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_has_type(r, "application/offset+octet-stream")) {
        return ngx_http_waveforge_tus_decline(r,
                              NGX_HTTP_WAVEFORGE_UNSUPPORTED_BODY,
                              "Content-Type must be "
                              "application/offset+octet-stream");
    }

    if (ngx_http_waveforge_is_encoded(r)) {
        return ngx_http_waveforge_tus_decline(r,
                                     NGX_HTTP_WAVEFORGE_UNSUPPORTED_ENCODING,
                                     NULL);
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_tus_read_number(ngx_http_request_t *r, const char *name,
    uint64_t *number)
{
    ngx_str_t  *value;

    value = ngx_http_waveforge_get_header(r, name);

    if (value == NULL) {
        return ngx_http_waveforge_tus_decline_header(r, name, "is missing");
    }

    if (!wf_number_parse((char *) value->data, value->len, number)
        || *number > INT64_MAX)
    {
        return ngx_http_waveforge_tus_decline_header(r, name,
                                                    "is not a number of bytes");
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_tus_read_optional(ngx_http_request_t *r, const char *name,
    uint64_t *number)
{
    if (ngx_http_waveforge_get_header(r, name) == NULL) {
        return NGX_OK;
    }

    return ngx_http_waveforge_tus_read_number(r, name, number);
}


ngx_int_t
ngx_http_waveforge_tus_read_length(ngx_http_request_t *r, uint64_t *length)
{
    ngx_str_t  *defer, *known;

    defer = ngx_http_waveforge_get_header(r, "Upload-Defer-Length");
    known = ngx_http_waveforge_get_header(r, "Upload-Length");

    if (defer == NULL) {
        return ngx_http_waveforge_tus_read_number(r, "Upload-Length", length);
    }

    if (known) {
        return ngx_http_waveforge_tus_decline_header(r, "Upload-Length",
                                                  "is told and deferred");
    }

    if (defer->len != 1 || defer->data[0] != '1') {
        return ngx_http_waveforge_tus_decline_header(r, "Upload-Defer-Length",
                                                    "can only be 1");
    }

    *length = WFS_UNKNOWN;

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_tus_read_checksum(ngx_http_request_t *r,
    wfs_digest *digest)
{
    wf_span     text;
    ngx_str_t  *value;

    value = ngx_http_waveforge_get_header(r, "Upload-Checksum");

    if (value == NULL) {
        return NGX_OK;
    }

    text.bytes = (char *) value->data;
    text.length = value->len;

    switch (wf_upload_checksum_parse(text, digest)) {

    case WF_CHECKSUM_OK:
        return NGX_OK;

    case WF_CHECKSUM_MISMATCH:
        return ngx_http_waveforge_tus_decline_checksum(r);

    default:
        return ngx_http_waveforge_tus_decline(r,
                                         NGX_HTTP_WAVEFORGE_INVALID_DIGEST,
                                         "Upload-Checksum is not one of "
                                         WF_UPLOAD_CHECKSUM_ALGORITHMS
                                         " and a digest in base64");
    }
}


static ngx_int_t
ngx_http_waveforge_tus_decline_header(ngx_http_request_t *r, const char *name,
    const char *what)
{
    char  detail[96];

    (void) ngx_snprintf((u_char *) detail, sizeof(detail), "%s %s%Z", name,
                        what);

    return ngx_http_waveforge_tus_decline(r, NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     detail);
}


ngx_int_t
ngx_http_waveforge_tus_decline(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail)
{
    ngx_http_waveforge_ctx(r)->append->rc =
                              ngx_http_waveforge_refuse(r, problem, detail);

    return NGX_DECLINED;
}


static ngx_int_t
ngx_http_waveforge_tus_decline_checksum(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx(r)->append->rc =
                              ngx_http_waveforge_tus_refuse_checksum(r);

    return NGX_DECLINED;
}
