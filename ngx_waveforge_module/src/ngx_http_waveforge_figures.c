
/*
 * A store's figures: what they say of its health, and our own commits between
 * two probes, as they happen.
 */


#include "ngx_http_waveforge_store.h"


/* a probe a second, and five seconds' grace */
#define NGX_HTTP_WAVEFORGE_OVERDUE_MS  6000


static void ngx_http_waveforge_add(uint64_t *figure, int64_t change);


ngx_http_waveforge_health_e
ngx_http_waveforge_store_health(ngx_http_waveforge_store_t *store,
    uint64_t reserve)
{
    if (!store->has_stat
        || ngx_current_msec - store->probed > NGX_HTTP_WAVEFORGE_OVERDUE_MS)
    {
        return NGX_HTTP_WAVEFORGE_FAILED;
    }

    if (!store->stat.is_writable
        || store->stat.publish_failed
        || store->stat.damaged > 0
        || store->stat.is_damaged
        || store->stat.free_bytes <= reserve)
    {
        return NGX_HTTP_WAVEFORGE_DEGRADED;
    }

    return NGX_HTTP_WAVEFORGE_HEALTHY;
}


void
ngx_http_waveforge_store_count(ngx_http_waveforge_store_t *store,
    ngx_http_waveforge_change_t *change)
{
    ngx_http_waveforge_add(&store->stat.recordings, change->recordings);
    ngx_http_waveforge_add(&store->stat.recording_bytes,
                           change->recording_bytes);
    ngx_http_waveforge_add(&store->stat.uploads, change->uploads);

    store->changes++;
}


/* What another worker added may not be known here yet: never below 0. */

static void
ngx_http_waveforge_add(uint64_t *figure, int64_t change)
{
    if (change < 0 && *figure < (uint64_t) -change) {
        *figure = 0;

    } else {
        *figure += (uint64_t) change;
    }
}
