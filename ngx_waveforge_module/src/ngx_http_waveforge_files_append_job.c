
/*
 * Appending to a file, on a thread: each step is a few calls of the library.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_files_append.h"


static wfs_status ngx_http_waveforge_append_write(
    ngx_http_waveforge_append_t *ap, wfs_store *store);
static wfs_status ngx_http_waveforge_append_submit(
    ngx_http_waveforge_append_t *ap, wfs_store *store);
static void ngx_http_waveforge_append_committed(void *data, wfs_status status,
    const wfs_receipt *receipt, const wfs_error *error);


typedef struct {
    ngx_uint_t   step;
    wfs_status (*take)(ngx_http_waveforge_append_t *ap, wfs_store *store);
} ngx_http_waveforge_append_step_t;


static const ngx_http_waveforge_append_step_t
    ngx_http_waveforge_append_steps[] =
{
    { NGX_HTTP_WAVEFORGE_APPEND_OPEN, ngx_http_waveforge_append_open },
    { NGX_HTTP_WAVEFORGE_APPEND_RESUME, ngx_http_waveforge_append_begin },
    { NGX_HTTP_WAVEFORGE_APPEND_WRITE, ngx_http_waveforge_append_write },
    { NGX_HTTP_WAVEFORGE_APPEND_RECEIPT|NGX_HTTP_WAVEFORGE_APPEND_SUBMIT,
      ngx_http_waveforge_append_submit },
    { NGX_HTTP_WAVEFORGE_APPEND_COMPLETE, ngx_http_waveforge_append_complete },
    { NGX_HTTP_WAVEFORGE_APPEND_STOP, ngx_http_waveforge_append_stop },
    { NGX_HTTP_WAVEFORGE_APPEND_REFUSED, ngx_http_waveforge_append_refused },
    { NGX_HTTP_WAVEFORGE_APPEND_KEEP, ngx_http_waveforge_append_keep },
    { 0, NULL }
};

void
ngx_http_waveforge_append_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                               *store;
    ngx_http_waveforge_append_t             *ap;
    const ngx_http_waveforge_append_step_t  *s;

    ap = (ngx_http_waveforge_append_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    for (s = ngx_http_waveforge_append_steps; s->step; s++) {

        if (!(ap->steps & s->step)) {
            continue;
        }

        job->status = s->take(ap, store);

        if (job->status != WFS_OK || job->awaits_commit) {
            break;
        }
    }

    if (job->status != WFS_OK) {
        ngx_http_waveforge_append_clean(ap, store);
    }

    /* no chunk comes after this: nobody has to wait for another one */

    if (job->status != WFS_OK
        || (ap->steps & (NGX_HTTP_WAVEFORGE_APPEND_SUBMIT
                         |NGX_HTTP_WAVEFORGE_APPEND_KEEP)))
    {
        wfs_append_close(ap->append);
        ap->append = NULL;
    }
}


static wfs_status
ngx_http_waveforge_append_write(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;
    ngx_uint_t  i;

    if (ap->npieces && ap->chunk == NULL) {

        status = ngx_http_waveforge_append_begin(ap, store);

        if (status != WFS_OK) {
            return status;
        }
    }

    for (i = 0; i < ap->npieces; i++) {

        status = wfs_chunk_write(ap->chunk, ap->pieces[i].data,
                                 ap->pieces[i].len, &ap->job.error);

        if (status != WFS_OK) {
            return status;
        }

        ap->written += ap->pieces[i].len;
    }

    return WFS_OK;
}


/*
 * In the middle of the body what has come is all of the chunk; at its end the
 * chunk is what was announced. It is taken if the library says so: no longer
 * ours.
 */

static wfs_status
ngx_http_waveforge_append_submit(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;

    if (ap->chunk == NULL) {
        return WFS_OK;
    }

    status = ngx_http_waveforge_append_get_stop(ap);

    if (status == WFS_OK
        && (ap->steps & NGX_HTTP_WAVEFORGE_APPEND_RECEIPT))
    {
        status = wfs_chunk_cut(ap->chunk, &ap->job.error);
    }

    if (status == WFS_OK && ap->written == 0
        && ap->digest.kind == WFS_DIGEST_NONE)
    {
        wfs_chunk_discard(ap->chunk);
        ap->chunk = NULL;
        return WFS_OK;
    }

    if (status == WFS_OK) {
        status = wfs_chunk_submit(ap->chunk,
                                  ngx_http_waveforge_append_committed, ap,
                                  &ap->job.error);
    }

    if (status == WFS_OK) {
        ap->chunk = NULL;
        ap->job.awaits_commit = 1;
    }

    return status;
}


/* On the committer's thread; the job itself may not have returned yet. */

static void
ngx_http_waveforge_append_committed(void *data, wfs_status status,
    const wfs_receipt *receipt, const wfs_error *error)
{
    ngx_http_waveforge_append_t *ap = data;

    ap->outcome = status;

    if (status == WFS_OK) {
        ap->receipt = *receipt;

    } else if (error) {
        ap->mishap = *error;
    }

    ngx_http_waveforge_job_committed(&ap->job);
}


wfs_status
ngx_http_waveforge_append_complete(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    bool               was_complete;
    wfs_status         status;
    wfs_recording      recording = WFS_RECORDING_INIT;
    wfs_complete_spec  spec = WFS_COMPLETE_SPEC_INIT;

    spec.id = ap->id;
    spec.size_bytes = ap->state.offset;
    spec.limits = ap->limits;

    if (ap->whole.kind == WFS_DIGEST_SHA256) {
        spec.has_sha256 = true;
        ngx_memcpy(spec.sha256, ap->whole.bytes, WFS_SHA256_BYTES);
    }

    status = wfs_upload_complete(store, &spec, &recording, &was_complete,
                                 &ap->job.error);

    if (status != WFS_OK) {
        return status;
    }

    ap->state.is_complete = 1;
    ap->state.size = recording.size_bytes;
    ap->state.offset = recording.size_bytes;
    ap->state.expires_ms = 0;

    ap->state.has_sha256 = recording.has_sha256;

    ngx_memcpy(ap->state.sha256, recording.sha256, WFS_SHA256_BYTES);

    if (ap->describes) {
        status = ngx_http_waveforge_put_completed(&recording, was_complete,
                                                  &ap->described);
    }

    if (!was_complete) {
        ap->change.recordings = 1;
        ap->change.recording_bytes = (int64_t) recording.size_bytes;
        ap->change.uploads -= 1;
    }

    wfs_recording_release(&recording);

    return status;
}
