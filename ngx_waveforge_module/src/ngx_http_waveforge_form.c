
/*
 * The multipart form of POST /upload/chunk: the parser runs on the loop, over
 * the buffer nginx reads into; what is the chunk's goes to the jobs as it is.
 *
 * Where all fields that say where the chunk belongs come before the file its
 * bytes go to their place at once, else they wait in a nameless file.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_response.h"

#include "wf_content_digest.h"
#include "wf_multipart.h"


#define NGX_HTTP_WAVEFORGE_OVERHEAD  65536


typedef enum {
    NGX_HTTP_WAVEFORGE_PART_IGNORED = 0,
    NGX_HTTP_WAVEFORGE_PART_FIELD,
    NGX_HTTP_WAVEFORGE_PART_FILE
} ngx_http_waveforge_part_e;


/*
 * `piece`, `pos`  where the parser is in the body's pieces
 * `overhead`      bytes so far that are not the file's
 */

struct ngx_http_waveforge_form_s {
    wf_multipart               mp;
    ngx_uint_t                 piece;
    const char                *pos;

    ngx_http_waveforge_part_e  part;
    char                       value[WF_FIELD_MAX_BYTES];
    size_t                     value_length;

    size_t                     overhead;

    unsigned                   has_file:1;
    unsigned                   is_placed:1;
    unsigned                   is_whole:1;
};


static ngx_int_t ngx_http_waveforge_form_parse(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_body_t *body);
static ngx_int_t ngx_http_waveforge_form_take_pieces(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc);
static ngx_int_t ngx_http_waveforge_form_finish(
    ngx_http_waveforge_chunk_t *wc);
static ngx_int_t ngx_http_waveforge_form_take(ngx_http_waveforge_chunk_t *wc,
    wf_multipart_event event, wf_span data);
static ngx_int_t ngx_http_waveforge_form_begin_part(
    ngx_http_waveforge_chunk_t *wc);
static ngx_int_t ngx_http_waveforge_form_begin_file(
    ngx_http_waveforge_chunk_t *wc);
static ngx_int_t ngx_http_waveforge_form_take_data(
    ngx_http_waveforge_chunk_t *wc, wf_span data);
static ngx_int_t ngx_http_waveforge_form_end_part(
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
    const char                 *last;
    wf_multipart_event          event;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    while (form->piece < body->npieces) {

        if (form->pos == NULL) {
            form->pos = (char *) body->pieces[form->piece].data;
        }

        last = (char *) body->pieces[form->piece].data
               + body->pieces[form->piece].len;

        event = wf_multipart_next(&form->mp, &form->pos, last, &data);

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


static ngx_int_t
ngx_http_waveforge_form_take(ngx_http_waveforge_chunk_t *wc,
    wf_multipart_event event, wf_span data)
{
    switch (event) {

    case WF_MULTIPART_PART:
        return ngx_http_waveforge_form_begin_part(wc);

    case WF_MULTIPART_DATA:
        return ngx_http_waveforge_form_take_data(wc, data);

    case WF_MULTIPART_PART_END:
        return ngx_http_waveforge_form_end_part(wc);

    case WF_MULTIPART_END:
        wc->form->is_whole = 1;
        return NGX_OK;

    default:
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "the form cannot be read");
    }
}


static ngx_int_t
ngx_http_waveforge_form_begin_part(ngx_http_waveforge_chunk_t *wc)
{
    ngx_http_waveforge_form_t  *form;

    form = wc->form;
    form->value_length = 0;

    if (ngx_strcmp(form->mp.name, "file") == 0) {
        form->part = NGX_HTTP_WAVEFORGE_PART_FILE;
        return ngx_http_waveforge_form_begin_file(wc);
    }

    form->part = wf_fields_is_known(form->mp.name)
                 ? NGX_HTTP_WAVEFORGE_PART_FIELD
                 : NGX_HTTP_WAVEFORGE_PART_IGNORED;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_form_begin_file(ngx_http_waveforge_chunk_t *wc)
{
    wf_field_status             status;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->has_file) {
        return ngx_http_waveforge_chunk_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "the part \"file\" is there twice");
    }

    form->has_file = 1;

    if (!wf_fields_are_complete(&wc->fields)) {
        wc->steps |= NGX_HTTP_WAVEFORGE_BEGIN_UNPLACED;
        return NGX_OK;
    }

    status = wf_fields_check(&wc->fields);

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_chunk_decline_field(wc, status);
    }

    form->is_placed = 1;
    wc->steps |= NGX_HTTP_WAVEFORGE_BEGIN;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_form_take_data(ngx_http_waveforge_chunk_t *wc, wf_span data)
{
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->part == NGX_HTTP_WAVEFORGE_PART_FILE) {

        form->overhead -= ngx_min(form->overhead, data.length);

        wc->pieces[wc->npieces].data = (u_char *) data.bytes;
        wc->pieces[wc->npieces].len = data.length;
        wc->npieces++;
        wc->steps |= NGX_HTTP_WAVEFORGE_WRITE;

        return NGX_OK;
    }

    if (form->part != NGX_HTTP_WAVEFORGE_PART_FIELD) {
        return NGX_OK;
    }

    if (data.length > sizeof(form->value) - form->value_length) {
        return ngx_http_waveforge_chunk_decline(wc,
                                             NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                             "a field is too long");
    }

    ngx_memcpy(form->value + form->value_length, data.bytes, data.length);
    form->value_length += data.length;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_form_end_part(ngx_http_waveforge_chunk_t *wc)
{
    wf_span                     name, value;
    wf_field_status             status;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->part != NGX_HTTP_WAVEFORGE_PART_FIELD) {
        return NGX_OK;
    }

    name.bytes = form->mp.name;
    name.length = ngx_strlen(form->mp.name);

    value.bytes = form->value;
    value.length = form->value_length;

    status = wf_fields_set(&wc->fields, name, value);

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_chunk_decline_field(wc, status);
    }

    return NGX_OK;
}
