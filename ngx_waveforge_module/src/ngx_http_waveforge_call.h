
/*
 * Calls of the library that a request answers with JSON: the request waits for
 * one job, which fills in the answer.
 */


#ifndef _NGX_HTTP_WAVEFORGE_CALL_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CALL_H_INCLUDED_


#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_task.h"


/*
 * `json`     the answer
 * `etag`     of it, or ""
 * `members`  on failure, more members of the problem
 * `change`   on success, what it has changed
 */

typedef struct {
    ngx_http_waveforge_job_t     job;
    char                         id[WFS_ID_MAX_BYTES + 1];
    wf_json                      json;
    wf_json                      members;
    char                         etag[WFS_ETAG_BYTES];
    ngx_http_waveforge_change_t  change;
} ngx_http_waveforge_call_t;


/*
 * A call of `size` bytes, at least sizeof(ngx_http_waveforge_call_t), with the
 * id of the request's target. Its `release`, if it gets another one, ends with
 * ngx_http_waveforge_call_release().
 */
void *ngx_http_waveforge_call_create(ngx_http_request_t *r, size_t size,
    ngx_http_waveforge_job_pt run);

void ngx_http_waveforge_call_release(ngx_http_waveforge_job_t *job);

/* From a content handler: post it; returns what the handler returns. */
ngx_int_t ngx_http_waveforge_call_start(void *call);

/* After the body: post it; the request is finalised with its answer. */
void ngx_http_waveforge_call_go_on(void *call);


/* `done` of the job: finalise the request with the answer, or the refusal. */
void ngx_http_waveforge_call_done(ngx_http_waveforge_job_t *job);


/* On a thread. */

/* Make the recording and its ETag the call's answer; sets the job's status. */
void ngx_http_waveforge_call_answer_recording(ngx_http_waveforge_call_t *call,
    const wfs_recording *recording);

/* Add the member "recording", if there is such a recording. */
void ngx_http_waveforge_put_recording(wfs_store *store, const char *id,
    wf_json *members);

/* What completing answers, into an empty `json`: status and recording. */
wfs_status ngx_http_waveforge_put_completed(const wfs_recording *recording,
    bool was_complete, wf_json *json);

/* {"status":"deleted","id":...} */
void ngx_http_waveforge_call_answer_deleted(ngx_http_waveforge_call_t *call);


#endif /* _NGX_HTTP_WAVEFORGE_CALL_H_INCLUDED_ */
