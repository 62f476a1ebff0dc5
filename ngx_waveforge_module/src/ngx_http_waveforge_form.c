
/*
 * The multipart form of POST /upload/chunk: the thread that has its bytes
 * parses them, and writes what is the chunk's from where it is.
 */


#include "ngx_http_waveforge_form.h"


#define NGX_HTTP_WAVEFORGE_OVERHEAD  65536


static ngx_uint_t ngx_http_waveforge_form_is_too_large(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_form_expect_digest(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_form_parse(
    ngx_http_waveforge_chunk_t *wc, const char *pos, const char *last);
static wfs_status ngx_http_waveforge_form_check_digest(
    ngx_http_waveforge_chunk_t *wc);


ngx_int_t
ngx_http_waveforge_form_create(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    ngx_str_t                  *value;
    ngx_http_waveforge_form_t  *form;

    form = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_form_t));
    if (form == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    wc->form = form;

    value = &r->headers_in.content_type->value;

    if (!wf_multipart_init(&form->mp, (char *) value->data, value->len)) {
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "the boundary is missing");
    }

    if (ngx_http_waveforge_form_is_too_large(r)) {
        return ngx_http_waveforge_chunk_decline(wc,
                                             NGX_HTTP_WAVEFORGE_FILE_TOO_LARGE,
                                             NULL);
    }

    return ngx_http_waveforge_form_expect_digest(r, wc);
}


/* More than a chunk and all that may be beside it. */

static ngx_uint_t
ngx_http_waveforge_form_is_too_large(ngx_http_request_t *r)
{
    off_t  max;

    max = ngx_http_waveforge_conf(r)->max_chunk_size;

    return max != 0
           && r->headers_in.content_length_n > NGX_HTTP_WAVEFORGE_OVERHEAD
           && r->headers_in.content_length_n - NGX_HTTP_WAVEFORGE_OVERHEAD
              > max;
}


static ngx_int_t
ngx_http_waveforge_form_expect_digest(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    switch (ngx_http_waveforge_chunk_get_digest(r, &wc->message)) {

    case NGX_DECLINED:
        return NGX_OK;

    case NGX_ERROR:
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_DIGEST,
                                            NULL);

    default:
        wc->hasher = wfs_hasher_open(wc->message.kind);

        return wc->hasher ? NGX_OK : NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
}


wfs_status
ngx_http_waveforge_form_take(ngx_http_waveforge_chunk_t *wc,
    const u_char *bytes, size_t length)
{
    wfs_status  status;

    if (wc->hasher) {
        wfs_hasher_update(wc->hasher, bytes, length);
    }

    wc->form->overhead += length;

    status = ngx_http_waveforge_form_parse(wc, (const char *) bytes,
                                           (const char *) bytes + length);

    if (status != WFS_OK || wc->job.awaits_commit) {
        return status;
    }

    if (wc->form->overhead > NGX_HTTP_WAVEFORGE_OVERHEAD) {
        return ngx_http_waveforge_form_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "too much beside the file");
    }

    return WFS_OK;
}


static wfs_status
ngx_http_waveforge_form_parse(ngx_http_waveforge_chunk_t *wc, const char *pos,
    const char *last)
{
    wf_span             data;
    wfs_status          status;
    wf_multipart_event  event;

    for ( ;; ) {

        event = wf_multipart_next(&wc->form->mp, &pos, last, &data);

        if (event == WF_MULTIPART_MORE) {
            return WFS_OK;
        }

        status = ngx_http_waveforge_form_take_event(wc, event, data);

        if (status != WFS_OK || wc->job.awaits_commit) {
            return status;
        }
    }
}


wfs_status
ngx_http_waveforge_form_end(ngx_http_waveforge_chunk_t *wc)
{
    wfs_status                  status;
    wf_field_status             fault;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (!form->is_whole || !form->has_file) {
        return ngx_http_waveforge_form_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            form->is_whole
                                            ? "the part \"file\" is missing"
                                            : "the form is cut off");
    }

    fault = wf_fields_check(&wc->fields);

    if (fault != WF_FIELD_OK) {
        return ngx_http_waveforge_form_decline_field(wc, fault);
    }

    status = form->is_placed ? ngx_http_waveforge_chunk_amend(wc)
                             : ngx_http_waveforge_chunk_place(wc);

    if (status != WFS_OK) {
        return status;
    }

    return ngx_http_waveforge_form_check_digest(wc);
}


static wfs_status
ngx_http_waveforge_form_check_digest(ngx_http_waveforge_chunk_t *wc)
{
    wfs_digest  digest;

    if (wc->hasher == NULL) {
        return WFS_OK;
    }

    wfs_hasher_finish(wc->hasher, &digest);

    return wfs_digest_is_equal(&digest, &wc->message) ? WFS_OK : WFS_EDIGEST;
}


wfs_status
ngx_http_waveforge_form_decline(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_problem_e refusal, const char *detail)
{
    (void) ngx_http_waveforge_chunk_decline(wc, refusal, detail);

    return WFS_EINVAL;
}


wfs_status
ngx_http_waveforge_form_decline_field(ngx_http_waveforge_chunk_t *wc,
    wf_field_status status)
{
    (void) ngx_http_waveforge_chunk_decline_field(wc, status);

    return WFS_EINVAL;
}
