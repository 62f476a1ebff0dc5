
/*
 * The log phase: a request that was ours is counted, also if nginx itself has
 * refused it before it came to us; files of the location are not.
 */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_metrics.h"


static const char  *ngx_http_waveforge_endpoints[WF_RESOURCES] = {
    [WF_RESOURCE_CHUNK] = "chunk",
    [WF_RESOURCE_UPLOAD] = "upload",
    [WF_RESOURCE_UPLOAD_AUDIO] = "upload_audio",
    [WF_RESOURCE_UPLOADS] = "uploads",
    [WF_RESOURCE_COMPLETE] = "complete",
    [WF_RESOURCE_RECORDINGS] = "recordings",
    [WF_RESOURCE_RECORDING] = "recording",
    [WF_RESOURCE_AUDIO] = "audio",
    [WF_RESOURCE_DOWNLOAD] = "download",
    [WF_RESOURCE_HEALTH] = "health",
    [WF_RESOURCE_LIVE] = "health_live",
    [WF_RESOURCE_CONFIG] = "config",
    [WF_RESOURCE_FILES] = "files",
    [WF_RESOURCE_FILE] = "file"
};


/* One place more than these stands for all others. */

static const ngx_uint_t  ngx_http_waveforge_codes[] = {
    0, 200, 201, 202, 204, 206, 304,
    400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416,
    417, 421, 422, 423, 426, 429, 431, 444, 460, 499,
    500, 501, 502, 503, 504, 507
};

#define NGX_HTTP_WAVEFORGE_OTHER_CODE                                         \
    (sizeof(ngx_http_waveforge_codes) / sizeof(ngx_uint_t))


static ngx_uint_t ngx_http_waveforge_metrics_resource(ngx_http_request_t *r,
    ngx_uint_t *ret_resource);
static ngx_uint_t ngx_http_waveforge_metrics_status(ngx_http_request_t *r);
static ngx_uint_t ngx_http_waveforge_metrics_is_chunk(ngx_http_request_t *r,
    ngx_uint_t resource);
static void ngx_http_waveforge_metrics_log_times(ngx_http_request_t *r,
    ngx_uint_t resource);


ngx_int_t
ngx_http_waveforge_metrics_log_handler(ngx_http_request_t *r)
{
    ngx_uint_t                     i, status, resource;
    ngx_http_waveforge_ctx_t      *ctx;
    ngx_http_waveforge_metrics_t  *slot;

    slot = ngx_http_waveforge_main(r)->metrics;

    if (slot == NULL
        || !ngx_http_waveforge_conf(r)->enable
        || !ngx_http_waveforge_metrics_resource(r, &resource))
    {
        return NGX_OK;
    }

    status = ngx_http_waveforge_metrics_status(r);

    for (i = 0; i < NGX_HTTP_WAVEFORGE_OTHER_CODE; i++) {
        if (ngx_http_waveforge_codes[i] == status) {
            break;
        }
    }

    (void) ngx_atomic_fetch_add(&slot->requests[resource][i], 1);

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ctx->code && ctx->refusal < NGX_HTTP_WAVEFORGE_REFUSALS) {
        (void) ngx_atomic_fetch_add(&slot->refusals[ctx->refusal], 1);
    }

    if (status >= NGX_HTTP_OK && status < NGX_HTTP_SPECIAL_RESPONSE) {
        ngx_http_waveforge_metrics_log_times(r, resource);
    }

    return NGX_OK;
}


/* Whether it is ours; what nobody has a name for is WF_RESOURCE_NONE. */

static ngx_uint_t
ngx_http_waveforge_metrics_resource(ngx_http_request_t *r,
    ngx_uint_t *ret_resource)
{
    wf_target                  target;
    ngx_str_t                  path;
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    target.resource = ctx ? ctx->target.resource : WF_RESOURCE_NONE;

    if (target.resource == WF_RESOURCE_NONE
        && ngx_http_waveforge_get_path(r, &path) == NGX_OK)
    {
        wf_target_parse((char *) path.data, path.len, &target);
    }

    *ret_resource = ngx_http_waveforge_endpoints[target.resource]
                    ? target.resource : WF_RESOURCE_NONE;

    return target.resource != WF_RESOURCE_NONE || (ctx && ctx->answered);
}


/* The same as $status. */

static ngx_uint_t
ngx_http_waveforge_metrics_status(ngx_http_request_t *r)
{
    return r->err_status ? r->err_status : r->headers_out.status;
}


/* Of whatever protocol. */

static ngx_uint_t
ngx_http_waveforge_metrics_is_chunk(ngx_http_request_t *r, ngx_uint_t resource)
{
    ngx_http_waveforge_append_t  *ap;

    ap = ngx_http_waveforge_ctx(r)->append;

    return (resource == WF_RESOURCE_CHUNK && r->method == NGX_HTTP_POST)
           || (ap && ap->appended);
}


static void
ngx_http_waveforge_metrics_log_times(ngx_http_request_t *r,
    ngx_uint_t resource)
{
    ngx_time_t      *tp;
    ngx_msec_int_t   ms;

    tp = ngx_timeofday();

    ms = (ngx_msec_int_t) ((tp->sec - r->start_sec) * 1000
                           + (tp->msec - r->start_msec));
    ms = ngx_max(ms, 0);

    /* 202: it goes on */

    if (resource == WF_RESOURCE_COMPLETE
        && r->headers_out.status == NGX_HTTP_OK)
    {
        ngx_http_waveforge_metrics_time(NGX_HTTP_WAVEFORGE_COMPLETE_TIME,
                                        (uint64_t) ms * 1000000);
    }

    if (ngx_http_waveforge_metrics_is_chunk(r, resource)) {
        ngx_http_waveforge_metrics_time(NGX_HTTP_WAVEFORGE_CHUNK_TIME,
                                        (uint64_t) ms * 1000000);
        ngx_http_waveforge_metrics_time(NGX_HTTP_WAVEFORGE_CHUNK_STORE_TIME,
                                        ngx_http_waveforge_ctx(r)->store_ns);
    }
}


const char *
ngx_http_waveforge_metrics_endpoint(ngx_uint_t resource)
{
    const char  *name;

    name = ngx_http_waveforge_endpoints[resource];

    return name ? name : "other";
}


u_char *
ngx_http_waveforge_metrics_code(ngx_uint_t place,
    u_char text[NGX_HTTP_WAVEFORGE_CODE_BYTES])
{
    if (place > NGX_HTTP_WAVEFORGE_OTHER_CODE) {
        return NULL;
    }

    if (place == NGX_HTTP_WAVEFORGE_OTHER_CODE) {
        ngx_memcpy(text, "other", NGX_HTTP_WAVEFORGE_CODE_BYTES);

    } else {
        (void) ngx_sprintf(text, "%03ui%Z", ngx_http_waveforge_codes[place]);
    }

    return text;
}
