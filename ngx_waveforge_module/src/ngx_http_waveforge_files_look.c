
#include "ngx_http_waveforge_files_look.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_store.h"


typedef struct {
    ngx_http_waveforge_job_t     job;
    char                         id[WFS_ID_MAX_BYTES + 1];
    ngx_http_waveforge_state_t   state;
    ngx_http_waveforge_look_pt   answer;
} ngx_http_waveforge_look_t;


static void ngx_http_waveforge_look_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_look_release(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_look_done(ngx_http_waveforge_job_t *job);
static wfs_status ngx_http_waveforge_get_recording_state(wfs_store *store,
    const char *id, ngx_http_waveforge_state_t *state, wfs_error *error);


ngx_int_t
ngx_http_waveforge_files_look(ngx_http_request_t *r,
    ngx_http_waveforge_look_pt answer)
{
    ngx_http_waveforge_look_t  *look;

    look = (ngx_http_waveforge_look_t *)
               ngx_http_waveforge_job_create(r,
                                           sizeof(ngx_http_waveforge_look_t));
    if (look == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    look->job.run = ngx_http_waveforge_look_run;
    look->job.done = ngx_http_waveforge_look_done;
    look->job.release = ngx_http_waveforge_look_release;
    look->answer = answer;

    ngx_memcpy(look->id, ngx_http_waveforge_ctx(r)->target.id,
               sizeof(look->id));

    if (ngx_http_waveforge_job_post(&look->job) != NGX_OK) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         NULL);
    }

    r->main->count++;

    return NGX_DONE;
}


static void
ngx_http_waveforge_look_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    ngx_http_waveforge_look_t  *look;

    look = (ngx_http_waveforge_look_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    /* where a writer does not end no offset can be told to go on from */

    job->status = wfs_upload_end_append(store, look->id, &job->error);

    if (job->status == WFS_EBUSY) {
        return;
    }

    job->status = ngx_http_waveforge_files_get_state(store, look->id,
                                                     &look->state,
                                                     &job->error);
}


static void
ngx_http_waveforge_look_release(ngx_http_waveforge_job_t *job)
{
    free(((ngx_http_waveforge_look_t *) job)->state.note);
}


static void
ngx_http_waveforge_look_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t         *r;
    ngx_http_waveforge_look_t  *look;

    r = job->request;
    look = (ngx_http_waveforge_look_t *) job;

    ngx_http_finalize_request(r,
                              job->status == WFS_OK
                              ? look->answer(r, &look->state)
                              : ngx_http_waveforge_refuse_status(r,
                                              job->status, &job->error, NULL));
}


wfs_status
ngx_http_waveforge_files_get_state(wfs_store *store, const char *id,
    ngx_http_waveforge_state_t *state, wfs_error *error)
{
    wfs_status        status;
    wfs_upload_info   info = WFS_UPLOAD_INFO_INIT;

    free(state->note);
    ngx_memzero(state, sizeof(ngx_http_waveforge_state_t));

    status = wfs_upload_get(store, id, false, &info, error);

    if (status == WFS_OK) {
        state->offset = info.prefix_bytes;
        state->size = info.size_bytes;
        state->expires_ms = info.expires_ms;
        state->is_append = info.is_append;
        state->is_partial = info.is_partial;

        wfs_upload_info_release(&info);

    } else if (status == WFS_ECOMPLETE) {
        status = ngx_http_waveforge_get_recording_state(store, id, state,
                                                        error);
    }

    if (status == WFS_OK) {
        status = wfs_upload_get_note(store, id, &state->note, error);
    }

    return status;
}


static wfs_status
ngx_http_waveforge_get_recording_state(wfs_store *store, const char *id,
    ngx_http_waveforge_state_t *state, wfs_error *error)
{
    wfs_status     status;
    wfs_recording  recording = WFS_RECORDING_INIT;

    status = wfs_recording_get(store, id, &recording, error);

    if (status == WFS_OK) {
        state->offset = recording.size_bytes;
        state->size = recording.size_bytes;
        state->is_complete = 1;
        state->has_sha256 = recording.has_sha256;

        ngx_memcpy(state->sha256, recording.sha256, WFS_SHA256_BYTES);

        wfs_recording_release(&recording);
    }

    return status;
}
