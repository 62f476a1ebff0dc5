
/*
 * Figures of what the workers do, in memory they share: a slot for each
 * process of the master, so that writing is an atomic addition to memory of
 * one's own. What a process that was killed had counted stays, what it had
 * under way is forgotten by whoever gets its slot.
 *
 * The zone is there only if some location says waveforge_metrics; it outlives
 * a reload, and begins anew with another binary.
 *
 * What counts needs no handle, and may be called by any thread of a worker.
 */


#ifndef _NGX_HTTP_WAVEFORGE_METRICS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_METRICS_H_INCLUDED_


#include "ngx_http_waveforge.h"


/* What only grows. */

typedef enum {
    NGX_HTTP_WAVEFORGE_RECEIVED_BYTES = 0,
    NGX_HTTP_WAVEFORGE_STORED_BYTES,
    NGX_HTTP_WAVEFORGE_TAKE_OVERS,
    NGX_HTTP_WAVEFORGE_EXPIRED_UPLOADS,
    NGX_HTTP_WAVEFORGE_SALVAGED_UPLOADS,
    NGX_HTTP_WAVEFORGE_RETIRED_RECORDINGS,
    NGX_HTTP_WAVEFORGE_COUNTERS
} ngx_http_waveforge_counter_e;


/* What is under way. */

typedef enum {
    NGX_HTTP_WAVEFORGE_CHUNKS_IN_FLIGHT = 0,
    NGX_HTTP_WAVEFORGE_REQUESTS_WAITING,
    NGX_HTTP_WAVEFORGE_JOBS_QUEUED,
    NGX_HTTP_WAVEFORGE_JOBS_RUNNING,
    NGX_HTTP_WAVEFORGE_OPEN_STORES,
    NGX_HTTP_WAVEFORGE_GAUGES
} ngx_http_waveforge_gauge_e;


/* What takes its time. */

typedef enum {
    NGX_HTTP_WAVEFORGE_CHUNK_TIME = 0,
    NGX_HTTP_WAVEFORGE_CHUNK_STORE_TIME,
    NGX_HTTP_WAVEFORGE_COMPLETE_TIME,
    NGX_HTTP_WAVEFORGE_SYNC_TIME,
    NGX_HTTP_WAVEFORGE_COMMIT_TIME,
    NGX_HTTP_WAVEFORGE_TIMES
} ngx_http_waveforge_time_e;


#define NGX_HTTP_WAVEFORGE_BOUNDS    15
#define NGX_HTTP_WAVEFORGE_CODES     40
#define NGX_HTTP_WAVEFORGE_REFUSALS  96


typedef struct {
    ngx_atomic_t                  counts[NGX_HTTP_WAVEFORGE_BOUNDS + 1];
    ngx_atomic_t                  sum_ns;
} ngx_http_waveforge_histogram_t;


/*
 * `pid`       of the process that counts here, 0 if it has left
 * `requests`  by resource and by the place of the status in the table of codes
 * `refusals`  by the number of the problem
 */

struct ngx_http_waveforge_metrics_s {
    ngx_atomic_t                    pid;
    ngx_atomic_t                    gauges[NGX_HTTP_WAVEFORGE_GAUGES];
    ngx_atomic_t                    counters[NGX_HTTP_WAVEFORGE_COUNTERS];
    ngx_atomic_t                    refusals[NGX_HTTP_WAVEFORGE_REFUSALS];
    ngx_atomic_t                    requests[WF_RESOURCES]
                                            [NGX_HTTP_WAVEFORGE_CODES];
    ngx_http_waveforge_histogram_t  times[NGX_HTTP_WAVEFORGE_TIMES];
};


/* While reading the configuration: have the zone. */
ngx_int_t ngx_http_waveforge_metrics_add_zone(ngx_conf_t *cf);

/* In a worker: its slot, or none without a zone or room in it. */
void ngx_http_waveforge_metrics_begin(ngx_cycle_t *cycle);
void ngx_http_waveforge_metrics_end(ngx_cycle_t *cycle);

void ngx_http_waveforge_metrics_count(ngx_http_waveforge_counter_e counter,
    uint64_t n);
void ngx_http_waveforge_metrics_move(ngx_http_waveforge_gauge_e gauge,
    ngx_atomic_int_t change);
void ngx_http_waveforge_metrics_time(ngx_http_waveforge_time_e time,
    uint64_t ns);

/* wfs_observer; `data` is not used. */
void ngx_http_waveforge_metrics_observe(void *data, wfs_event event,
    uint64_t duration_ns);

/* Nanoseconds of a clock that nobody sets. */
uint64_t ngx_http_waveforge_now_ns(void);


/* What the slots add up to, of `sum` all 0; returns how many have a process. */
ngx_uint_t ngx_http_waveforge_metrics_sum(ngx_http_request_t *r,
    ngx_http_waveforge_metrics_t *sum);

/*
 * A place in the table of codes as text: "200", "000" for a request without an
 * answer, "other" for all that are not in it. NULL behind the last.
 */
#define NGX_HTTP_WAVEFORGE_CODE_BYTES  sizeof("other")
u_char *ngx_http_waveforge_metrics_code(ngx_uint_t place,
    u_char text[NGX_HTTP_WAVEFORGE_CODE_BYTES]);

/* What a resource is called. */
const char *ngx_http_waveforge_metrics_endpoint(ngx_uint_t resource);

extern const uint64_t
    ngx_http_waveforge_metrics_bounds[NGX_HTTP_WAVEFORGE_BOUNDS];


/* The log phase: counts requests of ours. */
ngx_int_t ngx_http_waveforge_metrics_log_handler(ngx_http_request_t *r);

char *ngx_http_waveforge_set_metrics(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_waveforge_metrics_handler(ngx_http_request_t *r);


#endif /* _NGX_HTTP_WAVEFORGE_METRICS_H_INCLUDED_ */
