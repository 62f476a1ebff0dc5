
/* DELETE /files/{id}: an upload, or the recording it has become. */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_problem.h"


static void ngx_http_waveforge_files_delete_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_files_deleted(ngx_http_waveforge_job_t *job);


ngx_int_t
ngx_http_waveforge_files_delete(ngx_http_request_t *r)
{
    ngx_http_waveforge_call_t  *call;

    call = ngx_http_waveforge_call_create(r,
                                          sizeof(ngx_http_waveforge_call_t),
                                          ngx_http_waveforge_files_delete_run);
    if (call == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    call->job.done = ngx_http_waveforge_files_deleted;

    return ngx_http_waveforge_call_start(call);
}


/* It may become a recording between the two: then it is one. */

static void
ngx_http_waveforge_files_delete_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    wfs_recording               recording = WFS_RECORDING_INIT;
    ngx_http_waveforge_call_t  *call;

    call = (ngx_http_waveforge_call_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_upload_delete(store, call->id, &job->error);

    if (job->status == WFS_OK) {
        call->change.uploads = -1;
        return;
    }

    if (job->status != WFS_ECOMPLETE) {
        return;
    }

    job->status = wfs_recording_get(store, call->id, &recording, &job->error);

    if (job->status == WFS_OK) {
        call->change.recordings = -1;
        call->change.recording_bytes = -(int64_t) recording.size_bytes;
        wfs_recording_release(&recording);

        job->status = wfs_recording_delete(store, call->id, NULL, &job->error);
    }
}


static void
ngx_http_waveforge_files_deleted(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t         *r;
    ngx_http_waveforge_call_t  *call;

    r = job->request;
    call = (ngx_http_waveforge_call_t *) job;

    if (job->status != WFS_OK) {
        ngx_http_finalize_request(r,
                       ngx_http_waveforge_refuse_status(r, job->status,
                                                        &job->error, NULL));
        return;
    }

    ngx_http_waveforge_store_count(job->store, &call->change);

    ngx_http_finalize_request(r, ngx_http_waveforge_files_send(r,
                                                         NGX_HTTP_NO_CONTENT));
}
