
/*
 * tus: the version, OPTIONS, and which handler a request goes to.
 */


#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_upload_checksum.h"


static ngx_uint_t ngx_http_waveforge_tus_is_marked(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_tus_refuse_version(ngx_http_request_t *r);


static const char  ngx_http_waveforge_tus_resumable[] = "Tus-Resumable";

static ngx_str_t  ngx_http_waveforge_tus_version = ngx_string("1.0.0");
static ngx_str_t  ngx_http_waveforge_tus_extensions =
    ngx_string("creation,creation-with-upload,creation-defer-length,"
               "termination,expiration,checksum,concatenation");
static ngx_str_t  ngx_http_waveforge_tus_algorithms =
    ngx_string(WF_UPLOAD_CHECKSUM_ALGORITHMS);


ngx_int_t
ngx_http_waveforge_tus_handler(ngx_http_request_t *r)
{
    ngx_str_t                 *version;
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    version = ngx_http_waveforge_get_header(r,
                                            ngx_http_waveforge_tus_resumable);

    if (version == NULL
        || version->len != ngx_http_waveforge_tus_version.len
        || ngx_strncmp(version->data, ngx_http_waveforge_tus_version.data,
                       version->len) != 0)
    {
        return ngx_http_waveforge_tus_refuse_version(r);
    }

    switch (ctx->method) {

    case NGX_HTTP_HEAD:
        return ngx_http_waveforge_tus_head_handler(r);

    case NGX_HTTP_DELETE:
        return ngx_http_waveforge_files_delete(r);

    case NGX_HTTP_PATCH:
        return ngx_http_waveforge_tus_append_handler(r);

    default: /* NGX_HTTP_POST */
        return ngx_http_waveforge_tus_create_handler(r);
    }
}


ngx_int_t
ngx_http_waveforge_tus_mark(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_conf(r)->tus
        || ngx_http_waveforge_tus_is_marked(r))
    {
        return NGX_OK;
    }

    return ngx_http_waveforge_add_header(r, ngx_http_waveforge_tus_resumable,
                                         &ngx_http_waveforge_tus_version);
}


/* An answer of ours that has become an error (416) comes a second time. */

static ngx_uint_t
ngx_http_waveforge_tus_is_marked(ngx_http_request_t *r)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    for (part = &r->headers_out.headers.part; part; part = part->next) {

        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].key.data
                == (u_char *) ngx_http_waveforge_tus_resumable)
            {
                return 1;
            }
        }
    }

    return 0;
}


ngx_int_t
ngx_http_waveforge_tus_add_options(ngx_http_request_t *r)
{
    off_t  max;

    max = ngx_http_waveforge_conf(r)->max_recording_size;

    if (ngx_http_waveforge_add_header(r, "Tus-Version",
                                      &ngx_http_waveforge_tus_version)
        != NGX_OK
        || ngx_http_waveforge_add_header(r, "Tus-Extension",
                                         &ngx_http_waveforge_tus_extensions)
           != NGX_OK
        || ngx_http_waveforge_add_header(r, "Tus-Checksum-Algorithm",
                                         &ngx_http_waveforge_tus_algorithms)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (max == 0) {
        return NGX_OK;
    }

    return ngx_http_waveforge_add_number(r, "Tus-Max-Size",
                                         (uint64_t) max);
}


static ngx_int_t
ngx_http_waveforge_tus_refuse_version(ngx_http_request_t *r)
{
    if (ngx_http_waveforge_add_header(r, "Tus-Version",
                                      &ngx_http_waveforge_tus_version)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_UNSUPPORTED_VERSION,
                                     NULL);
}


ngx_int_t
ngx_http_waveforge_tus_add_time(ngx_http_request_t *r, const char *name,
    int64_t unix_ms)
{
    ngx_str_t  text;

    text.data = ngx_pnalloc(r->pool, sizeof("Mon, 28 Sep 1970 06:00:00 GMT"));
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    text.len = ngx_http_time(text.data, (time_t) (unix_ms / 1000))
               - text.data;

    return ngx_http_waveforge_add_header(r, name, &text);
}
