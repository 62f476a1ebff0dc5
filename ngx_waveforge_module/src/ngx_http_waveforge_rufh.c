
/* Resumable uploads for HTTP: not here yet. */


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_problem.h"


ngx_int_t
ngx_http_waveforge_rufh_handler(ngx_http_request_t *r)
{
    return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NOT_FOUND, NULL);
}
