
/* tus: HEAD /files/{id}, what has arrived. */


#include "ngx_http_waveforge_files_look.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_tus.h"


static ngx_int_t ngx_http_waveforge_tus_head_answer(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);
static ngx_int_t ngx_http_waveforge_tus_add_size(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);


ngx_int_t
ngx_http_waveforge_tus_head_handler(ngx_http_request_t *r)
{
    return ngx_http_waveforge_files_look(r,
                                         ngx_http_waveforge_tus_head_answer);
}


static ngx_int_t
ngx_http_waveforge_tus_head_answer(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state)
{
    if (ngx_http_waveforge_tus_add_size(r, state) != NGX_OK
        || ngx_http_waveforge_tus_add_progress(r, state) != NGX_OK
        || ngx_http_waveforge_tus_add_note(r, state->note) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_files_send(r, NGX_HTTP_OK);
}


ngx_int_t
ngx_http_waveforge_tus_add_progress(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state)
{
    if (ngx_http_waveforge_add_number(r, "Upload-Offset", state->offset)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (state->expires_ms == 0) {
        return NGX_OK;
    }

    return ngx_http_waveforge_tus_add_time(r, "Upload-Expires",
                                           state->expires_ms);
}


static ngx_int_t
ngx_http_waveforge_tus_add_size(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state)
{
    ngx_str_t  yes = ngx_string("1");

    if (state->size == WFS_UNKNOWN) {
        return ngx_http_waveforge_add_header(r, "Upload-Defer-Length", &yes);
    }

    return ngx_http_waveforge_add_number(r, "Upload-Length", state->size);
}
