
/*
 * The parts of a multipart form: fields are collected, the file is written.
 *
 * Where the fields that say where the chunk goes come before the file its bytes
 * go to their place at once, else they wait in a nameless file.
 */


#include "ngx_http_waveforge_form.h"


static wfs_status ngx_http_waveforge_form_begin_part(
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_form_begin_file(
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_form_take_data(
    ngx_http_waveforge_chunk_t *wc, wf_span data);
static wfs_status ngx_http_waveforge_form_end_part(
    ngx_http_waveforge_chunk_t *wc);


wfs_status
ngx_http_waveforge_form_take_event(ngx_http_waveforge_chunk_t *wc,
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
        return WFS_OK;

    default:
        return ngx_http_waveforge_form_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "the form cannot be read");
    }
}


static wfs_status
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

    return WFS_OK;
}


static wfs_status
ngx_http_waveforge_form_begin_file(ngx_http_waveforge_chunk_t *wc)
{
    wf_field_status             status;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->has_file) {
        return ngx_http_waveforge_form_decline(wc,
                                            NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
                                            "the part \"file\" is there twice");
    }

    form->has_file = 1;

    if (!wf_fields_have_place(&wc->fields)) {
        return ngx_http_waveforge_chunk_begin_unplaced(wc);
    }

    status = wf_fields_check(&wc->fields);

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_form_decline_field(wc, status);
    }

    form->is_placed = 1;

    return ngx_http_waveforge_chunk_begin(wc);
}


static wfs_status
ngx_http_waveforge_form_take_data(ngx_http_waveforge_chunk_t *wc, wf_span data)
{
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->part == NGX_HTTP_WAVEFORGE_PART_FILE) {

        form->overhead -= ngx_min(form->overhead, data.length);

        return wfs_chunk_write(wc->chunk, data.bytes, data.length,
                               &wc->job.error);
    }

    if (form->part != NGX_HTTP_WAVEFORGE_PART_FIELD) {
        return WFS_OK;
    }

    if (data.length > sizeof(form->value) - form->value_length) {
        return ngx_http_waveforge_form_decline(wc,
                                             NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                             "a field is too long");
    }

    ngx_memcpy(form->value + form->value_length, data.bytes, data.length);
    form->value_length += data.length;

    return WFS_OK;
}


static wfs_status
ngx_http_waveforge_form_end_part(ngx_http_waveforge_chunk_t *wc)
{
    wf_span                     name, value;
    wf_field_status             status;
    ngx_http_waveforge_form_t  *form;

    form = wc->form;

    if (form->part != NGX_HTTP_WAVEFORGE_PART_FIELD) {
        return WFS_OK;
    }

    name.bytes = form->mp.name;
    name.length = ngx_strlen(form->mp.name);

    value.bytes = form->value;
    value.length = form->value_length;

    status = wf_fields_set(&wc->fields, name, value);

    if (status != WF_FIELD_OK) {
        return ngx_http_waveforge_form_decline_field(wc, status);
    }

    return WFS_OK;
}
