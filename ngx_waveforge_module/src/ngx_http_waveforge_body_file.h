
/*
 * A body that another module (mirror, or any that reads bodies in an earlier
 * phase) has let nginx write to a file: read back by jobs, a buffer at a time.
 */


#ifndef _NGX_HTTP_WAVEFORGE_BODY_FILE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_BODY_FILE_H_INCLUDED_


#include "ngx_http_waveforge_body.h"


/*
 * The next bytes of the file buffer at `body->next`, as one piece. The first
 * call for each piece posts a job and returns NGX_AGAIN, the one after it, from
 * `body->handler`, NGX_OK.
 */
ngx_int_t ngx_http_waveforge_body_read_file(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body);


#endif /* _NGX_HTTP_WAVEFORGE_BODY_FILE_H_INCLUDED_ */
