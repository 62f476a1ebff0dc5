
/*
 * Recordings that were asked for last, kept open by each worker for each store:
 * who plays one asks for many pieces of it.
 *
 * One is kept with the moment of the catalogue before it was looked up, and is
 * sent again, without a job, only as long as it is the same moment: nothing has
 * been committed since, by any process. It is looked up anew after a second, so
 * that a disk that hangs is asked by threads, and closed by a thread once it is
 * of no use any more, which the store's probe finds out.
 */


#ifndef _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_


#include "ngx_http_waveforge_opened.h"


/*
 * The recording of the request's id, its own until it ends; NULL: the store has
 * to be asked.
 */
ngx_http_waveforge_opened_t *ngx_http_waveforge_kept_take(
    ngx_http_request_t *r);

/*
 * Keep what a job has opened, and go on with what is returned, which is the
 * request's until it ends: `opened` itself if it cannot be kept. Its members
 * move along when it is, but for metadata, which is released.
 */
ngx_http_waveforge_opened_t *ngx_http_waveforge_kept_put(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);


#endif /* _NGX_HTTP_WAVEFORGE_KEPT_H_INCLUDED_ */
