
/*
 * The headers of a recording's bytes: its ETag and digest, the sandbox, and for
 * downloads the name.
 */


#ifndef _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_


#include "ngx_http_waveforge.h"


ngx_int_t ngx_http_waveforge_audio_set_headers(ngx_http_request_t *r,
    wfs_recording *recording);

/* Repr-Digest. */
ngx_int_t ngx_http_waveforge_audio_add_digest(ngx_http_request_t *r,
    const uint8_t sha256[WFS_SHA256_BYTES]);


#endif /* _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_ */
