
#include "ngx_http_waveforge_metrics.h"


/* Room for some five hundred processes; a page nobody writes takes none. */

#define NGX_HTTP_WAVEFORGE_ZONE_SIZE  (4 * 1024 * 1024)


/* By the number that the master has for a process. */

typedef struct {
    ngx_http_waveforge_metrics_t  *slots[NGX_MAX_PROCESSES];
} ngx_http_waveforge_zone_t;


static ngx_int_t ngx_http_waveforge_zone_init(ngx_shm_zone_t *zone,
    void *data);
static ngx_http_waveforge_metrics_t *ngx_http_waveforge_own_slot(void);


/* 1 ms to 1 min. */

const uint64_t  ngx_http_waveforge_metrics_bounds[] = {
    1000000, 2500000, 5000000, 10000000, 25000000, 50000000, 100000000,
    250000000, 500000000, 1000000000, 2500000000, 5000000000, 10000000000,
    30000000000, 60000000000
};


ngx_int_t
ngx_http_waveforge_metrics_add_zone(ngx_conf_t *cf)
{
    ngx_str_t                        name = ngx_string("waveforge_metrics");
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_waveforge_module);

    wmcf->metrics_zone = ngx_shared_memory_add(cf, &name,
                                               NGX_HTTP_WAVEFORGE_ZONE_SIZE,
                                               &ngx_http_waveforge_module);
    if (wmcf->metrics_zone == NULL) {
        return NGX_ERROR;
    }

    wmcf->metrics_zone->init = ngx_http_waveforge_zone_init;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t  *pool;

    if (data) {
        zone->data = data;
        return NGX_OK;
    }

    pool = (ngx_slab_pool_t *) zone->shm.addr;

    zone->data = ngx_slab_calloc(pool, sizeof(ngx_http_waveforge_zone_t));

    return zone->data ? NGX_OK : NGX_ERROR;
}


/*
 * A number belongs to one living process of the master, a worker that is
 * leaving has one of its own: so nobody else writes to the slot.
 */

void
ngx_http_waveforge_metrics_begin(ngx_cycle_t *cycle)
{
    ngx_uint_t                        i;
    ngx_slab_pool_t                  *pool;
    ngx_http_waveforge_zone_t        *zone;
    ngx_http_waveforge_metrics_t     *slot;
    ngx_http_waveforge_main_conf_t   *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_waveforge_module);

    if (wmcf->metrics_zone == NULL) {
        return;
    }

    zone = wmcf->metrics_zone->data;
    pool = (ngx_slab_pool_t *) wmcf->metrics_zone->shm.addr;

    slot = zone->slots[ngx_process_slot];

    if (slot == NULL) {

        slot = ngx_slab_calloc(pool, sizeof(ngx_http_waveforge_metrics_t));
        if (slot == NULL) {
            return;
        }

        zone->slots[ngx_process_slot] = slot;
    }

    for (i = 0; i < NGX_HTTP_WAVEFORGE_GAUGES; i++) {
        slot->gauges[i] = 0;
    }

    slot->pid = (ngx_atomic_uint_t) ngx_pid;
    wmcf->metrics = slot;
}


void
ngx_http_waveforge_metrics_end(ngx_cycle_t *cycle)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_waveforge_module);

    if (wmcf->metrics) {
        wmcf->metrics->pid = 0;
    }
}


static ngx_http_waveforge_metrics_t *
ngx_http_waveforge_own_slot(void)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(ngx_cycle,
                                               ngx_http_waveforge_module);

    return wmcf->metrics;
}


void
ngx_http_waveforge_metrics_count(ngx_http_waveforge_counter_e counter,
    uint64_t n)
{
    ngx_http_waveforge_metrics_t  *slot;

    slot = ngx_http_waveforge_own_slot();

    if (slot) {
        (void) ngx_atomic_fetch_add(&slot->counters[counter],
                                    (ngx_atomic_int_t) n);
    }
}


void
ngx_http_waveforge_metrics_move(ngx_http_waveforge_gauge_e gauge,
    ngx_atomic_int_t change)
{
    ngx_http_waveforge_metrics_t  *slot;

    slot = ngx_http_waveforge_own_slot();

    if (slot) {
        (void) ngx_atomic_fetch_add(&slot->gauges[gauge], change);
    }
}


void
ngx_http_waveforge_metrics_time(ngx_http_waveforge_time_e time, uint64_t ns)
{
    ngx_uint_t                       i;
    ngx_http_waveforge_metrics_t    *slot;
    ngx_http_waveforge_histogram_t  *histogram;

    slot = ngx_http_waveforge_own_slot();

    if (slot == NULL) {
        return;
    }

    histogram = &slot->times[time];

    for (i = 0; i < NGX_HTTP_WAVEFORGE_BOUNDS; i++) {
        if (ns <= ngx_http_waveforge_metrics_bounds[i]) {
            break;
        }
    }

    (void) ngx_atomic_fetch_add(&histogram->counts[i], 1);
    (void) ngx_atomic_fetch_add(&histogram->sum_ns, (ngx_atomic_int_t) ns);
}


void
ngx_http_waveforge_metrics_observe(void *data, wfs_event event,
    uint64_t duration_ns)
{
    switch (event) {

    case WFS_EVENT_SYNCED:
        ngx_http_waveforge_metrics_time(NGX_HTTP_WAVEFORGE_SYNC_TIME,
                                        duration_ns);
        break;

    case WFS_EVENT_COMMITTED:
        ngx_http_waveforge_metrics_time(NGX_HTTP_WAVEFORGE_COMMIT_TIME,
                                        duration_ns);
        break;

    case WFS_EVENT_TAKEN_OVER:
        ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_TAKE_OVERS, 1);
        break;

    case WFS_EVENT_EXPIRED:
        ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_EXPIRED_UPLOADS,
                                         1);
        break;

    case WFS_EVENT_SALVAGED:
        ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_SALVAGED_UPLOADS,
                                         1);
        break;

    case WFS_EVENT_RETIRED:
        ngx_http_waveforge_metrics_count(
                                     NGX_HTTP_WAVEFORGE_RETIRED_RECORDINGS, 1);
        break;
    }
}


uint64_t
ngx_http_waveforge_now_ns(void)
{
    struct timespec  now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);

    return (uint64_t) now.tv_sec * 1000000000 + (uint64_t) now.tv_nsec;
}
