
/*
 * What a request asks for against what is there: creating the file, or looking
 * at it, and beginning to append. On a thread.
 */


#include "ngx_http_waveforge_files_append.h"


static wfs_status ngx_http_waveforge_append_create_file(
    ngx_http_waveforge_append_t *ap, wfs_store *store);
static wfs_status ngx_http_waveforge_append_check(
    ngx_http_waveforge_append_t *ap, wfs_store *store);
static wfs_status ngx_http_waveforge_append_check_complete(
    ngx_http_waveforge_append_t *ap);
static wfs_status ngx_http_waveforge_append_declare(
    ngx_http_waveforge_append_t *ap, wfs_store *store);
static wfs_status ngx_http_waveforge_append_fail(
    ngx_http_waveforge_append_t *ap, ngx_http_waveforge_fault_e fault,
    const char *detail);


wfs_status
ngx_http_waveforge_append_open(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;

    status = ap->creates ? ngx_http_waveforge_append_create_file(ap, store)
                         : ngx_http_waveforge_append_check(ap, store);

    if (status == WFS_OK && ap->state.is_complete && ap->describes) {
        return ngx_http_waveforge_append_complete(ap, store);
    }

    if (status != WFS_OK || !ap->has_body || ap->state.is_complete) {
        return status;
    }

    return ngx_http_waveforge_append_begin(ap, store);
}


static wfs_status
ngx_http_waveforge_append_create_file(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;

    if (ap->nparts) {
        return ngx_http_waveforge_append_concatenate(ap, store);
    }

    if (ap->id[0] == '\0' && wfs_id_make(ap->id) != WFS_OK) {
        return WFS_EIO;
    }

    if (ap->length != WFS_UNKNOWN && ap->create.size_bytes != WFS_UNKNOWN
        && ap->length > ap->create.size_bytes)
    {
        return WFS_ETOOLARGE;
    }

    ap->create.id = ap->id;
    ap->create.limits = ap->limits;

    status = wfs_upload_create(store, &ap->create, &ap->job.error);

    if (status != WFS_OK) {
        return status;
    }

    ap->is_created = 1;
    ap->change.uploads = 1;

    return ngx_http_waveforge_files_get_state(store, ap->id, &ap->state,
                                              &ap->job.error);
}


static wfs_status
ngx_http_waveforge_append_check(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;

    status = ngx_http_waveforge_files_get_state(store, ap->id, &ap->state,
                                                &ap->job.error);
    if (status != WFS_OK) {
        return status;
    }

    if (ngx_http_waveforge_tus_is_final(ap->state.note)) {
        return ngx_http_waveforge_append_fail(ap, NGX_HTTP_WAVEFORGE_NO_APPEND,
                                              "it is made of other files");
    }

    if (ap->state.is_complete) {
        return ngx_http_waveforge_append_check_complete(ap);
    }

    if (ap->offset != ap->state.offset) {
        return ngx_http_waveforge_append_fail(ap,
                                           NGX_HTTP_WAVEFORGE_OTHER_OFFSET,
                                           "another number of bytes is here");
    }

    if (ap->has_body && !ap->state.is_append) {
        return ngx_http_waveforge_append_fail(ap, NGX_HTTP_WAVEFORGE_NO_APPEND,
                                           "the upload is sent in chunks");
    }

    status = ngx_http_waveforge_append_declare(ap, store);

    if (status != WFS_OK) {
        return status;
    }

    if (ap->length != WFS_UNKNOWN && ap->state.size != WFS_UNKNOWN
        && ap->length > ap->state.size - ap->state.offset)
    {
        return WFS_ETOOLARGE;
    }

    return WFS_OK;
}


/* Of a recording nothing can be said but that it is all there. */

static wfs_status
ngx_http_waveforge_append_check_complete(ngx_http_waveforge_append_t *ap)
{
    if (ap->offset != ap->state.offset) {
        return ngx_http_waveforge_append_fail(ap,
                                           NGX_HTTP_WAVEFORGE_OTHER_OFFSET,
                                           "all of it is here");
    }

    if (ap->declared != WFS_UNKNOWN && ap->declared != ap->state.size) {
        return ngx_http_waveforge_append_fail(ap,
                                           NGX_HTTP_WAVEFORGE_OTHER_SIZE,
                                           "it has another length");
    }

    return ap->has_body ? WFS_ETOOLARGE : WFS_OK;
}


static wfs_status
ngx_http_waveforge_append_declare(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;

    if (ap->declared == WFS_UNKNOWN) {
        return WFS_OK;
    }

    status = wfs_upload_declare_size(store, ap->id, ap->declared, &ap->limits,
                                     &ap->job.error);

    if (status == WFS_ECONFLICT) {
        ap->fault = NGX_HTTP_WAVEFORGE_OTHER_SIZE;
    }

    if (status == WFS_OK) {
        ap->state.size = ap->declared;
    }

    return status;
}


wfs_status
ngx_http_waveforge_append_begin(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status       status;
    wfs_append_spec  spec = WFS_APPEND_SPEC_INIT;

    if (ap->append == NULL) {

        status = wfs_append_open(store, &ap->append, &ap->job.error);

        if (status != WFS_OK) {
            return status;
        }
    }

    spec.id = ap->id;
    spec.append = ap->append;
    spec.offset = ap->state.offset;
    spec.digest = ap->digest;
    spec.limits = ap->limits;
    spec.goes_on = ap->is_begun;

    if (ap->length != WFS_UNKNOWN) {
        spec.length = ap->length - ap->appended;
    }

    status = wfs_upload_begin_append(store, &spec, &ap->chunk,
                                     &ap->job.error);

    if (status == WFS_OK) {
        ap->is_begun = 1;
        return WFS_OK;
    }

    if (status == WFS_ECONFLICT && ap->is_begun) {
        /* a newer request has appended between two receipts */
        return WFS_EBUSY;
    }

    if (status == WFS_ECONFLICT) {
        ap->fault = NGX_HTTP_WAVEFORGE_OTHER_OFFSET;
        ap->state.offset = ap->job.error.expected;
    }

    return status;
}


static wfs_status
ngx_http_waveforge_append_fail(ngx_http_waveforge_append_t *ap,
    ngx_http_waveforge_fault_e fault, const char *detail)
{
    ap->fault = fault;

    (void) ngx_snprintf((u_char *) ap->job.error.detail,
                        sizeof(ap->job.error.detail), "%s%Z", detail);

    return WFS_ECONFLICT;
}
