
/* A store's figures between two probes: our own commits, as they happen. */


#include "ngx_http_waveforge_store.h"


static void ngx_http_waveforge_add(uint64_t *figure, int64_t change);


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
