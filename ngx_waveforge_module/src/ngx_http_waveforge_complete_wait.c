
#include "ngx_http_waveforge_complete.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"


#define NGX_HTTP_WAVEFORGE_PATIENCE_MS  10000


static ngx_int_t ngx_http_waveforge_complete_go(
    ngx_http_waveforge_complete_t *complete);
static ngx_http_waveforge_complete_t *ngx_http_waveforge_complete_find(
    ngx_http_waveforge_complete_t *complete);
static void ngx_http_waveforge_complete_done(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_complete_leave(
    ngx_http_waveforge_complete_t *complete);
static void ngx_http_waveforge_complete_log(
    ngx_http_waveforge_complete_t *complete);
static void ngx_http_waveforge_complete_lose_patience(ngx_event_t *ev);
static ngx_int_t ngx_http_waveforge_complete_tell(ngx_http_request_t *r,
    ngx_uint_t progress);


void
ngx_http_waveforge_complete_start(ngx_http_waveforge_complete_t *complete)
{
    ngx_http_request_t  *r;

    r = complete->call.job.request;

    complete->call.job.done = ngx_http_waveforge_complete_done;

    complete->patience.handler = ngx_http_waveforge_complete_lose_patience;
    complete->patience.data = complete;
    complete->patience.log = ngx_cycle->log;

    ngx_queue_init(&complete->joined);

    if (ngx_http_waveforge_complete_go(complete) != NGX_OK) {
        ngx_http_finalize_request(r,
                  ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_STORE_BUSY,
                                            NULL));
        return;
    }

    ngx_add_timer(&complete->patience, NGX_HTTP_WAVEFORGE_PATIENCE_MS);
}


/* NGX_OK, or NGX_BUSY if too many wait; never again once one has waited. */

static ngx_int_t
ngx_http_waveforge_complete_go(ngx_http_waveforge_complete_t *complete)
{
    ngx_http_waveforge_job_t       *job;
    ngx_http_waveforge_complete_t  *other;

    job = &complete->call.job;

    other = ngx_http_waveforge_complete_find(complete);

    if (other) {

        if (ngx_http_waveforge_job_wait(job) != NGX_OK) {
            return NGX_BUSY;
        }

        complete->other = other;
        complete->state = NGX_HTTP_WAVEFORGE_COMPLETE_JOINED;

        ngx_queue_insert_tail(&other->joined, &complete->link);

        return NGX_OK;
    }

    if (ngx_http_waveforge_job_post(job) != NGX_OK) {
        return NGX_BUSY;
    }

    complete->state = NGX_HTTP_WAVEFORGE_COMPLETE_WORKS;

    ngx_queue_insert_tail(ngx_http_waveforge_worker_completing(job->worker),
                          &complete->link);

    return NGX_OK;
}


static ngx_http_waveforge_complete_t *
ngx_http_waveforge_complete_find(ngx_http_waveforge_complete_t *complete)
{
    ngx_queue_t                    *q, *completing;
    ngx_http_waveforge_complete_t  *other;

    completing
            = ngx_http_waveforge_worker_completing(complete->call.job.worker);

    for (q = ngx_queue_head(completing);
         q != ngx_queue_sentinel(completing);
         q = ngx_queue_next(q))
    {
        other = ngx_queue_data(q, ngx_http_waveforge_complete_t, link);

        if (other->call.job.store == complete->call.job.store
            && ngx_strcmp(other->complete.id, complete->complete.id) == 0)
        {
            return other;
        }
    }

    return NULL;
}


static void
ngx_http_waveforge_complete_done(ngx_http_waveforge_job_t *job)
{
    ngx_http_request_t             *r;
    ngx_http_waveforge_complete_t  *complete;

    r = job->request;
    complete = (ngx_http_waveforge_complete_t *) job;

    ngx_http_waveforge_complete_leave(complete);

    if (r == NULL) {
        ngx_http_waveforge_complete_log(complete);
        ngx_http_waveforge_complete_release(job);
        ngx_http_waveforge_job_free(job);
        return;
    }

    if (job->status == WFS_EBUSY && complete->has_told) {

        /* another process completes it */

        ngx_http_finalize_request(r,
               ngx_http_waveforge_complete_tell(r, complete->progress));
        return;
    }

    ngx_http_waveforge_call_done(job);
}


