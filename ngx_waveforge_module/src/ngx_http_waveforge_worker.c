
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"
#include "ngx_http_waveforge_task.h"
#include "ngx_http_waveforge_worker.h"

#include <sys/eventfd.h>


#define NGX_HTTP_WAVEFORGE_HOLD_MS  60000


struct ngx_http_waveforge_worker_s {
    ngx_uint_t                       jobs;
    ngx_event_t                      hold;

    ngx_queue_t                      completing;
    ngx_http_waveforge_lanes_t       lanes;

    ngx_http_waveforge_main_conf_t  *main;
    ngx_connection_t                *wakeup;

    ngx_thread_mutex_t               mutex;

    /* under the mutex */
    ngx_http_waveforge_job_t        *told;
    u_char                          *buffers;  /* each begins with the next */
};


static ngx_connection_t *ngx_http_waveforge_wakeup_create(ngx_cycle_t *cycle);
static void ngx_http_waveforge_wakeup_handler(ngx_event_t *ev);
static void ngx_http_waveforge_hold_handler(ngx_event_t *ev);


ngx_http_waveforge_worker_t *
ngx_http_waveforge_worker_create(ngx_cycle_t *cycle,
    ngx_http_waveforge_main_conf_t *wmcf)
{
    ngx_http_waveforge_worker_t  *worker;

    worker = ngx_pcalloc(cycle->pool, sizeof(ngx_http_waveforge_worker_t));
    if (worker == NULL) {
        return NULL;
    }

    if (ngx_thread_mutex_create(&worker->mutex, cycle->log) != NGX_OK) {
        return NULL;
    }

    worker->main = wmcf;

    ngx_queue_init(&worker->completing);
    ngx_http_waveforge_lanes_init(&worker->lanes, cycle);

    worker->hold.handler = ngx_http_waveforge_hold_handler;
    worker->hold.data = worker;
    worker->hold.log = cycle->log;

    worker->wakeup = ngx_http_waveforge_wakeup_create(cycle);
    if (worker->wakeup == NULL) {
        return NULL;
    }

    worker->wakeup->data = worker;

    return worker;
}


static ngx_connection_t *
ngx_http_waveforge_wakeup_create(ngx_cycle_t *cycle)
{
    int                fd;
    ngx_connection_t  *c;

    fd = eventfd(0, EFD_NONBLOCK|EFD_CLOEXEC);
    if (fd == -1) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      "eventfd() failed");
        return NULL;
    }

    c = ngx_get_connection(fd, cycle->log);
    if (c == NULL) {
        (void) close(fd);
        return NULL;
    }

    c->read->handler = ngx_http_waveforge_wakeup_handler;
    c->read->log = cycle->log;
    c->write->log = cycle->log;

    /* a descriptor of the process, not a client's: not to be reported open */

    c->read->channel = 1;
    c->write->channel = 1;

    /* told to quit, nginx closes what is idle: that is how we hear of it */

    c->idle = 1;

    if (ngx_add_event(c->read, NGX_READ_EVENT, 0) != NGX_OK) {
        ngx_free_connection(c);
        (void) close(fd);
        return NULL;
    }

    return c;
}


void
ngx_http_waveforge_worker_destroy(ngx_http_waveforge_worker_t *worker)
{
    u_char  *buffer;

    while (worker->buffers) {
        buffer = worker->buffers;
        worker->buffers = *(u_char **) buffer;
        ngx_free(buffer);
    }

    ngx_close_connection(worker->wakeup);
    (void) ngx_thread_mutex_destroy(&worker->mutex, ngx_cycle->log);
}


ngx_http_waveforge_lanes_t *
ngx_http_waveforge_worker_lanes(ngx_http_waveforge_worker_t *worker)
{
    return &worker->lanes;
}


ngx_queue_t *
ngx_http_waveforge_worker_completing(ngx_http_waveforge_worker_t *worker)
{
    return &worker->completing;
}


void
ngx_http_waveforge_worker_hold(ngx_http_waveforge_worker_t *worker)
{
    if (worker->jobs++ == 0) {
        ngx_add_timer(&worker->hold, NGX_HTTP_WAVEFORGE_HOLD_MS);
    }
}


void
ngx_http_waveforge_worker_unhold(ngx_http_waveforge_worker_t *worker)
{
    if (--worker->jobs == 0 && worker->hold.timer_set) {
        ngx_del_timer(&worker->hold);
    }
}


static void
ngx_http_waveforge_hold_handler(ngx_event_t *ev)
{
    ngx_add_timer(ev, NGX_HTTP_WAVEFORGE_HOLD_MS);
}


void
ngx_http_waveforge_job_committed(ngx_http_waveforge_job_t *job)
{
    if (ngx_atomic_fetch_add(&job->halves, 1) == 0) {
        /* the thread is still at it, and comes to the loop anyway */
        return;
    }

    ngx_http_waveforge_worker_tell(job->worker, job);
}


void
ngx_http_waveforge_worker_tell(ngx_http_waveforge_worker_t *worker,
    ngx_http_waveforge_job_t *job)
{
    uint64_t  one;

    one = 1;

    (void) ngx_thread_mutex_lock(&worker->mutex, ngx_cycle->log);

    job->next = worker->told;
    worker->told = job;

    (void) ngx_thread_mutex_unlock(&worker->mutex, ngx_cycle->log);

    /* EAGAIN: the counter is full, and so the loop awake */

    (void) !write(worker->wakeup->fd, &one, sizeof(one));
}


static void
ngx_http_waveforge_wakeup_handler(ngx_event_t *ev)
{
    uint64_t                      count;
    ngx_connection_t             *c;
    ngx_http_waveforge_job_t     *job, *next;
    ngx_http_waveforge_worker_t  *worker;

    c = ev->data;
    worker = c->data;

    if (c->close) {
        c->close = 0;
        ngx_http_waveforge_stores_quit(&worker->main->stores);
        ngx_http_waveforge_table_quit(worker->main->table);
    }

    (void) !read(c->fd, &count, sizeof(count));

    (void) ngx_thread_mutex_lock(&worker->mutex, ev->log);

    job = worker->told;
    worker->told = NULL;

    (void) ngx_thread_mutex_unlock(&worker->mutex, ev->log);

    for ( /* void */ ; job; job = next) {
        next = job->next;
        ngx_http_waveforge_job_heard(job);
    }

    ngx_http_waveforge_lanes_advance(&worker->lanes);
}


u_char *
ngx_http_waveforge_buffer_take(ngx_http_waveforge_worker_t *worker)
{
    u_char  *buffer;

    (void) ngx_thread_mutex_lock(&worker->mutex, ngx_cycle->log);

    buffer = worker->buffers;

    if (buffer) {
        worker->buffers = *(u_char **) buffer;
    }

    (void) ngx_thread_mutex_unlock(&worker->mutex, ngx_cycle->log);

    if (buffer == NULL) {
        buffer = ngx_memalign(ngx_pagesize, NGX_HTTP_WAVEFORGE_BUFFER,
                              ngx_cycle->log);
    }

    return buffer;
}


void
ngx_http_waveforge_buffer_give(ngx_http_waveforge_worker_t *worker,
    u_char *buffer)
{
    (void) ngx_thread_mutex_lock(&worker->mutex, ngx_cycle->log);

    *(u_char **) buffer = worker->buffers;
    worker->buffers = buffer;

    (void) ngx_thread_mutex_unlock(&worker->mutex, ngx_cycle->log);
}
