
#include "ngx_http_waveforge_body.h"
#include "ngx_http_waveforge_collect.h"
#include "ngx_http_waveforge_problem.h"


#define NGX_HTTP_WAVEFORGE_FIRST_BYTES  4096


struct ngx_http_waveforge_collected_s {
    ngx_http_waveforge_collect_pt  handler;
    ngx_str_t                      text;
    size_t                         size;
};


static void ngx_http_waveforge_collect_advance(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_collect_pieces(ngx_http_request_t *r,
    ngx_http_waveforge_collected_t *collected);
static ngx_int_t ngx_http_waveforge_collect_append(ngx_http_request_t *r,
    ngx_http_waveforge_collected_t *collected, ngx_str_t *piece);


ngx_int_t
ngx_http_waveforge_collect(ngx_http_request_t *r,
    ngx_http_waveforge_collect_pt handler)
{
    ngx_http_waveforge_collected_t  *collected;

    if (r->headers_in.content_length_n > NGX_HTTP_WAVEFORGE_BODY_BYTES) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_BODY_TOO_LARGE,
                                         NULL);
    }

    collected = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_collected_t));
    if (collected == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    collected->handler = handler;

    ngx_http_waveforge_ctx(r)->collected = collected;

    return ngx_http_waveforge_body_start(r,
                                         ngx_http_waveforge_collect_advance);
}


static void
ngx_http_waveforge_collect_advance(ngx_http_request_t *r)
{
    ngx_int_t                        rc;
    ngx_http_waveforge_collected_t  *collected;

    collected = ngx_http_waveforge_ctx(r)->collected;

    do {
        rc = ngx_http_waveforge_body_next(r);

        if (rc == NGX_OK) {
            rc = ngx_http_waveforge_collect_pieces(r, collected);
        }

    } while (rc == NGX_OK);

    if (rc == NGX_AGAIN) {
        return;
    }

    if (rc == NGX_DONE) {
        collected->handler(r, &collected->text);
        return;
    }

    if (rc == NGX_DECLINED) {
        rc = ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_BODY_TOO_LARGE,
                                       NULL);
    }

    ngx_http_finalize_request(r, rc);
}


static ngx_int_t
ngx_http_waveforge_collect_pieces(ngx_http_request_t *r,
    ngx_http_waveforge_collected_t *collected)
{
    ngx_int_t                   rc;
    ngx_uint_t                  i;
    ngx_http_waveforge_body_t  *body;

    body = ngx_http_waveforge_ctx(r)->body;

    for (i = 0; i < body->npieces; i++) {

        rc = ngx_http_waveforge_collect_append(r, collected,
                                               &body->pieces[i]);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_collect_append(ngx_http_request_t *r,
    ngx_http_waveforge_collected_t *collected, ngx_str_t *piece)
{
    size_t   size;
    u_char  *data;

    size = ngx_max(collected->size, NGX_HTTP_WAVEFORGE_FIRST_BYTES);

    while (size - collected->text.len < piece->len) {
        size *= 2;
    }

    if (size > NGX_HTTP_WAVEFORGE_BODY_BYTES) {
        return NGX_DECLINED;
    }

    if (size != collected->size) {

        data = ngx_palloc(r->pool, size);
        if (data == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        if (collected->text.len) {
            ngx_memcpy(data, collected->text.data, collected->text.len);
            (void) ngx_pfree(r->pool, collected->text.data);
        }

        collected->text.data = data;
        collected->size = size;
    }

    ngx_memcpy(collected->text.data + collected->text.len, piece->data,
               piece->len);
    collected->text.len += piece->len;

    return NGX_OK;
}
