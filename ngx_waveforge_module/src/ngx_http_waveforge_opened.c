
#include "ngx_http_waveforge_opened.h"
#include "ngx_http_waveforge_store.h"


void
ngx_http_waveforge_opened_open(ngx_http_waveforge_job_t *job, const char *id,
    ngx_http_waveforge_opened_t *opened)
{
    opened->handle = ngx_http_waveforge_job_store(job);

    if (opened->handle == NULL) {
        return;
    }

    /* the moment first: what is committed from now on makes it another */

    opened->has_moment = wfs_store_get_moment(opened->handle, &opened->moment);

    job->status = wfs_recording_open(opened->handle, id, &opened->recording,
                                     &opened->blob, &job->error);
}


void
ngx_http_waveforge_opened_release(ngx_http_waveforge_opened_t *opened)
{
    wfs_recording_release(&opened->recording);
    wfs_blob_ref_release(&opened->blob);
}


ngx_uint_t
ngx_http_waveforge_opened_is_still(ngx_http_waveforge_opened_t *opened)
{
    wfs_moment  now;

    return wfs_store_get_moment(opened->handle, &now)
           && wfs_moment_is_same(&now, &opened->moment);
}
