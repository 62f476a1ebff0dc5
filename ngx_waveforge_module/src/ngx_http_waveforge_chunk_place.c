
/*
 * Which chunk the bytes are, on a thread: beginning it, and what its form tells
 * later.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_store.h"


static void ngx_http_waveforge_chunk_get_spec(ngx_http_waveforge_chunk_t *wc,
    wfs_chunk_spec *ret_spec);


wfs_status
ngx_http_waveforge_chunk_begin(ngx_http_waveforge_chunk_t *wc)
{
    wfs_store                 *store;
    wfs_status                 status;
    wfs_chunk_spec             spec;
    ngx_http_waveforge_job_t  *job;

    job = &wc->job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return job->status;
    }

    ngx_http_waveforge_chunk_get_spec(wc, &spec);

    status = wfs_upload_begin_chunk(store, &spec, &wc->chunk, &job->error);

    wc->is_begun = (status == WFS_OK);

    if (status == WFS_OK
        && wfs_chunk_get_state(wc->chunk) == WFS_CHUNK_PRESENT
        && wc->hasher == NULL)
    {
        /* nothing of the body is needed */

        return ngx_http_waveforge_chunk_submit(wc);
    }

    return status;
}


wfs_status
ngx_http_waveforge_chunk_begin_unplaced(ngx_http_waveforge_chunk_t *wc)
{
    wfs_store  *store;

    store = ngx_http_waveforge_job_store(&wc->job);
    if (store == NULL) {
        return wc->job.status;
    }

    return wfs_upload_begin_unplaced_chunk(store, &wc->limits, &wc->chunk,
                                           &wc->job.error);
}


wfs_status
ngx_http_waveforge_chunk_amend(ngx_http_waveforge_chunk_t *wc)
{
    wfs_chunk_spec  spec;

    ngx_http_waveforge_chunk_get_spec(wc, &spec);

    return wfs_chunk_amend(wc->chunk, &spec, &wc->job.error);
}


wfs_status
ngx_http_waveforge_chunk_place(ngx_http_waveforge_chunk_t *wc)
{
    wfs_status      status;
    wfs_chunk_spec  spec;

    ngx_http_waveforge_chunk_get_spec(wc, &spec);

    status = wfs_chunk_place(wc->chunk, &spec, &wc->job.error);

    wc->is_begun = (status == WFS_OK);

    return status;
}


/* The length is that of a raw body: of a form's file it is not known. */

static void
ngx_http_waveforge_chunk_get_spec(ngx_http_waveforge_chunk_t *wc,
    wfs_chunk_spec *ret_spec)
{
    wf_fields_get_spec(&wc->fields, ret_spec);

    ret_spec->length = wc->length;
    ret_spec->limits = wc->limits;
    ret_spec->is_hurried = wc->is_hurried;
}
