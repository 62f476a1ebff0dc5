
#include "ngx_http_waveforge_body_file.h"
#include "ngx_http_waveforge_task.h"


#define NGX_HTTP_WAVEFORGE_FILE_BUFFER  65536


/*
 * `offset`  of what comes next; the file buffer itself stays as it is
 * `length`  read by the job, or -1
 * `is_full` a piece has been read and not yet handed out
 */

typedef struct {
    ngx_http_waveforge_job_t  job;
    ngx_fd_t                  fd;
    off_t                     offset;
    size_t                    wanted;
    ssize_t                   length;
    ngx_buf_t                *of;
    ngx_uint_t                is_full;
    u_char                    buffer[NGX_HTTP_WAVEFORGE_FILE_BUFFER];
} ngx_http_waveforge_file_t;


static ngx_int_t ngx_http_waveforge_file_post(ngx_http_waveforge_file_t *file,
    ngx_buf_t *b);
static ngx_int_t ngx_http_waveforge_file_hand_out(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body, ngx_http_waveforge_file_t *file);
static void ngx_http_waveforge_file_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_file_done(ngx_http_waveforge_job_t *job);


ngx_int_t
ngx_http_waveforge_body_read_file(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body)
{
    ngx_http_waveforge_file_t  *file;

    if (body->file == NULL) {

        body->file = ngx_http_waveforge_job_create(r,
                                          sizeof(ngx_http_waveforge_file_t));
        if (body->file == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        body->file->run = ngx_http_waveforge_file_run;
        body->file->done = ngx_http_waveforge_file_done;

        /* not of the store: it waits for nothing there */

        body->file->kind = NGX_HTTP_WAVEFORGE_JOB_CHORE;
    }

    file = (ngx_http_waveforge_file_t *) body->file;

    if (file->of != body->next->buf) {
        file->of = body->next->buf;
        file->offset = file->of->file_pos;
    }

    if (file->is_full) {
        return ngx_http_waveforge_file_hand_out(r, body, file);
    }

    return ngx_http_waveforge_file_post(file, file->of);
}


static ngx_int_t
ngx_http_waveforge_file_post(ngx_http_waveforge_file_t *file, ngx_buf_t *b)
{
    file->fd = b->file->fd;
    file->wanted = (size_t) ngx_min(b->file_last - file->offset,
                                    NGX_HTTP_WAVEFORGE_FILE_BUFFER);

    (void) ngx_http_waveforge_job_post(&file->job);

    return NGX_AGAIN;
}


static ngx_int_t
ngx_http_waveforge_file_hand_out(ngx_http_request_t *r,
    ngx_http_waveforge_body_t *body, ngx_http_waveforge_file_t *file)
{
    file->is_full = 0;

    if (file->length <= 0) {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log, 0,
                      "reading back a request body failed");
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body->pieces[0].data = file->buffer;
    body->pieces[0].len = file->length;
    body->npieces = 1;

    file->offset += file->length;

    if (file->offset >= file->of->file_last) {
        body->next = body->next->next;
    }

    body->is_last = (body->next == NULL);

    return NGX_OK;
}


static void
ngx_http_waveforge_file_run(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_file_t  *file;

    file = (ngx_http_waveforge_file_t *) job;

    do {
        file->length = pread(file->fd, file->buffer, file->wanted,
                             file->offset);

    } while (file->length == -1 && ngx_errno == NGX_EINTR);
}


static void
ngx_http_waveforge_file_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t         *r;
    ngx_http_waveforge_file_t  *file;

    r = job->request;

    file = (ngx_http_waveforge_file_t *) job;
    file->is_full = 1;

    ngx_http_waveforge_ctx(r)->body->handler(r);
}
