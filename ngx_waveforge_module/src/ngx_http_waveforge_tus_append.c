
/* tus: PATCH /files/{id}. */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_number.h"
#include "wf_upload_checksum.h"


static ngx_int_t ngx_http_waveforge_tus_append_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_tus_append_handler(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_waveforge_append_t  *ap;

    ap = ngx_http_waveforge_append_create(r);
    if (ap == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_waveforge_tus_check_body(r);

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_number(r, "Upload-Offset",
                                                &ap->offset);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_optional(r, "Upload-Length",
                                                  &ap->declared);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_checksum(r, &ap->digest);
    }

    if (rc != NGX_OK) {
        return rc == NGX_DECLINED ? ap->rc : rc;
    }

    ap->answer = ngx_http_waveforge_tus_append_answer;

    return ngx_http_waveforge_append_start(r, ap);
}


static ngx_int_t
ngx_http_waveforge_tus_append_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ap->job.status != WFS_OK) {
        return ngx_http_waveforge_tus_refuse_append(r, ap);
    }

    if (ngx_http_waveforge_tus_add_progress(r, &ap->state) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_files_send(r, NGX_HTTP_NO_CONTENT);
}
