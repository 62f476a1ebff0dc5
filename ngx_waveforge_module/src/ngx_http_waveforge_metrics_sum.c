
/* What all processes have counted together. */


#include "ngx_http_waveforge_metrics.h"

#include <signal.h>


static ngx_uint_t ngx_http_waveforge_metrics_is_alive(
    ngx_http_waveforge_metrics_t *slot);
static void ngx_http_waveforge_metrics_add(ngx_http_waveforge_metrics_t *sum,
    ngx_http_waveforge_metrics_t *slot);
static void ngx_http_waveforge_metrics_add_gauges(
    ngx_http_waveforge_metrics_t *sum, ngx_http_waveforge_metrics_t *slot);


ngx_uint_t
ngx_http_waveforge_metrics_sum(ngx_http_request_t *r,
    ngx_http_waveforge_metrics_t *sum)
{
    ngx_uint_t                       i, alive;
    ngx_http_waveforge_metrics_t   **slots;

    alive = 0;
    slots = ngx_http_waveforge_main(r)->metrics_zone->data;

    for (i = 0; i < NGX_MAX_PROCESSES; i++) {

        if (slots[i] == NULL) {
            continue;
        }

        ngx_http_waveforge_metrics_add(sum, slots[i]);

        if (ngx_http_waveforge_metrics_is_alive(slots[i])) {
            ngx_http_waveforge_metrics_add_gauges(sum, slots[i]);
            alive++;
        }
    }

    return alive;
}


/* A worker that was killed while it was leaving has no successor. */

static ngx_uint_t
ngx_http_waveforge_metrics_is_alive(ngx_http_waveforge_metrics_t *slot)
{
    return slot->pid
           && (kill((pid_t) slot->pid, 0) == 0 || ngx_errno == EPERM);
}


static void
ngx_http_waveforge_metrics_add(ngx_http_waveforge_metrics_t *sum,
    ngx_http_waveforge_metrics_t *slot)
{
    size_t         i, end;
    ngx_atomic_t  *to, *from;

    /* everything behind the gauges is counters */

    to = (ngx_atomic_t *) sum;
    from = (ngx_atomic_t *) slot;

    i = offsetof(ngx_http_waveforge_metrics_t, counters)
        / sizeof(ngx_atomic_t);
    end = sizeof(ngx_http_waveforge_metrics_t) / sizeof(ngx_atomic_t);

    for ( /* void */ ; i < end; i++) {
        to[i] += from[i];
    }
}


static void
ngx_http_waveforge_metrics_add_gauges(ngx_http_waveforge_metrics_t *sum,
    ngx_http_waveforge_metrics_t *slot)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_HTTP_WAVEFORGE_GAUGES; i++) {
        sum->gauges[i] += slot->gauges[i];
    }
}
