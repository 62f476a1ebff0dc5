
/* Where a new file is: its Location. */


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_response.h"


static u_char *ngx_http_waveforge_put_origin(ngx_http_request_t *r,
    ngx_str_t *host, u_char *p);


ngx_int_t
ngx_http_waveforge_files_add_location(ngx_http_request_t *r, const char *id)
{
    ngx_str_t  value;

    if (ngx_http_waveforge_files_get_location(r, id, &value) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_add_header(r, "Location", &value);
}


ngx_int_t
ngx_http_waveforge_files_get_location(ngx_http_request_t *r, const char *id,
    ngx_str_t *ret_value)
{
    u_char     *p;
    size_t      length;
    ngx_str_t   value, host, *base;

    base = &ngx_http_waveforge_conf(r)->base;

    if (ngx_http_waveforge_get_host(r, &host) != NGX_OK) {
        host.len = 0;
    }

    length = sizeof("https://") + host.len + 3 * base->len
             + sizeof("/files/") + ngx_strlen(id);

    value.data = ngx_pnalloc(r->pool, length);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_http_waveforge_put_origin(r, &host, value.data);
    p = (u_char *) ngx_escape_uri(p, base->data, base->len, NGX_ESCAPE_URI);

    if (base->len == 0 || base->data[base->len - 1] != '/') {
        *p++ = '/';
    }

    p = ngx_sprintf(p, "files/%s", id);

    value.len = p - value.data;
    *ret_value = value;

    return NGX_OK;
}


/* The host was looked at by nginx: it can stand in a URL. */

static u_char *
ngx_http_waveforge_put_origin(ngx_http_request_t *r, ngx_str_t *host,
    u_char *p)
{
    const char  *scheme;

    if (ngx_http_waveforge_conf(r)->tus_location
        != NGX_HTTP_WAVEFORGE_LOCATION_ABSOLUTE
        || host->len == 0)
    {
        return p;
    }

    scheme = "http";

#if (NGX_HTTP_SSL)
    if (r->connection->ssl) {
        scheme = "https";
    }
#endif

    return ngx_sprintf(p, "%s://%V", scheme, host);
}
