
#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"


static ngx_int_t ngx_http_waveforge_call_answer(ngx_http_request_t *r,
    ngx_http_waveforge_call_t *call);


void *
ngx_http_waveforge_call_create(ngx_http_request_t *r, size_t size,
    ngx_http_waveforge_job_pt run)
{
    ngx_http_waveforge_call_t  *call;

    call = (ngx_http_waveforge_call_t *) ngx_http_waveforge_job_create(r,
                                                                       size);
    if (call == NULL) {
        return NULL;
    }

    call->job.run = run;
    call->job.done = ngx_http_waveforge_call_done;
    call->job.release = ngx_http_waveforge_call_release;

    ngx_memcpy(call->id, ngx_http_waveforge_ctx(r)->target.id,
               sizeof(call->id));

    return call;
}


void
ngx_http_waveforge_call_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_call_t  *call;

    call = (ngx_http_waveforge_call_t *) job;

    wf_json_release(&call->json);
    wf_json_release(&call->members);
}


ngx_int_t
ngx_http_waveforge_call_start(void *call)
{
    ngx_http_request_t        *r;
    ngx_http_waveforge_job_t  *job = call;

    r = job->request;

    if (ngx_http_waveforge_job_post(job) != NGX_OK) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         NULL);
    }

    r->main->count++;

    return NGX_DONE;
}


void
ngx_http_waveforge_call_go_on(void *call)
{
    ngx_http_request_t        *r;
    ngx_http_waveforge_job_t  *job = call;

    r = job->request;

    if (ngx_http_waveforge_job_post(job) != NGX_OK) {
        ngx_http_finalize_request(r,
                  ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                            NULL));
    }
}


void
ngx_http_waveforge_call_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t  *r;

    r = job->request;

    ngx_http_finalize_request(r,
        ngx_http_waveforge_call_answer(r, (ngx_http_waveforge_call_t *) job));
}


/* The text goes out as it is: it lives as long as the request. */

static ngx_int_t
ngx_http_waveforge_call_answer(ngx_http_request_t *r,
    ngx_http_waveforge_call_t *call)
{
    ngx_str_t  text;

    if (call->job.status != WFS_OK) {
        return ngx_http_waveforge_refuse_status(r, call->job.status,
                                                &call->job.error,
                                                &call->members);
    }

    ngx_http_waveforge_store_count(call->job.store, &call->change);

    if (!wf_json_is_whole(&call->json)) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (call->etag[0]
        && ngx_http_waveforge_set_etag(r, call->etag, ngx_strlen(call->etag))
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    text.data = (u_char *) call->json.text;
    text.len = call->json.length;

    return ngx_http_waveforge_send(r, NGX_HTTP_OK, "application/json", &text);
}


void
ngx_http_waveforge_call_answer_recording(ngx_http_waveforge_call_t *call,
    const wfs_recording *recording)
{
    char    *text;
    size_t   length;

    call->job.status = wfs_recording_get_etag(recording, call->etag);

    if (call->job.status != WFS_OK) {
        return;
    }

    call->job.status = wfs_recording_to_json(recording, &text, &length);

    if (call->job.status == WFS_OK) {
        wf_json_raw(&call->json, text, length);
        free(text);
    }
}


void
ngx_http_waveforge_put_recording(wfs_store *store, const char *id,
    wf_json *members)
{
    char           *text;
    size_t          length;
    wfs_recording   recording = WFS_RECORDING_INIT;

    if (wfs_recording_get(store, id, &recording, NULL) != WFS_OK) {
        return;
    }

    if (wfs_recording_to_json(&recording, &text, &length) == WFS_OK) {
        wf_json_key(members, "recording");
        wf_json_raw(members, text, length);
        free(text);
    }

    wfs_recording_release(&recording);
}


wfs_status
ngx_http_waveforge_put_completed(const wfs_recording *recording,
    bool was_complete, wf_json *json)
{
    char        *text;
    size_t       length;
    wfs_status   status;

    status = wfs_recording_to_json(recording, &text, &length);

    if (status != WFS_OK) {
        return status;
    }

    wf_json_begin(json, '{');
    wf_json_put_string(json, "status",
                       was_complete ? "already_complete" : "success");
    wf_json_put_string(json, "recording_id", recording->id);
    wf_json_key(json, "recording");
    wf_json_raw(json, text, length);
    wf_json_end(json, '}');

    free(text);

    return WFS_OK;
}


void
ngx_http_waveforge_call_answer_deleted(ngx_http_waveforge_call_t *call)
{
    wf_json_begin(&call->json, '{');
    wf_json_put_string(&call->json, "status", "deleted");
    wf_json_put_string(&call->json, "id", call->id);
    wf_json_end(&call->json, '}');
}
