
/*
 * OPTIONS of /files/ and /files/{id}: a client that asks may speak either
 * dialect, so it hears of both.
 */


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_response.h"


ngx_int_t
ngx_http_waveforge_files_options(ngx_http_request_t *r)
{
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    if (ngx_http_waveforge_add_header(r, "Allow",
                                      ngx_http_waveforge_files_get_allow(r))
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (wlcf->tus && ngx_http_waveforge_tus_add_options(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (wlcf->rufh && ngx_http_waveforge_rufh_add_options(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_files_send(r, NGX_HTTP_OK);
}
