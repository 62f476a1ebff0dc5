
/*
 * A chunk on a thread: each step is one call of the library.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_carrier.h"
#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_store.h"


static wfs_status ngx_http_waveforge_chunk_take(
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_chunk_drain(
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_chunk_take_bytes(
    ngx_http_waveforge_chunk_t *wc, const u_char *bytes, size_t length);
static wfs_status ngx_http_waveforge_chunk_end(
    ngx_http_waveforge_chunk_t *wc);
static wfs_status ngx_http_waveforge_chunk_stop(
    ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_settle(ngx_http_waveforge_chunk_t *wc);
static void ngx_http_waveforge_chunk_committed(void *data, wfs_status status,
    const wfs_receipt *receipt, const wfs_error *error);
static void ngx_http_waveforge_chunk_tell_recording(
    ngx_http_waveforge_chunk_t *wc);


typedef struct {
    ngx_uint_t   step;
    wfs_status (*take)(ngx_http_waveforge_chunk_t *wc);
} ngx_http_waveforge_step_t;


static const ngx_http_waveforge_step_t  ngx_http_waveforge_steps[] = {
    { NGX_HTTP_WAVEFORGE_BEGIN, ngx_http_waveforge_chunk_begin },
    { NGX_HTTP_WAVEFORGE_TAKE, ngx_http_waveforge_chunk_take },
    { NGX_HTTP_WAVEFORGE_DRAIN, ngx_http_waveforge_chunk_drain },
    { NGX_HTTP_WAVEFORGE_SUBMIT, ngx_http_waveforge_chunk_end },
    { NGX_HTTP_WAVEFORGE_STOP, ngx_http_waveforge_chunk_stop },
    { 0, NULL }
};


void
ngx_http_waveforge_chunk_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_chunk_t       *wc = (ngx_http_waveforge_chunk_t *) job;
    const ngx_http_waveforge_step_t  *s;

    if (job->is_sociable) {
        ngx_http_waveforge_pair_run(job->carrier);
        return;
    }

    wc->is_hurried = 0;

    for (s = ngx_http_waveforge_steps; s->step; s++) {

        if (!(wc->steps & s->step)) {
            continue;
        }

        job->status = s->take(wc);

        if (job->status != WFS_OK || job->awaits_commit) {
            break;
        }
    }

    ngx_http_waveforge_chunk_settle(wc);
}


wfs_status
ngx_http_waveforge_chunk_prepare(ngx_http_waveforge_chunk_t *wc,
    ngx_uint_t is_hurried)
{
    wc->is_hurried = is_hurried;

    return (wc->steps & NGX_HTTP_WAVEFORGE_BEGIN)
           ? ngx_http_waveforge_chunk_begin(wc)
           : ngx_http_waveforge_chunk_take(wc);
}


void
ngx_http_waveforge_chunk_conclude(ngx_http_waveforge_chunk_t *wc)
{
    if (wc->job.status == WFS_OK
        && !wc->job.awaits_commit
        && wc->drain.rest == 0)
    {
        wc->job.status = ngx_http_waveforge_chunk_submit(wc);
    }

    ngx_http_waveforge_chunk_settle(wc);
}


/* After the last step that was taken. */

static void
ngx_http_waveforge_chunk_settle(ngx_http_waveforge_chunk_t *wc)
{
    ngx_http_waveforge_job_t  *job;

    job = &wc->job;

    if (job->status != WFS_OK || (wc->steps & NGX_HTTP_WAVEFORGE_DISCARD)) {
        wfs_chunk_discard(wc->chunk);
        wc->chunk = NULL;
    }

    if (job->status == WFS_ECOMPLETE) {
        ngx_http_waveforge_chunk_tell_recording(wc);
    }
}


static wfs_status
ngx_http_waveforge_chunk_take(ngx_http_waveforge_chunk_t *wc)
{
    wfs_status  status;
    ngx_uint_t  i;

    status = WFS_OK;

    for (i = 0;
         i < wc->npieces && status == WFS_OK && !wc->job.awaits_commit;
         i++)
    {
        status = ngx_http_waveforge_chunk_take_bytes(wc, wc->pieces[i].data,
                                                     wc->pieces[i].len);
    }

    return status;
}


/* For as long as the client is faster than the disk. */

static wfs_status
ngx_http_waveforge_chunk_drain(ngx_http_waveforge_chunk_t *wc)
{
    size_t       length;
    u_char      *buffer;
    wfs_status   status;

    buffer = ngx_http_waveforge_buffer_take(wc->job.worker);
    if (buffer == NULL) {
        return WFS_ENOMEM;
    }

    do {
        length = ngx_http_waveforge_drain_read(&wc->drain, buffer);

        status = length ? ngx_http_waveforge_chunk_take_bytes(wc, buffer,
                                                              length)
                        : WFS_OK;

    } while (status == WFS_OK && length && wc->drain.rest
             && !wc->job.awaits_commit);

    ngx_http_waveforge_buffer_give(wc->job.worker, buffer);

    if (wc->drain.rest == 0) {
        wc->steps |= NGX_HTTP_WAVEFORGE_SUBMIT;
    }

    return status;
}


/* Of the body, which is the chunk, or a form with it. */

static wfs_status
ngx_http_waveforge_chunk_take_bytes(ngx_http_waveforge_chunk_t *wc,
    const u_char *bytes, size_t length)
{
    if (wc->form) {
        return ngx_http_waveforge_form_take(wc, bytes, length);
    }

    return wfs_chunk_write(wc->chunk, bytes, length, &wc->job.error);
}


/* All of the body has been taken. */

static wfs_status
ngx_http_waveforge_chunk_end(ngx_http_waveforge_chunk_t *wc)
{
    wfs_status  status;

    status = wc->form ? ngx_http_waveforge_form_end(wc) : WFS_OK;

    if (status != WFS_OK) {
        return status;
    }

    return ngx_http_waveforge_chunk_submit(wc);
}


/* The chunk is taken if the library says so: no longer ours. */

wfs_status
ngx_http_waveforge_chunk_submit(ngx_http_waveforge_chunk_t *wc)
{
    wfs_status  status;

    status = wfs_chunk_submit_here(wc->chunk,
                                   ngx_http_waveforge_chunk_committed, wc,
                                   &wc->job.error);

    if (status == WFS_OK) {
        wc->chunk = NULL;
        wc->job.awaits_commit = 1;
    }

    return status;
}


static wfs_status
ngx_http_waveforge_chunk_stop(ngx_http_waveforge_chunk_t *wc)
{
    return wfs_chunk_get_stop(wc->chunk);
}


/* On the committer's thread, or on this one within the submission. */

static void
ngx_http_waveforge_chunk_committed(void *data, wfs_status status,
    const wfs_receipt *receipt, const wfs_error *error)
{
    ngx_http_waveforge_chunk_t *wc = data;

    wc->outcome = status;

    if (status == WFS_OK) {
        wc->receipt = *receipt;

    } else if (error) {
        wc->fault = *error;
    }

    ngx_http_waveforge_job_committed(&wc->job);
}


static void
ngx_http_waveforge_chunk_tell_recording(ngx_http_waveforge_chunk_t *wc)
{
    wfs_store  *store;

    store = ngx_http_waveforge_store_acquire(wc->job.store, NULL);

    if (store) {
        ngx_http_waveforge_put_recording(store, wc->fields.id, &wc->members);
    }
}
