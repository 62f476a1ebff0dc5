
/*
 * Resumable uploads for HTTP: what a POST or a PATCH is answered.
 */


#include "ngx_http_waveforge_audio.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"


static ngx_int_t ngx_http_waveforge_rufh_add_state(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_finish(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_refuse(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_refuse_complete(
    ngx_http_request_t *r, ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_refuse_offset(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_uint_t ngx_http_waveforge_rufh_is_inconsistent(
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_rufh_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ap->job.status != WFS_OK) {
        return ngx_http_waveforge_rufh_refuse(r, ap);
    }

    if (ap->state.is_complete
        && ap->completes == NGX_HTTP_WAVEFORGE_COMPLETE_NEVER)
    {
        return ngx_http_waveforge_rufh_refuse_complete(r, ap);
    }

    if (ngx_http_waveforge_rufh_add_state(r, ap) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ap->state.is_complete) {
        return ngx_http_waveforge_rufh_finish(r, ap);
    }

    return ngx_http_waveforge_files_send(r, ap->is_created
                                            ? NGX_HTTP_CREATED
                                            : NGX_HTTP_NO_CONTENT);
}


static ngx_int_t
ngx_http_waveforge_rufh_add_state(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ap->is_created
        && ngx_http_waveforge_files_add_location(r, ap->id) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_waveforge_add_number(r, "Upload-Offset",
                                      ap->state.offset)
        != NGX_OK
        || ngx_http_waveforge_rufh_add_complete(r, ap->state.is_complete)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_rufh_add_limit(r, ap->state.expires_ms);
}


/* A recording: the answer of /recording/complete, also when it is repeated. */

static ngx_int_t
ngx_http_waveforge_rufh_finish(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_http_waveforge_rufh_t  rufh;

    if (ngx_http_waveforge_rufh_parse(r, &rufh) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (rufh.wants_digest && ap->state.has_sha256
        && ngx_http_waveforge_audio_add_digest(r, ap->state.sha256) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send_json(r, &ap->described);
}


static ngx_int_t
ngx_http_waveforge_rufh_refuse(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    wfs_status  status;

    status = ap->job.status;

    if (status == WFS_ECONFLICT
        && ap->fault == NGX_HTTP_WAVEFORGE_OTHER_OFFSET)
    {
        return ngx_http_waveforge_rufh_refuse_offset(r, ap);
    }

    if (ap->state.is_complete) {
        return ngx_http_waveforge_rufh_refuse_complete(r, ap);
    }

    if (ngx_http_waveforge_rufh_is_inconsistent(ap)) {
        return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH,
                                     NULL);
    }

    if (status == WFS_ECONFLICT
        && ap->fault == NGX_HTTP_WAVEFORGE_NO_APPEND)
    {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_NOT_APPENDABLE,
                                         ap->job.error.detail);
    }

    if (status == WFS_EUPLOADS) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_TOO_MANY_FILES,
                                         NULL);
    }

    /* all is here, and is not what was wanted: to resume is of no use */

    if ((status == WFS_EDIGEST || status == WFS_ETYPE)
        && (ap->steps & NGX_HTTP_WAVEFORGE_APPEND_COMPLETE)
        && ngx_http_waveforge_rufh_add_complete(r, 1) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_refuse_status(r, status, &ap->job.error, NULL);
}


/* Nothing can be added to a recording. */

static ngx_int_t
ngx_http_waveforge_rufh_refuse_complete(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ngx_http_waveforge_rufh_add_complete(r, 1) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_refuse(r, ap->has_body
                                     ? NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH
                                     : NGX_HTTP_WAVEFORGE_COMPLETED_UPLOAD,
                                     NULL);
}


/*
 * Of a recording, too: an empty PATCH at its end is given its answer again, for
 * which ?1 would pass this one off.
 */

static ngx_int_t
ngx_http_waveforge_rufh_refuse_offset(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_int_t  rc;
    wf_json    members = WF_JSON_INIT;

    if (ngx_http_waveforge_add_number(r, "Upload-Offset",
                                      ap->state.offset)
        != NGX_OK
        || ngx_http_waveforge_rufh_add_complete(r, 0) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    wf_json_put_uint(&members, "expected-offset", ap->state.offset);
    wf_json_put_uint(&members, "provided-offset", ap->offset);

    rc = ngx_http_waveforge_refuse_more(r, NGX_HTTP_WAVEFORGE_OFFSET_MISMATCH,
                                        NULL, &members);

    wf_json_release(&members);

    return rc;
}


/* It is told another length than before, or has another one in the end. */

static ngx_uint_t
ngx_http_waveforge_rufh_is_inconsistent(ngx_http_waveforge_append_t *ap)
{
    switch (ap->job.status) {

    case WFS_ECONFLICT:
        return ap->fault == NGX_HTTP_WAVEFORGE_OTHER_SIZE
               || (ap->steps & NGX_HTTP_WAVEFORGE_APPEND_COMPLETE);

    case WFS_EMISSING:
        return 1;

    case WFS_ETOOLARGE:
        return (ap->is_created || !ap->creates)
               && ap->state.size != WFS_UNKNOWN;

    default:
        return 0;
    }
}
