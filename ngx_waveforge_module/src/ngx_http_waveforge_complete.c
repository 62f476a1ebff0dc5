
/*
 * POST /recording/complete: make a recording of an upload.
 */


#include "ngx_http_waveforge_collect.h"
#include "ngx_http_waveforge_complete.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_upload.h"


/* A thread is kept from others while it waits for another process. */

#define NGX_HTTP_WAVEFORGE_JOIN_MS  2000


static void ngx_http_waveforge_complete_collected(ngx_http_request_t *r,
    ngx_str_t *text);
static wf_request_status ngx_http_waveforge_complete_parse(
    ngx_http_request_t *r, wf_complete *complete, ngx_str_t *text);
static void ngx_http_waveforge_complete_run(ngx_http_waveforge_job_t *job);
static bool ngx_http_waveforge_complete_progress(void *data, uint64_t done,
    uint64_t total);
static void ngx_http_waveforge_complete_put(ngx_http_waveforge_call_t *call,
    const wfs_recording *recording, bool was_complete);


ngx_int_t
ngx_http_waveforge_complete_handler(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_has_type(r, "application/json")
        && !ngx_http_waveforge_has_type(r,
                                        "application/x-www-form-urlencoded"))
    {
        return ngx_http_waveforge_refuse(r,
                                         NGX_HTTP_WAVEFORGE_UNSUPPORTED_BODY,
                                         "the body has to be application/json "
                                         "or a urlencoded form");
    }

    return ngx_http_waveforge_collect(r,
                                      ngx_http_waveforge_complete_collected);
}


static void
ngx_http_waveforge_complete_collected(ngx_http_request_t *r, ngx_str_t *text)
{
    wf_request_status               status;
    ngx_http_waveforge_complete_t  *complete;

    complete = ngx_http_waveforge_call_create(r,
                                       sizeof(ngx_http_waveforge_complete_t),
                                       ngx_http_waveforge_complete_run);
    if (complete == NULL) {
        ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }

    complete->call.job.release = ngx_http_waveforge_complete_release;

    wf_complete_init(&complete->complete);
    ngx_http_waveforge_get_limits(r, &complete->limits);

    status = ngx_http_waveforge_complete_parse(r, &complete->complete, text);

    if (status != WF_REQUEST_OK) {
        ngx_http_finalize_request(r,
            ngx_http_waveforge_refuse_request(r, status,
                                              complete->complete.culprit));
        return;
    }

    ngx_memcpy(ngx_http_waveforge_ctx(r)->target.id, complete->complete.id,
               sizeof(complete->complete.id));

    ngx_http_waveforge_complete_start(complete);
}


static wf_request_status
ngx_http_waveforge_complete_parse(ngx_http_request_t *r,
    wf_complete *complete, ngx_str_t *text)
{
    wf_span  span;

    span.bytes = (char *) text->data;
    span.length = text->len;

    if (ngx_http_waveforge_has_type(r, "application/json")) {
        return wf_complete_parse_json(complete, span);
    }

    return wf_complete_parse_form(complete, span);
}


static void
ngx_http_waveforge_complete_run(ngx_http_waveforge_job_t *job)
{
    bool                            was_complete;
    wfs_store                      *store;
    wfs_recording                   recording = WFS_RECORDING_INIT;
    wfs_complete_spec               spec;
    ngx_http_waveforge_complete_t  *complete;

    complete = (ngx_http_waveforge_complete_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    wf_complete_get_spec(&complete->complete, &spec);
    spec.limits = complete->limits;
    spec.join_ms = NGX_HTTP_WAVEFORGE_JOIN_MS;
    spec.progress = ngx_http_waveforge_complete_progress;
    spec.progress_data = complete;

    job->status = wfs_upload_complete(store, &spec, &recording, &was_complete,
                                      &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_complete_put(&complete->call, &recording,
                                        was_complete);
        wfs_recording_release(&recording);

    } else if (job->status == WFS_EMISSING) {
        ngx_http_waveforge_put_missing(store, spec.id,
                                       &complete->call.members);
    }
}


/* The work goes on, whoever waits for it. */

static bool
ngx_http_waveforge_complete_progress(void *data, uint64_t done, uint64_t total)
{
    ngx_http_waveforge_complete_t *complete = data;

    complete->has_told = 1;

    if (total) {
        complete->progress = (ngx_atomic_uint_t)
                                 ((double) done / (double) total * 65536);
    }

    return true;
}


static void
ngx_http_waveforge_complete_put(ngx_http_waveforge_call_t *call,
    const wfs_recording *recording, bool was_complete)
{
    if (!was_complete) {
        call->change.recordings = 1;
        call->change.recording_bytes = (int64_t) recording->size_bytes;
        call->change.uploads = -1;
    }

    call->job.status = ngx_http_waveforge_put_completed(recording,
                                                        was_complete,
                                                        &call->json);
}
