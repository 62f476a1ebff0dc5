
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"


/* In the order of wf_request_status. */

static const struct {
    ngx_http_waveforge_problem_e  problem;
    const char                   *what;
} ngx_http_waveforge_request_faults[] = {
    { NGX_HTTP_WAVEFORGE_INVALID_FORMAT, "" },
    { NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
      "is not JSON of the right type and depth" },
    { NGX_HTTP_WAVEFORGE_INVALID_ID, "is not a valid id" },
    { NGX_HTTP_WAVEFORGE_INVALID_FIELD, "is not valid" },
    { NGX_HTTP_WAVEFORGE_MISSING_FIELD, "is missing" },
    { NGX_HTTP_WAVEFORGE_BODY_TOO_LARGE, "has more than 65536 bytes" },
};


ngx_uint_t
ngx_http_waveforge_has_type(ngx_http_request_t *r, const char *type)
{
    wf_span  value;

    if (r->headers_in.content_type == NULL) {
        return 0;
    }

    value.bytes = (char *) r->headers_in.content_type->value.data;
    value.length = r->headers_in.content_type->value.len;

    return wf_span_is_nocase(wf_span_trim(wf_span_cut(&value, ';')), type);
}


ngx_uint_t
ngx_http_waveforge_is_encoded(ngx_http_request_t *r)
{
    ngx_str_t  *encoding;

    encoding = ngx_http_waveforge_get_header(r, "Content-Encoding");

    return encoding
           && (encoding->len != 8
               || ngx_strncasecmp(encoding->data, (u_char *) "identity", 8)
                  != 0);
}


ngx_int_t
ngx_http_waveforge_refuse_request(ngx_http_request_t *r,
    wf_request_status status, const char *culprit)
{
    char  detail[128];

    (void) ngx_snprintf((u_char *) detail, sizeof(detail), "%s %s%Z", culprit,
                        ngx_http_waveforge_request_faults[status].what);

    return ngx_http_waveforge_refuse(r,
                            ngx_http_waveforge_request_faults[status].problem,
                            detail);
}


ngx_int_t
ngx_http_waveforge_refuse_list(ngx_http_request_t *r, const char *culprit)
{
    char  detail[64];

    (void) ngx_snprintf((u_char *) detail, sizeof(detail), "%s is not valid%Z",
                        culprit);

    return ngx_http_waveforge_refuse(r, ngx_strcmp(culprit, "cursor") == 0
                                        ? NGX_HTTP_WAVEFORGE_INVALID_CURSOR
                                        : NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                     detail);
}
