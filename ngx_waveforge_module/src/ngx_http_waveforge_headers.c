
#include "ngx_http_waveforge_headers.h"


static ngx_uint_t ngx_http_waveforge_join(ngx_http_request_t *r,
    const char *name, ngx_str_t *joined);
static ngx_uint_t ngx_http_waveforge_is_embeddable(ngx_http_request_t *r);


static struct {
    const char  *name;
    ngx_str_t    value;
} ngx_http_waveforge_policy[] = {
    { "X-Content-Type-Options", ngx_string("nosniff") },
    { "Referrer-Policy", ngx_string("no-referrer") },
    { NULL, ngx_null_string }
};

static ngx_str_t  ngx_http_waveforge_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_waveforge_same_origin = ngx_string("same-origin");


ngx_int_t
ngx_http_waveforge_add_header(ngx_http_request_t *r, const char *name,
    ngx_str_t *value)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    h->key.data = (u_char *) name;
    h->key.len = ngx_strlen(name);
    h->value = *value;

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_add_number(ngx_http_request_t *r, const char *name,
    uint64_t number)
{
    ngx_str_t  text;

    text.data = ngx_pnalloc(r->pool, NGX_INT64_LEN);
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    text.len = ngx_sprintf(text.data, "%uL", number) - text.data;

    return ngx_http_waveforge_add_header(r, name, &text);
}


ngx_str_t *
ngx_http_waveforge_get_header(ngx_http_request_t *r, const char *name)
{
    size_t            length;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    length = ngx_strlen(name);

    for (part = &r->headers_in.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].key.len == length
                && ngx_strncasecmp(h[i].key.data, (u_char *) name, length)
                   == 0)
            {
                return &h[i].value;
            }
        }
    }

    return NULL;
}


ngx_int_t
ngx_http_waveforge_get_list(ngx_http_request_t *r, const char *name,
    ngx_str_t *ret_list)
{
    ngx_str_t  *value, joined = ngx_null_string;

    value = ngx_http_waveforge_get_header(r, name);

    if (value == NULL) {
        return NGX_DECLINED;
    }

    if (ngx_http_waveforge_join(r, name, &joined) == 1) {
        *ret_list = *value;
        return NGX_OK;
    }

    joined.data = ngx_pnalloc(r->pool, joined.len);
    if (joined.data == NULL) {
        return NGX_ERROR;
    }

    joined.len = 0;
    (void) ngx_http_waveforge_join(r, name, &joined);

    *ret_list = joined;

    return NGX_OK;
}


/* Returns the number of lines; without `data` only counts their length. */

static ngx_uint_t
ngx_http_waveforge_join(ngx_http_request_t *r, const char *name,
    ngx_str_t *joined)
{
    u_char           *last;
    size_t            length;
    ngx_uint_t        i, n;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    n = 0;
    length = ngx_strlen(name);

    for (part = &r->headers_in.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {

            if (h[i].key.len != length
                || ngx_strncasecmp(h[i].key.data, (u_char *) name, length)
                   != 0)
            {
                continue;
            }

            if (joined->data) {
                last = joined->data + joined->len;
                last = ngx_cpymem(last, n ? "," : " ", 1);
                ngx_memcpy(last, h[i].value.data, h[i].value.len);
            }

            joined->len += 1 + h[i].value.len;
            n++;
        }
    }

    return n;
}


/* Over HTTP/3 nginx makes no header Host of :authority. */

ngx_int_t
ngx_http_waveforge_get_host(ngx_http_request_t *r, ngx_str_t *ret_host)
{
    if (r->headers_in.host) {
        *ret_host = r->headers_in.host->value;
        return NGX_OK;
    }

#if (NGX_HTTP_V3)
    if (r->http_version == NGX_HTTP_VERSION_30 && r->host_start) {
        ret_host->data = r->host_start;
        ret_host->len = r->host_end - r->host_start;
        return NGX_OK;
    }
#endif

    return NGX_DECLINED;
}


ngx_int_t
ngx_http_waveforge_set_etag(ngx_http_request_t *r, const char *text,
    size_t length)
{
    ngx_table_elt_t  *etag;

    etag = ngx_list_push(&r->headers_out.headers);
    if (etag == NULL) {
        return NGX_ERROR;
    }

    etag->hash = 1;
    ngx_str_set(&etag->key, "ETag");

    etag->value.data = ngx_pnalloc(r->pool, length + 2);
    if (etag->value.data == NULL) {
        etag->hash = 0;
        return NGX_ERROR;
    }

    etag->value.len = ngx_sprintf(etag->value.data, "\"%*s\"", length, text)
                      - etag->value.data;

    r->headers_out.etag = etag;

    return NGX_OK;
}


ngx_int_t
ngx_http_waveforge_add_policy(ngx_http_request_t *r)
{
    ngx_uint_t  i;
    ngx_str_t   cached = ngx_string("private, no-cache");

    for (i = 0; ngx_http_waveforge_policy[i].name; i++) {

        if (ngx_http_waveforge_add_header(r, ngx_http_waveforge_policy[i].name,
                                          &ngx_http_waveforge_policy[i].value)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (!ngx_http_waveforge_is_embeddable(r)
        && ngx_http_waveforge_add_header(r, "Cross-Origin-Resource-Policy",
                                         &ngx_http_waveforge_same_origin)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (r->headers_out.etag && (r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_waveforge_add_header(r, "Cache-Control", &cached);
    }

    return ngx_http_waveforge_add_header(r, "Cache-Control",
                                         &ngx_http_waveforge_no_store);
}


/* Audio that other sites may use: an <audio> of theirs sends no Origin. */

static ngx_uint_t
ngx_http_waveforge_is_embeddable(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_conf(r)->cors == NULL) {
        return 0;
    }

    switch (ngx_http_waveforge_ctx(r)->target.resource) {

    case WF_RESOURCE_UPLOAD_AUDIO:
    case WF_RESOURCE_AUDIO:
    case WF_RESOURCE_DOWNLOAD:
    case WF_RESOURCE_FILE:
        return 1;

    default:
        return 0;
    }
}
