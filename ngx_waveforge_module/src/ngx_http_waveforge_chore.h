
/*
 * Chores: what a worker does for a store by itself. Begun and ended in chore.c,
 * carried out in chore_run.c.
 */


#ifndef _NGX_HTTP_WAVEFORGE_CHORE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CHORE_H_INCLUDED_


#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_task.h"


#define NGX_HTTP_WAVEFORGE_TEND_MS  1000


/*
 * A job that nobody waits for, posted again and again by a timer that does not
 * keep the worker from leaving. `over` follows it, unless the store is to be
 * closed: that waits for the chores under way.
 */

struct ngx_http_waveforge_chore_s {
    ngx_http_waveforge_job_t   job;
    ngx_http_waveforge_job_pt  over;
    ngx_event_t                timer;
    wfs_store_stat             stat;
    ngx_uint_t                 changes;
    uint64_t                   next_ms;
    wfs_status                 logged;
};


/* Post it again so much later, unless the worker is about to leave. */
void ngx_http_waveforge_chore_again(ngx_http_waveforge_chore_t *chore,
    ngx_msec_t ms);

/* `run` is on a thread, `over` on the loop. */

void ngx_http_waveforge_probe_run(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_probe_over(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_tend_run(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_tend_over(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_quit_run(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_quit_over(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_close_run(ngx_http_waveforge_job_t *job);
void ngx_http_waveforge_close_over(ngx_http_waveforge_job_t *job);


#endif /* _NGX_HTTP_WAVEFORGE_CHORE_H_INCLUDED_ */
