
/*
 * A recording, looked up and opened, and the moment of the catalogue before it
 * was looked up.
 */


#ifndef _NGX_HTTP_WAVEFORGE_OPENED_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_OPENED_H_INCLUDED_


#include "ngx_http_waveforge_task.h"


/* `handle` of the store, and whether its `moment` could be told. */

typedef struct {
    wfs_store                  *handle;
    wfs_moment                  moment;
    ngx_uint_t                  has_moment;
    wfs_recording               recording;
    wfs_blob_ref                blob;
} ngx_http_waveforge_opened_t;


/* On a thread: look up and open recording `id`; the job has the outcome. */
void ngx_http_waveforge_opened_open(ngx_http_waveforge_job_t *job,
    const char *id, ngx_http_waveforge_opened_t *opened);
void ngx_http_waveforge_opened_release(ngx_http_waveforge_opened_t *opened);

/* Whether nothing has been committed since, by any process. Asks no disk. */
ngx_uint_t ngx_http_waveforge_opened_is_still(
    ngx_http_waveforge_opened_t *opened);


#endif /* _NGX_HTTP_WAVEFORGE_OPENED_H_INCLUDED_ */
