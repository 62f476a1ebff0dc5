
/*
 * HEAD and GET /files/{id}: how far an upload has come. Where it has become a
 * recording GET is for that.
 */


#include "ngx_http_waveforge_audio.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"


static ngx_int_t ngx_http_waveforge_rufh_tell(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);
static ngx_int_t ngx_http_waveforge_rufh_tell_digest(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);


ngx_int_t
ngx_http_waveforge_rufh_look(ngx_http_request_t *r)
{
    return ngx_http_waveforge_files_look(r, ngx_http_waveforge_rufh_tell);
}


static ngx_int_t
ngx_http_waveforge_rufh_tell(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state)
{
    if (state->is_complete && r->method == NGX_HTTP_GET) {
        return ngx_http_waveforge_audio_handler(r);
    }

    if (ngx_http_waveforge_add_number(r, "Upload-Offset", state->offset)
        != NGX_OK
        || ngx_http_waveforge_rufh_add_complete(r, state->is_complete)
           != NGX_OK
        || ngx_http_waveforge_rufh_add_limit(r, state->expires_ms) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (state->size != WFS_UNKNOWN
        && ngx_http_waveforge_add_number(r, "Upload-Length", state->size)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_waveforge_rufh_tell_digest(r, state) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_files_send(r, NGX_HTTP_NO_CONTENT);
}


static ngx_int_t
ngx_http_waveforge_rufh_tell_digest(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state)
{
    ngx_http_waveforge_rufh_t  rufh;

    if (ngx_http_waveforge_rufh_parse(r, &rufh) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!rufh.wants_digest || !state->has_sha256) {
        return NGX_OK;
    }

    return ngx_http_waveforge_audio_add_digest(r, state->sha256);
}
