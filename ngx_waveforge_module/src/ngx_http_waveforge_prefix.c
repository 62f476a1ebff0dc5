
/*
 * GET /upload/{file_id}/audio: what is there of an unfinished upload without
 * gaps, to listen to it before it is rescued.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_task.h"


/* `members`  of the problem, if the upload is a recording by now */

typedef struct {
    ngx_http_waveforge_job_t  job;
    char                      id[WFS_ID_MAX_BYTES + 1];
    wfs_upload_prefix         prefix;
    wf_json                   members;
} ngx_http_waveforge_prefix_t;


static void ngx_http_waveforge_prefix_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_prefix_done(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_prefix_release(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_prefix_close(ngx_http_waveforge_job_t *job);
static ngx_int_t ngx_http_waveforge_prefix_answer(ngx_http_request_t *r,
    wfs_upload_prefix *prefix);
static void ngx_http_waveforge_prefix_set_headers(ngx_http_request_t *r,
    wfs_upload_prefix *prefix);
static ngx_int_t ngx_http_waveforge_prefix_send(ngx_http_request_t *r,
    wfs_upload_prefix *prefix);
static ngx_buf_t *ngx_http_waveforge_prefix_create_head(ngx_http_request_t *r,
    wfs_upload_prefix *prefix);
static ngx_buf_t *ngx_http_waveforge_prefix_create_rest(ngx_http_request_t *r,
    wfs_upload_prefix *prefix);


ngx_int_t
ngx_http_waveforge_prefix_handler(ngx_http_request_t *r)
{
    ngx_http_waveforge_prefix_t  *prefix;

    prefix = (ngx_http_waveforge_prefix_t *)
                 ngx_http_waveforge_job_create(r,
                                         sizeof(ngx_http_waveforge_prefix_t));
    if (prefix == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memcpy(prefix->id, ngx_http_waveforge_ctx(r)->target.id,
               sizeof(prefix->id));

    prefix->prefix = (wfs_upload_prefix) WFS_UPLOAD_PREFIX_INIT;

    prefix->job.run = ngx_http_waveforge_prefix_run;
    prefix->job.done = ngx_http_waveforge_prefix_done;
    prefix->job.release = ngx_http_waveforge_prefix_release;

    return ngx_http_waveforge_call_start(prefix);
}


static void
ngx_http_waveforge_prefix_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                    *store;
    ngx_http_waveforge_prefix_t  *prefix;

    prefix = (ngx_http_waveforge_prefix_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_upload_open_prefix(store, prefix->id, &prefix->prefix,
                                         &job->error);

    if (job->status == WFS_ECOMPLETE) {
        ngx_http_waveforge_put_recording(store, prefix->id, &prefix->members);
    }
}


/* With the request's pool, after the last byte was sent. */

static void
ngx_http_waveforge_prefix_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_prefix_t  *prefix;

    prefix = (ngx_http_waveforge_prefix_t *) job;

    wf_json_release(&prefix->members);

    if (prefix->prefix.blob.fd != -1) {
        ngx_http_waveforge_job_give_back(job,
                                         ngx_http_waveforge_prefix_close);

    } else {
        wfs_upload_prefix_release(&prefix->prefix);
    }
}


static void
ngx_http_waveforge_prefix_close(ngx_http_waveforge_job_t *job)
{
    wfs_upload_prefix_release(&((ngx_http_waveforge_prefix_t *) job)->prefix);
}


static void
ngx_http_waveforge_prefix_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t           *r;
    ngx_http_waveforge_prefix_t  *prefix;

    r = job->request;
    prefix = (ngx_http_waveforge_prefix_t *) job;

    ngx_http_finalize_request(r,
                              job->status == WFS_OK
                              ? ngx_http_waveforge_prefix_answer(r,
                                                            &prefix->prefix)
                              : ngx_http_waveforge_refuse_status(r,
                                                            job->status,
                                                            &job->error,
                                                            &prefix->members));
}


static ngx_int_t
ngx_http_waveforge_prefix_answer(ngx_http_request_t *r,
    wfs_upload_prefix *prefix)
{
    ngx_int_t  rc;
    ngx_str_t  policy = ngx_string("sandbox");

    if (ngx_http_waveforge_add_header(r, "Content-Security-Policy", &policy)
        != NGX_OK
        || ngx_http_waveforge_prepare(r) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_waveforge_prefix_set_headers(r, prefix);

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_waveforge_prefix_send(r, prefix);
}


/* No validators, for the next answer is another one. */

static void
ngx_http_waveforge_prefix_set_headers(ngx_http_request_t *r,
    wfs_upload_prefix *prefix)
{
    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = (off_t) prefix->blob.size_bytes;

    r->headers_out.content_type.data = (u_char *) prefix->mime_type;
    r->headers_out.content_type.len = ngx_strlen(prefix->mime_type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;

    r->disable_not_modified = 1;
    r->allow_ranges = 1;

    /* nginx cuts several ranges out of one buffer alone */

    r->single_range = (prefix->head != NULL);

    if (r->method == NGX_HTTP_HEAD) {
        /* a range is of GET alone (RFC 9110, 14.2) */
        r->headers_in.range = NULL;
    }
}


static ngx_int_t
ngx_http_waveforge_prefix_send(ngx_http_request_t *r,
    wfs_upload_prefix *prefix)
{
    ngx_buf_t    *last;
    ngx_chain_t   out[2], *cl;

    cl = out;
    last = NULL;

    if (prefix->head) {
        last = cl->buf = ngx_http_waveforge_prefix_create_head(r, prefix);
        if (cl->buf == NULL) {
            return NGX_ERROR;
        }

        cl->next = NULL;
    }

    if (prefix->blob.size_bytes > prefix->head_bytes) {

        if (last) {
            cl->next = &out[1];
            cl = &out[1];
        }

        last = cl->buf = ngx_http_waveforge_prefix_create_rest(r, prefix);
        if (cl->buf == NULL) {
            return NGX_ERROR;
        }

        cl->next = NULL;
    }

    last->last_buf = (r == r->main) ? 1 : 0;
    last->last_in_chain = 1;

    return ngx_http_output_filter(r, out);
}


static ngx_buf_t *
ngx_http_waveforge_prefix_create_head(ngx_http_request_t *r,
    wfs_upload_prefix *prefix)
{
    ngx_buf_t  *b;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NULL;
    }

    b->pos = prefix->head;
    b->last = prefix->head + prefix->head_bytes;
    b->memory = 1;

    return b;
}


static ngx_buf_t *
ngx_http_waveforge_prefix_create_rest(ngx_http_request_t *r,
    wfs_upload_prefix *prefix)
{
    ngx_buf_t  *b;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NULL;
    }

    b->file = ngx_pcalloc(r->pool, sizeof(ngx_file_t));
    if (b->file == NULL) {
        return NULL;
    }

    b->file_pos = (off_t) prefix->head_bytes;
    b->file_last = (off_t) prefix->blob.size_bytes;
    b->in_file = 1;

    b->file->fd = prefix->blob.fd;
    b->file->log = r->connection->log;
    ngx_str_set(&b->file->name, "an unfinished upload");

    return b;
}
