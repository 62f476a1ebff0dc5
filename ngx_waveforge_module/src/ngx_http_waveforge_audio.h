
/*
 * The headers of a recording's bytes: its ETag and digest, the sandbox, and for
 * downloads the name.
 */


#ifndef _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_


#include "ngx_http_waveforge.h"


ngx_int_t ngx_http_waveforge_audio_set_headers(ngx_http_request_t *r,
    wfs_recording *recording);


#endif /* _NGX_HTTP_WAVEFORGE_AUDIO_H_INCLUDED_ */