/* Those that had joined it go on by themselves: the first of them works. */

static void
ngx_http_waveforge_complete_leave(ngx_http_waveforge_complete_t *complete)
{
    ngx_queue_t                    *q;
    ngx_http_waveforge_complete_t  *next;

    if (complete->patience.timer_set) {
        ngx_del_timer(&complete->patience);
    }

    if (complete->state != NGX_HTTP_WAVEFORGE_COMPLETE_ALONE) {
        complete->state = NGX_HTTP_WAVEFORGE_COMPLETE_ALONE;
        ngx_queue_remove(&complete->link);
    }

    while (!ngx_queue_empty(&complete->joined)) {
        q = ngx_queue_head(&complete->joined);
        next = ngx_queue_data(q, ngx_http_waveforge_complete_t, link);

        ngx_queue_remove(q);

        next->state = NGX_HTTP_WAVEFORGE_COMPLETE_ALONE;

        (void) ngx_http_waveforge_complete_go(next);
    }
}


/* Nobody hears of it but who asks again. */

static void
ngx_http_waveforge_complete_log(ngx_http_waveforge_complete_t *complete)
{
    ngx_uint_t                 level;
    ngx_http_waveforge_job_t  *job;

    job = &complete->call.job;
    level = NGX_LOG_WARN;

    if (job->status == WFS_OK) {
        level = NGX_LOG_INFO;
        ngx_http_waveforge_store_count(job->store, &complete->call.change);
    }

    ngx_log_error(level, ngx_cycle->log, 0,
                  "waveforge store \"%V\": completing %s, which took long, "
                  "ended with %s in %s (%d): %s", &job->store->path,
                  complete->complete.id, wfs_status_name(job->status),
                  job->error.step ? job->error.step : "-",
                  job->error.os_error, job->error.detail);
}


static void
ngx_http_waveforge_complete_lose_patience(ngx_event_t *ev)
{
    ngx_uint_t                      progress;
    ngx_connection_t               *c;
    ngx_http_request_t             *r;
    ngx_http_waveforge_complete_t  *complete;

    complete = ev->data;

    r = complete->call.job.request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    if (complete->state == NGX_HTTP_WAVEFORGE_COMPLETE_JOINED) {
        progress = complete->other->progress;
        ngx_http_waveforge_complete_leave(complete);

    } else {
        progress = complete->progress;
        ngx_http_waveforge_job_detach(&complete->call.job);
    }

    ngx_http_finalize_request(r, c->error ? NGX_ERROR
                                 : ngx_http_waveforge_complete_tell(r,
                                                                   progress));
    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_http_waveforge_complete_tell(ngx_http_request_t *r, ngx_uint_t progress)
{
    u_char     text[NGX_INT_T_LEN + sizeof(".00")];
    size_t     length;
    wf_json    json = WF_JSON_INIT;
    ngx_str_t  retry = ngx_string("1");

    length = ngx_sprintf(text, "%.2f", (double) progress / 65536) - text;

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "status", "completing");
    wf_json_key(&json, "progress");
    wf_json_raw(&json, (char *) text, length);
    wf_json_end(&json, '}');

    if (ngx_http_waveforge_add_header(r, "Retry-After", &retry) != NGX_OK) {
        wf_json_release(&json);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send_json_status(r, NGX_HTTP_ACCEPTED, &json);
}


void
ngx_http_waveforge_complete_release(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_complete_t  *complete;

    complete = (ngx_http_waveforge_complete_t *) job;

    if (complete->patience.handler) {
        ngx_http_waveforge_complete_leave(complete);
    }

    wf_complete_release(&complete->complete);
    ngx_http_waveforge_call_release(job);
}
