
/* tus: POST /files/, and with it the first bytes. */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_upload_metadata.h"


static ngx_int_t ngx_http_waveforge_tus_create_parse(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_tus_create_copy(ngx_http_request_t *r,
    wf_upload_metadata *metadata, ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_tus_create_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_tus_create_handler(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_waveforge_append_t  *ap;

    ap = ngx_http_waveforge_append_create(r);
    if (ap == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_waveforge_tus_create_parse(r, ap);

    if (rc != NGX_OK) {
        return rc == NGX_DECLINED ? ap->rc : rc;
    }

    ap->creates = 1;
    ap->answer = ngx_http_waveforge_tus_create_answer;

    return ngx_http_waveforge_append_start(r, ap);
}


static ngx_int_t
ngx_http_waveforge_tus_create_parse(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_int_t  rc;

    rc = NGX_OK;

    if (r->headers_in.content_length_n > 0 || r->headers_in.chunked) {
        rc = ngx_http_waveforge_tus_check_body(r);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_concat(r, ap);
    }

    if (rc == NGX_OK && ap->nparts == 0) {
        rc = ngx_http_waveforge_tus_read_length(r, &ap->create.size_bytes);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_checksum(r, &ap->digest);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_waveforge_tus_read_metadata(r, ap);
    }

    if (rc == NGX_OK && ap->create.size_bytes == 0 && !ap->create.is_partial
        && ap->limits.types != WFS_TYPES_ANY)
    {
        return ngx_http_waveforge_tus_decline(r,
                                          NGX_HTTP_WAVEFORGE_UNSUPPORTED_TYPE,
                                          "nothing is not audio");
    }

    return rc;
}


ngx_int_t
ngx_http_waveforge_tus_read_metadata(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    wf_span              text;
    ngx_int_t            rc;
    ngx_str_t           *value;
    wf_upload_metadata   metadata = WF_UPLOAD_METADATA_INIT;

    value = ngx_http_waveforge_get_header(r, "Upload-Metadata");

    if (value == NULL) {
        return ngx_http_waveforge_tus_put_note(r, ap, NULL);
    }

    text.bytes = (char *) value->data;
    text.length = value->len;

    if (wf_upload_metadata_parse(text, &metadata)) {
        rc = ngx_http_waveforge_tus_create_copy(r, &metadata, ap);

        if (rc == NGX_OK) {
            rc = ngx_http_waveforge_tus_put_note(r, ap, value);
        }

    } else {
        rc = ngx_http_waveforge_tus_decline(r,
                                       NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                       "Upload-Metadata is not a list of keys "
                                       "and values in base64");
    }

    wf_upload_metadata_release(&metadata);

    return rc;
}


static ngx_int_t
ngx_http_waveforge_tus_create_copy(ngx_http_request_t *r,
    wf_upload_metadata *metadata, ngx_http_waveforge_append_t *ap)
{
    u_char     *note;
    ngx_str_t   name, json;

    name.data = (u_char *) metadata->name;
    name.len = ngx_strlen(metadata->name) + 1;

    json.data = (u_char *) metadata->json.text;
    json.len = metadata->json.length;

    ap->create.name = name.len > 1 ? (char *) ngx_pstrdup(r->pool, &name)
                                   : NULL;

    note = ngx_pnalloc(r->pool, json.len + 1);
    if (note == NULL || (name.len > 1 && ap->create.name == NULL)) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    *ngx_cpymem(note, json.data, json.len) = '\0';
    ap->create.metadata = (char *) note;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_tus_create_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ap->job.status != WFS_OK) {
        return ngx_http_waveforge_tus_refuse_append(r, ap);
    }

    if (ngx_http_waveforge_files_add_location(r, ap->id) != NGX_OK
        || ngx_http_waveforge_tus_add_progress(r, &ap->state) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_files_send(r, NGX_HTTP_CREATED);
}
