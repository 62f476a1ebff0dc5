
/*
 * GET /recording/{id}/audio and /download: the bytes, through nginx's own
 * output path, with its ranges and its conditions.
 */


#include "ngx_http_waveforge_audio.h"
#include "ngx_http_waveforge_kept.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"


typedef struct {
    ngx_http_waveforge_job_t     job;
    char                         id[WFS_ID_MAX_BYTES + 1];
    ngx_http_waveforge_opened_t  opened;
} ngx_http_waveforge_audio_t;


static ngx_int_t ngx_http_waveforge_audio_ask(ngx_http_request_t *r);
static void ngx_http_waveforge_audio_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_audio_done(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_audio_release(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_audio_close(ngx_http_waveforge_job_t *job);
static ngx_int_t ngx_http_waveforge_audio_answer(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);
static ngx_int_t ngx_http_waveforge_audio_send(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened);
static void ngx_http_waveforge_audio_set_file(ngx_http_request_t *r,
    ngx_buf_t *b, ngx_http_waveforge_opened_t *opened);


ngx_int_t
ngx_http_waveforge_audio_handler(ngx_http_request_t *r)
{
    ngx_http_waveforge_opened_t  *opened;

    opened = ngx_http_waveforge_kept_take(r);

    return opened ? ngx_http_waveforge_audio_answer(r, opened)
                  : ngx_http_waveforge_audio_ask(r);
}


static ngx_int_t
ngx_http_waveforge_audio_ask(ngx_http_request_t *r)
{
    ngx_http_waveforge_audio_t  *audio;

    audio = (ngx_http_waveforge_audio_t *)
                ngx_http_waveforge_job_create(r,
                                          sizeof(ngx_http_waveforge_audio_t));
    if (audio == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memcpy(audio->id, ngx_http_waveforge_ctx(r)->target.id,
               sizeof(audio->id));

    audio->opened.blob = (wfs_blob_ref) WFS_BLOB_REF_INIT;

    audio->job.run = ngx_http_waveforge_audio_run;
    audio->job.done = ngx_http_waveforge_audio_done;
    audio->job.release = ngx_http_waveforge_audio_release;

    if (ngx_http_waveforge_job_post(&audio->job) != NGX_OK) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                         NULL);
    }

    r->main->count++;

    return NGX_DONE;
}


static void
ngx_http_waveforge_audio_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_audio_t  *audio;

    audio = (ngx_http_waveforge_audio_t *) job;

    ngx_http_waveforge_opened_open(job, audio->id, &audio->opened);
}


/* With the request's pool, after the last byte was sent. */

static void
ngx_http_waveforge_audio_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_audio_t  *audio;

    audio = (ngx_http_waveforge_audio_t *) job;

    if (audio->opened.blob.fd != -1) {
        ngx_http_waveforge_job_give_back(job, ngx_http_waveforge_audio_close);
    }
}


static void
ngx_http_waveforge_audio_close(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_audio_t  *audio;

    audio = (ngx_http_waveforge_audio_t *) job;

    ngx_http_waveforge_opened_release(&audio->opened);
}


static void
ngx_http_waveforge_audio_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t           *r;
    ngx_http_waveforge_opened_t  *opened;

    r = job->request;

    if (job->status != WFS_OK) {
        ngx_http_finalize_request(r,
                       ngx_http_waveforge_refuse_status(r, job->status,
                                                        &job->error, NULL));
        return;
    }

    opened = ngx_http_waveforge_kept_put(r,
                              &((ngx_http_waveforge_audio_t *) job)->opened);

    ngx_http_finalize_request(r, ngx_http_waveforge_audio_answer(r, opened));
}


static ngx_int_t
ngx_http_waveforge_audio_answer(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened)
{
    if (ngx_http_waveforge_audio_set_headers(r, &opened->recording) != NGX_OK
        || ngx_http_waveforge_prepare(r) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = (off_t) opened->blob.size_bytes;
    r->headers_out.last_modified_time = opened->blob.modified;

    r->headers_out.content_type.data = (u_char *) opened->recording.mime_type;
    r->headers_out.content_type.len = ngx_strlen(opened->recording.mime_type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;

    r->allow_ranges = 1;

    if (r->method == NGX_HTTP_HEAD) {
        /* a range is of GET alone (RFC 9110, 14.2) */
        r->headers_in.range = NULL;
    }

    return ngx_http_waveforge_audio_send(r, opened);
}


/* One buffer for all: several ranges need that. */

static ngx_int_t
ngx_http_waveforge_audio_send(ngx_http_request_t *r,
    ngx_http_waveforge_opened_t *opened)
{
    ngx_int_t     rc;
    ngx_buf_t    *b;
    ngx_chain_t   out;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    b->file = ngx_pcalloc(r->pool, sizeof(ngx_file_t));
    if (b->file == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    b->last_buf = (r == r->main) ? 1 : 0;
    b->last_in_chain = 1;

    ngx_http_waveforge_audio_set_file(r, b, opened);

    out.buf = b;
    out.next = NULL;

    return ngx_http_output_filter(r, &out);
}


static void
ngx_http_waveforge_audio_set_file(ngx_http_request_t *r, ngx_buf_t *b,
    ngx_http_waveforge_opened_t *opened)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    b->file_last = (off_t) opened->blob.size_bytes;
    b->in_file = b->file_last ? 1 : 0;

    b->file->fd = opened->blob.fd;
    b->file->log = r->connection->log;
    b->file->name.data = (u_char *) opened->recording.filename;
    b->file->name.len = ngx_strlen(opened->recording.filename);

    if (clcf->directio <= b->file_last
        && ngx_directio_on(opened->blob.fd) != NGX_FILE_ERROR)
    {
        b->file->directio = 1;
    }
}
