
/*
 * tus: refusals of its own. What clients of tus may repeat is never 429, which
 * they take for final.
 */


#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"


static ngx_int_t ngx_http_waveforge_tus_refuse_conflict(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_tus_refuse_append(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    switch (ap->job.status) {

    case WFS_EDIGEST:
        return ngx_http_waveforge_tus_refuse_checksum(r);

    case WFS_EUPLOADS:
        return ngx_http_waveforge_refuse(r,
                                NGX_HTTP_WAVEFORGE_TOO_MANY_FILES, NULL);

    case WFS_ECONFLICT:
        return ngx_http_waveforge_tus_refuse_conflict(r, ap);

    default:
        return ngx_http_waveforge_refuse_status(r, ap->job.status,
                                                &ap->job.error, NULL);
    }
}


static ngx_int_t
ngx_http_waveforge_tus_refuse_conflict(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    switch (ap->fault) {

    case NGX_HTTP_WAVEFORGE_OTHER_OFFSET:

        if (ngx_http_waveforge_add_number(r, "Upload-Offset",
                                          ap->state.offset)
            != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_OFFSET_MISMATCH,
                                         NULL);

    case NGX_HTTP_WAVEFORGE_OTHER_SIZE:
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                         "Upload-Length differs from what was "
                                         "told before, or has arrived");

    case NGX_HTTP_WAVEFORGE_NO_APPEND:
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NOT_APPENDABLE,
                                         ap->job.error.detail);

    default:
        return ngx_http_waveforge_refuse_status(r, ap->job.status,
                                                &ap->job.error, NULL);
    }
}


ngx_int_t
ngx_http_waveforge_tus_refuse_checksum(ngx_http_request_t *r)
{
    ngx_str_set(&r->headers_out.status_line, "460 Checksum Mismatch");

    return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_CHECKSUM_MISMATCH,
                                     NULL);
}
