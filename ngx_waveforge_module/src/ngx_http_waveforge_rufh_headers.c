
/*
 * The headers of answers to resumable uploads for HTTP.
 */


#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"


ngx_int_t
ngx_http_waveforge_rufh_add_complete(ngx_http_request_t *r,
    ngx_uint_t is_complete)
{
    ngx_str_t  yes = ngx_string("?1"), no = ngx_string("?0");

    return ngx_http_waveforge_add_header(r, "Upload-Complete",
                                         is_complete ? &yes : &no);
}


ngx_int_t
ngx_http_waveforge_rufh_add_limit(ngx_http_request_t *r, int64_t expires_ms)
{
    ngx_str_t        text;
    wf_upload_limit  limit;

    ngx_http_waveforge_rufh_get_limit(r, expires_ms, &limit);

    text.data = ngx_pnalloc(r->pool, WF_UPLOAD_LIMIT_BYTES);
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    text.len = wf_upload_limit_format(&limit, (char *) text.data);

    return ngx_http_waveforge_add_header(r, "Upload-Limit", &text);
}


/*
 * What nginx takes of a body at most is the limit of a request; that of chunks
 * is none of an upload's that is received in one piece.
 */

void
ngx_http_waveforge_rufh_get_limit(ngx_http_request_t *r, int64_t expires_ms,
    wf_upload_limit *ret_limit)
{
    off_t                           max;
    int64_t                         rest;
    ngx_http_core_loc_conf_t       *clcf;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);
    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    max = wlcf->max_recording_size;
    ret_limit->max_size = max ? (uint64_t) max : WFS_UNKNOWN;

    max = clcf->client_max_body_size;
    ret_limit->max_append_size = max ? (uint64_t) max : WFS_UNKNOWN;

    rest = expires_ms ? expires_ms / 1000 - (int64_t) ngx_time()
                      : (int64_t) wlcf->upload_expiry;

    if (wlcf->upload_expiry == 0) {
        ret_limit->max_age = WFS_UNKNOWN;
        return;
    }

    ret_limit->max_age = rest > 0 ? (uint64_t) rest : 0;
}
