
#include "ngx_http_waveforge_response.h"


static ngx_int_t ngx_http_waveforge_leave_body(ngx_http_request_t *r);


ngx_int_t
ngx_http_waveforge_prepare(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    ctx->answered = 1;

    /* the not-modified filter ignores the method */

    r->disable_not_modified = !(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD));

    if (ngx_http_waveforge_add_policy(r) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_leave_body(r);
}


static ngx_int_t
ngx_http_waveforge_leave_body(ngx_http_request_t *r)
{
    if (r != r->main) {
        return NGX_OK;
    }

    if (r->request_body) {

        if (r->reading_body) {
            r->keepalive = 0;
        }

        return NGX_OK;
    }

    if (r->headers_in.expect && !r->expect_tested
        && r->http_version == NGX_HTTP_VERSION_11)
    {
        /*
         * The client waits for a 100 that it will not get. It may send the
         * body nevertheless: only closing makes an end of it.
         */

        r->expect_tested = 1;
        r->keepalive = 0;
        r->lingering_close = 1;

        return NGX_OK;
    }

    r->expect_tested = 1;

    if (ngx_http_discard_request_body(r) != NGX_OK) {
        r->keepalive = 0;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_send(ngx_http_request_t *r, ngx_uint_t status,
    const char *content_type, ngx_str_t *text)
{
    ngx_int_t    rc;
    ngx_buf_t   *b;
    ngx_chain_t  out;
    const char  *parameters;

    if (ngx_http_waveforge_prepare(r) != NGX_OK) {
        return NGX_ERROR;
    }

    r->headers_out.status = status;
    r->headers_out.content_length_n = text->len;
    r->headers_out.content_type.data = (u_char *) content_type;
    r->headers_out.content_type.len = ngx_strlen(content_type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;

    parameters = ngx_strchr(content_type, ';');

    if (parameters) {
        r->headers_out.content_type_len = parameters - content_type;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = text->data;
    b->last = text->data + text->len;
    b->memory = text->len ? 1 : 0;
    b->last_buf = (r == r->main) ? 1 : 0;
    b->last_in_chain = 1;

    out.buf = b;
    out.next = NULL;

    return ngx_http_output_filter(r, &out);
}


ngx_int_t
ngx_http_waveforge_send_json(ngx_http_request_t *r, wf_json *json)
{
    return ngx_http_waveforge_send_json_status(r, NGX_HTTP_OK, json);
}


ngx_int_t
ngx_http_waveforge_send_json_status(ngx_http_request_t *r, ngx_uint_t status,
    wf_json *json)
{
    ngx_str_t  text;

    if (ngx_http_waveforge_keep_json(r, json, &text) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send(r, status, "application/json", &text);
}


ngx_int_t
ngx_http_waveforge_keep_json(ngx_http_request_t *r, wf_json *json,
    ngx_str_t *ret_text)
{
    ret_text->len = json->length;
    ret_text->data = wf_json_is_whole(json)
                     ? ngx_pnalloc(r->pool, json->length) : NULL;

    if (ret_text->data) {
        ngx_memcpy(ret_text->data, json->text, json->length);
    }

    wf_json_release(json);

    return ret_text->data ? NGX_OK : NGX_ERROR;
}


void
ngx_http_waveforge_format_time(time_t t,
    u_char text[NGX_HTTP_WAVEFORGE_TIME_BYTES])
{
    ngx_tm_t  tm;

    ngx_gmtime(t, &tm);

    (void) ngx_snprintf(text, NGX_HTTP_WAVEFORGE_TIME_BYTES,
                        "%4d-%02d-%02dT%02d:%02d:%02dZ%Z",
                        tm.ngx_tm_year, tm.ngx_tm_mon, tm.ngx_tm_mday,
                        tm.ngx_tm_hour, tm.ngx_tm_min, tm.ngx_tm_sec);
}
