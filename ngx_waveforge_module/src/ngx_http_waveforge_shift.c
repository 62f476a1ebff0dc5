
#include "ngx_http_waveforge_task.h"

#include <time.h>


/* For how long a thread stays: longer than the next request takes nearby. */

#define NGX_HTTP_WAVEFORGE_STAY_NS  5000000


/* One turn of a thread: a job, and those it is handed behind it. */

struct ngx_http_waveforge_shift_s {
    ngx_thread_task_t              task;
    ngx_http_waveforge_pool_t     *pool;
    ngx_http_waveforge_job_t      *job;
    ngx_http_waveforge_shift_t    *next;
};


static ngx_uint_t ngx_http_waveforge_shift_hand(
    ngx_http_waveforge_shifts_t *shifts, ngx_http_waveforge_job_t *job);
static ngx_http_waveforge_shift_t *ngx_http_waveforge_shift_get(
    ngx_http_waveforge_pool_t *pool);
static void ngx_http_waveforge_shift_put(ngx_http_waveforge_shift_t *shift);
static void ngx_http_waveforge_shift_thread(void *data, ngx_log_t *log);
static ngx_uint_t ngx_http_waveforge_shift_stay(
    ngx_http_waveforge_shifts_t *shifts);
static ngx_http_waveforge_job_t *ngx_http_waveforge_shift_wait(
    ngx_http_waveforge_shifts_t *shifts);
static void ngx_http_waveforge_shift_over(ngx_event_t *ev);


ngx_int_t
ngx_http_waveforge_shifts_init(ngx_http_waveforge_shifts_t *shifts)
{
    int                 rc;
    pthread_condattr_t  attributes;

    if (pthread_mutex_init(&shifts->mutex, NULL) != 0
        || pthread_condattr_init(&attributes) != 0)
    {
        return NGX_ERROR;
    }

    rc = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);

    if (rc == 0) {
        rc = pthread_cond_init(&shifts->handed, &attributes);
    }

    (void) pthread_condattr_destroy(&attributes);

    return rc == 0 ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_http_waveforge_shift_post(ngx_http_waveforge_job_t *job)
{
    ngx_http_waveforge_pool_t   *pool;
    ngx_http_waveforge_shift_t  *shift;

    pool = job->thread_pool;

    if (ngx_http_waveforge_shift_hand(&pool->shifts, job)) {
        return NGX_OK;
    }

    shift = ngx_http_waveforge_shift_get(pool);
    if (shift == NULL) {
        return NGX_ERROR;
    }

    shift->job = job;

    if (ngx_thread_task_post(pool->threads, &shift->task) != NGX_OK) {
        ngx_http_waveforge_shift_put(shift);
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* To the thread that stays, if there is one. */

static ngx_uint_t
ngx_http_waveforge_shift_hand(ngx_http_waveforge_shifts_t *shifts,
    ngx_http_waveforge_job_t *job)
{
    ngx_uint_t  is_handed;

    (void) pthread_mutex_lock(&shifts->mutex);

    is_handed = shifts->is_staying && shifts->job == NULL;

    if (is_handed) {
        shifts->job = job;
    }

    (void) pthread_mutex_unlock(&shifts->mutex);

    /* not before: who is woken finds it free */

    if (is_handed) {
        (void) pthread_cond_signal(&shifts->handed);
    }

    return is_handed;
}


static ngx_http_waveforge_shift_t *
ngx_http_waveforge_shift_get(ngx_http_waveforge_pool_t *pool)
{
    ngx_http_waveforge_shift_t  *shift;

    shift = pool->shifts.spare;

    if (shift) {
        pool->shifts.spare = shift->next;
        return shift;
    }

    /* there are never more than threads, and those that have just returned */

    shift = ngx_pcalloc(ngx_cycle->pool, sizeof(ngx_http_waveforge_shift_t));
    if (shift == NULL) {
        return NULL;
    }

    shift->pool = pool;
    shift->task.ctx = shift;
    shift->task.handler = ngx_http_waveforge_shift_thread;
    shift->task.event.data = shift;
    shift->task.event.handler = ngx_http_waveforge_shift_over;
    shift->task.event.log = ngx_cycle->log;

    return shift;
}


static void
ngx_http_waveforge_shift_put(ngx_http_waveforge_shift_t *shift)
{
    shift->next = shift->pool->shifts.spare;
    shift->pool->shifts.spare = shift;
}


/* A last job that nobody stays for is told of by the pool. */

static void
ngx_http_waveforge_shift_thread(void *data, ngx_log_t *log)
{
    ngx_http_waveforge_shift_t   *shift = data;
    ngx_http_waveforge_shifts_t  *shifts;

    shifts = &shift->pool->shifts;

    do {
        ngx_http_waveforge_job_run(shift->job);

        if (!ngx_http_waveforge_shift_stay(shifts)) {
            return;
        }

        ngx_http_waveforge_job_returned(shift->job);

        shift->job = ngx_http_waveforge_shift_wait(shifts);

    } while (shift->job);
}


/* Whether it is this thread that stays: from now on it may be handed a job. */

static ngx_uint_t
ngx_http_waveforge_shift_stay(ngx_http_waveforge_shifts_t *shifts)
{
    ngx_uint_t  stays;

    (void) pthread_mutex_lock(&shifts->mutex);

    stays = !shifts->is_staying;
    shifts->is_staying = 1;

    (void) pthread_mutex_unlock(&shifts->mutex);

    return stays;
}


static ngx_http_waveforge_job_t *
ngx_http_waveforge_shift_wait(ngx_http_waveforge_shifts_t *shifts)
{
    int                        rc;
    struct timespec            end;
    ngx_http_waveforge_job_t  *job;

    (void) clock_gettime(CLOCK_MONOTONIC, &end);

    end.tv_nsec += NGX_HTTP_WAVEFORGE_STAY_NS;

    if (end.tv_nsec >= 1000000000) {
        end.tv_nsec -= 1000000000;
        end.tv_sec++;
    }

    rc = 0;

    (void) pthread_mutex_lock(&shifts->mutex);

    while (shifts->job == NULL && rc == 0) {
        rc = pthread_cond_timedwait(&shifts->handed, &shifts->mutex, &end);
    }

    job = shifts->job;

    shifts->job = NULL;
    shifts->is_staying = 0;

    (void) pthread_mutex_unlock(&shifts->mutex);

    return job;
}


/* On the loop. */

static void
ngx_http_waveforge_shift_over(ngx_event_t *ev)
{
    ngx_http_waveforge_job_t    *job;
    ngx_http_waveforge_shift_t  *shift = ev->data;

    job = shift->job;

    ngx_http_waveforge_shift_put(shift);

    if (job) {
        ngx_http_waveforge_job_take_back(job);
    }
}
