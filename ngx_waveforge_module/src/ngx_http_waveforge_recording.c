
/*
 * /recording/{id}: its metadata, changing and deleting it.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_collect.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_store.h"

#include "wf_etag.h"
#include "wf_patch.h"


/*
 * `if_match`  the header's value, or empty: no condition
 * `size`      of the recording, as it was before
 */

typedef struct {
    ngx_http_waveforge_call_t  call;
    ngx_str_t                  if_match;
    uint64_t                   size;
    wf_patch                   patch;
} ngx_http_waveforge_recording_t;


static ngx_http_waveforge_recording_t *ngx_http_waveforge_recording_create(
    ngx_http_request_t *r, ngx_http_waveforge_job_pt run);
static void ngx_http_waveforge_recording_release(
    ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_recording_get_run(
    ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_recording_delete_run(
    ngx_http_waveforge_job_t *job);
static ngx_int_t ngx_http_waveforge_recording_patch(ngx_http_request_t *r);
static void ngx_http_waveforge_recording_collected(ngx_http_request_t *r,
    ngx_str_t *text);
static void ngx_http_waveforge_recording_patch_run(
    ngx_http_waveforge_job_t *job);
static wfs_status ngx_http_waveforge_recording_look(
    ngx_http_waveforge_recording_t *rec, wfs_store *store);


ngx_int_t
ngx_http_waveforge_recording_handler(ngx_http_request_t *r)
{
    ngx_http_waveforge_recording_t  *rec;

    if (r->method == NGX_HTTP_PATCH) {
        return ngx_http_waveforge_recording_patch(r);
    }

    rec = ngx_http_waveforge_recording_create(r,
                                       r->method == NGX_HTTP_DELETE
                                       ? ngx_http_waveforge_recording_delete_run
                                       : ngx_http_waveforge_recording_get_run);
    if (rec == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_call_start(rec);
}


static ngx_http_waveforge_recording_t *
ngx_http_waveforge_recording_create(ngx_http_request_t *r,
    ngx_http_waveforge_job_pt run)
{
    ngx_http_waveforge_recording_t  *rec;

    rec = ngx_http_waveforge_call_create(r,
                                      sizeof(ngx_http_waveforge_recording_t),
                                      run);
    if (rec == NULL) {
        return NULL;
    }

    rec->call.job.release = ngx_http_waveforge_recording_release;

    if (r->headers_in.if_match) {
        rec->if_match = r->headers_in.if_match->value;
    }

    return rec;
}


static void
ngx_http_waveforge_recording_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_recording_t  *rec;

    rec = (ngx_http_waveforge_recording_t *) job;

    wf_patch_release(&rec->patch);
    ngx_http_waveforge_call_release(job);
}


static void
ngx_http_waveforge_recording_get_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    wfs_recording               recording = WFS_RECORDING_INIT;
    ngx_http_waveforge_call_t  *call;

    call = (ngx_http_waveforge_call_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_recording_get(store, call->id, &recording, &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_call_answer_recording(call, &recording);
        wfs_recording_release(&recording);
    }
}


static void
ngx_http_waveforge_recording_delete_run(ngx_http_waveforge_job_t *job)
{
    const char                      *if_match;
    wfs_store                       *store;
    ngx_http_waveforge_recording_t  *rec;

    rec = (ngx_http_waveforge_recording_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = ngx_http_waveforge_recording_look(rec, store);

    if (job->status == WFS_OK) {
        if_match = rec->call.etag[0] ? rec->call.etag : NULL;
        job->status = wfs_recording_delete(store, rec->call.id, if_match,
                                           &job->error);
    }

    if (job->status == WFS_OK) {
        rec->call.etag[0] = '\0';
        rec->call.change.recordings = -1;
        rec->call.change.recording_bytes = -(int64_t) rec->size;
        ngx_http_waveforge_call_answer_deleted(&rec->call);
    }
}


static ngx_int_t
ngx_http_waveforge_recording_patch(ngx_http_request_t *r)
{
    if (!ngx_http_waveforge_has_type(r, "application/merge-patch+json")
        && !ngx_http_waveforge_has_type(r, "application/json"))
    {
        return ngx_http_waveforge_refuse(r,
                                         NGX_HTTP_WAVEFORGE_UNSUPPORTED_BODY,
                                         "the body has to be "
                                         "application/merge-patch+json");
    }

    return ngx_http_waveforge_collect(r,
                                      ngx_http_waveforge_recording_collected);
}


static void
ngx_http_waveforge_recording_collected(ngx_http_request_t *r, ngx_str_t *text)
{
    wf_span                          span;
    wf_request_status                status;
    ngx_http_waveforge_recording_t  *rec;

    rec = ngx_http_waveforge_recording_create(r,
                                      ngx_http_waveforge_recording_patch_run);
    if (rec == NULL) {
        ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }

    span.bytes = (char *) text->data;
    span.length = text->len;

    status = wf_patch_parse(&rec->patch, span);

    if (status != WF_REQUEST_OK) {
        ngx_http_finalize_request(r,
            ngx_http_waveforge_refuse_request(r, status, rec->patch.culprit));
        return;
    }

    ngx_http_waveforge_call_go_on(rec);
}


static void
ngx_http_waveforge_recording_patch_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                       *store;
    wfs_recording                    recording = WFS_RECORDING_INIT;
    wfs_recording_change             change = WFS_RECORDING_CHANGE_INIT;
    ngx_http_waveforge_recording_t  *rec;

    rec = (ngx_http_waveforge_recording_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = ngx_http_waveforge_recording_look(rec, store);
    if (job->status != WFS_OK) {
        return;
    }

    change.name = rec->patch.has_name ? rec->patch.name : NULL;
    change.metadata_patch = rec->patch.metadata;
    change.metadata_patch_length = rec->patch.metadata_length;
    change.remove_metadata = rec->patch.removes_metadata;
    change.if_match = rec->call.etag[0] ? rec->call.etag : NULL;

    job->status = wfs_recording_update(store, rec->call.id, &change,
                                       &recording, &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_call_answer_recording(&rec->call, &recording);
        wfs_recording_release(&recording);
    }
}


/*
 * The recording as it is now, and whether If-Match holds for it: then the
 * call's ETag is the one it held for.
 */

static wfs_status
ngx_http_waveforge_recording_look(ngx_http_waveforge_recording_t *rec,
    wfs_store *store)
{
    wfs_status     status;
    wfs_recording  recording = WFS_RECORDING_INIT;

    status = wfs_recording_get(store, rec->call.id, &recording,
                               &rec->call.job.error);
    if (status != WFS_OK) {
        return status;
    }

    rec->size = recording.size_bytes;

    if (rec->if_match.len) {
        status = wfs_recording_get_etag(&recording, rec->call.etag);
    }

    wfs_recording_release(&recording);

    if (status == WFS_OK
        && rec->if_match.len
        && !wf_etag_is_listed((char *) rec->if_match.data, rec->if_match.len,
                              rec->call.etag))
    {
        return WFS_ECHANGED;
    }

    return status;
}
