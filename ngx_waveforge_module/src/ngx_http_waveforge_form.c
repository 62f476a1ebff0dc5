
/*
 * The multipart form of POST /upload/chunk: the parser runs on the loop, over
 * the buffer nginx reads into; what is the chunk's goes to the jobs as it is.
 */


#include "ngx_http_waveforge_form.h"
#include "ngx_http_waveforge_response.h"

#include "wf_content_digest.h"


#define NGX_HTTP_WAVEFORGE_OVERHEAD  65536


static ngx_int_t ngx_http_waveforge_form_parse(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_body_t *body);
static wf_multipart_event ngx_http_waveforge_form_next(
    ngx_http_waveforge_form_t *form, ngx_str_t *piece, wf_span *data);
static ngx_int_t ngx_http_waveforge_form_take_pieces(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static ngx_int_t ngx_http_waveforge_form_finish(
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

    value = ngx_http_waveforge_get_header(r, "Content-Digest");

    if (value) {

        if (!wf_content_digest_parse((char *) value->data, value->len,
                                     &wc->message))
        {
            return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_DIGEST,
                                            NULL);
        }

        wc->hasher = wfs_hasher_open(wc->message.kind);
        if (wc->hasher == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    return NGX_OK;
}


/*
 * Parse until there is something to do for a job: the pieces of the body must
 * be written before the next ones are asked for.
 */

ngx_int_t
ngx_http_waveforge_form_feed(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    ngx_int_t                   rc;
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    for ( ;; ) {

        rc = ngx_http_waveforge_form_parse(wc, body);

        if (rc != NGX_OK) {
            return (rc == NGX_BUSY) ? NGX_OK : rc;
        }

        if (body->is_last) {
            return ngx_http_waveforge_form_finish(wc);
        }

        if (wc->steps) {
            return NGX_OK;
        }

        rc = ngx_http_waveforge_form_take_pieces(r, wc);

        if (rc != NGX_OK) {
            return (rc == NGX_BUSY) ? NGX_OK : rc;
        }
    }
}


/* NGX_BUSY: these pieces have to go through the hasher first. */

static ngx_int_t
ngx_http_waveforge_form_take_pieces(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    ngx_int_t                   rc;
    ngx_uint_t                  i;
    ngx_http_waveforge_body_t  *body;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;
    body = ngx_http_waveforge_ctx(r)->body;

    rc = ngx_http_waveforge_body_next(r);

    if (rc != NGX_OK && rc != NGX_DONE) {
        return rc;
    }

    form->piece = 0;
    form->pos = NULL;

    for (i = 0; i < body->npieces; i++) {
        form->overhead += body->pieces[i].len;
    }

    if (wc->hasher == NULL || body->npieces == 0) {
        return NGX_OK;
    }

    ngx_memcpy(wc->pieces, body->pieces, body->npieces * sizeof(ngx_str_t));
    wc->npieces = body->npieces;
    wc->steps = NGX_HTTP_WAVEFORGE_HASH;

    return NGX_BUSY;
}


/* NGX_OK: the pieces are used up; NGX_BUSY: no more fits into the job. */

static ngx_int_t
ngx_http_waveforge_form_parse(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_body_t *body)
{
    wf_span                     data;
    ngx_int_t                   rc;
    wf_multipart_event          event;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    while (form->piece < body->npieces) {

        event = ngx_http_waveforge_form_next(form, &body->pieces[form->piece],
                                             &data);

        if (event == WF_MULTIPART_MORE) {
            form->piece++;
            form->pos = NULL;
            continue;
        }

        rc = ngx_http_waveforge_form_take(wc, event, data);

        if (rc != NGX_OK) {
            return rc;
        }

        if (wc->npieces == NGX_HTTP_WAVEFORGE_PIECES) {
            return NGX_BUSY;
        }
    }

    if (form->overhead > NGX_HTTP_WAVEFORGE_OVERHEAD) {
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "too much beside the file");
    }

    return NGX_OK;
}


static wf_multipart_event
ngx_http_waveforge_form_next(ngx_http_waveforge_form_t *form, ngx_str_t *piece,
    wf_span *data)
{
    const char  *last;

    if (form->pos == NULL) {
        form->pos = (char *) piece->data;
    }

    last = (char *) piece->data + piece->len;

    return wf_multipart_next(&form->mp, &form->pos, last, data);
}


static ngx_int_t
ngx_http_waveforge_form_finish(ngx_http_waveforge_chunk_t *wc)
{
    wf_field_status             status;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (!form->is_whole || !form->has_file) {
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            form->is_whole
                                            ? "the part \"file\" is missing"
                                            : "the form is cut off");
    }

    status = wf_fields_check(&wc->fields);

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_chunk_decline_field(wc, status);
    }

    wc->steps |= NGX_HTTP_WAVEFORGE_SUBMIT
                 | (form->is_placed ? 0 : NGX_HTTP_WAVEFORGE_PLACE);

    return NGX_OK;
}
