
/*
 * Errors that nginx raises itself in our location (413, 401, 404, ...) get a
 * body of application/problem+json instead of nginx's HTML page. A page that
 * error_page names, and answers of an upstream, are left alone. What every
 * answer of a dialect of /files/ has is added here, too.
 */


#include "ngx_http_waveforge_cors.h"
#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"


static ngx_int_t ngx_http_waveforge_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);
static ngx_int_t ngx_http_waveforge_mark(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_is_foreign(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_replace(ngx_http_request_t *r);
static void ngx_http_waveforge_forget(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_add_retry(ngx_http_request_t *r);


static ngx_str_t  ngx_http_waveforge_of_bytes[] = {
    ngx_string("Repr-Digest"),
    ngx_string("Content-Disposition"),
    ngx_string("Cache-Control"),
    ngx_null_string
};

static ngx_str_t  ngx_http_waveforge_no_store = ngx_string("no-store");


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;
static ngx_http_output_body_filter_pt    ngx_http_next_body_filter;


ngx_int_t
ngx_http_waveforge_filter_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_waveforge_header_filter;

    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_waveforge_body_filter;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_header_filter(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_mark(r) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_waveforge_cors_add_headers(r) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!ngx_http_waveforge_is_foreign(r)) {
        return ngx_http_next_header_filter(r);
    }

    if (ngx_http_waveforge_replace(r) != NGX_OK
        || ngx_http_waveforge_add_retry(r) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (r->headers_in.expect && r->request_body == NULL) {
        /* whether the body comes nevertheless, only closing makes an end */
        r->keepalive = 0;
    }

    return ngx_http_next_header_filter(r);
}


static ngx_int_t
ngx_http_waveforge_replace(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_get_ctx(r);

    if (ctx == NULL) {
        return NGX_ERROR;
    }

    if (ngx_http_waveforge_describe(r, r->headers_out.status, &ctx->problem)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    r->headers_out.content_length_n = ctx->problem.len;
    ngx_str_set(&r->headers_out.content_type, NGX_HTTP_WAVEFORGE_PROBLEM_TYPE);
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;

    if (r->headers_out.content_length) {
        r->headers_out.content_length->hash = 0;
        r->headers_out.content_length = NULL;
    }

    if (!ctx->answered) {
        return ngx_http_waveforge_add_policy(r);
    }

    /* an answer of ours has become an error (416): the rest stands already */

    ngx_http_waveforge_forget(r);

    return ngx_http_waveforge_add_header(r, "Cache-Control",
                                         &ngx_http_waveforge_no_store);
}


/* What was said of the bytes that are not sent. */

static void
ngx_http_waveforge_forget(ngx_http_request_t *r)
{
    ngx_uint_t        i, n;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    for (part = &r->headers_out.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {

            for (n = 0; ngx_http_waveforge_of_bytes[n].len; n++) {
                if (h[i].key.len == ngx_http_waveforge_of_bytes[n].len
                    && ngx_strncasecmp(h[i].key.data,
                                       ngx_http_waveforge_of_bytes[n].data,
                                       h[i].key.len) == 0)
                {
                    h[i].hash = 0;
                }
            }
        }
    }
}


/* What limits refuse may be asked for again soon. */

static ngx_int_t
ngx_http_waveforge_add_retry(ngx_http_request_t *r)
{
    static ngx_str_t  second = ngx_string("1");

    if (r->headers_out.status != NGX_HTTP_TOO_MANY_REQUESTS
        && r->headers_out.status != NGX_HTTP_SERVICE_UNAVAILABLE)
    {
        return NGX_OK;
    }

    return ngx_http_waveforge_add_header(r, "Retry-After", &second);
}


static ngx_int_t
ngx_http_waveforge_mark(ngx_http_request_t *r)
{
    switch (ngx_http_waveforge_dialect(r)) {

    case NGX_HTTP_WAVEFORGE_TUS:
        return ngx_http_waveforge_tus_mark(r);

    case NGX_HTTP_WAVEFORGE_RUFH:
        return ngx_http_waveforge_rufh_mark(r);

    default:
        return NGX_OK;
    }
}


/* Our own problems are sent without an err_status. */

static ngx_uint_t
ngx_http_waveforge_is_foreign(ngx_http_request_t *r)
{
    return r->headers_out.status >= NGX_HTTP_BAD_REQUEST
           && r == r->main
           && r->err_status
           && r->upstream == NULL
           && r->headers_out.last_modified_time == -1
           && ngx_http_waveforge_conf(r)->enable;
}


ngx_http_waveforge_ctx_t *
ngx_http_waveforge_get_ctx(ngx_http_request_t *r)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx == NULL) {

        ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_waveforge_ctx_t));
        if (ctx == NULL) {
            return NULL;
        }

        ngx_http_set_ctx(r, ctx, ngx_http_waveforge_module);
    }

    return ctx;
}


static ngx_int_t
ngx_http_waveforge_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_buf_t                 *b;
    ngx_chain_t               *cl, out;
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx == NULL || ctx->problem.len == 0 || in == NULL) {
        return ngx_http_next_body_filter(r, in);
    }

    for (cl = in; cl; cl = cl->next) {
        cl->buf->pos = cl->buf->last;
    }

    if (ctx->replaced) {
        return NGX_OK;
    }

    ctx->replaced = 1;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = ctx->problem.data;
    b->last = ctx->problem.data + ctx->problem.len;
    b->memory = 1;
    b->last_buf = 1;
    b->last_in_chain = 1;

    out.buf = b;
    out.next = NULL;

    return ngx_http_next_body_filter(r, &out);
}
