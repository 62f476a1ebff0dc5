
/*
 * What the stores of the configuration are, as this worker has seen them last:
 * a label has their place among them, and no path.
 */


#include "ngx_http_waveforge_metrics_answer.h"
#include "ngx_http_waveforge_store.h"


#define NGX_HTTP_WAVEFORGE_NS_PER_MS  1000000


/* WFS_UNKNOWN: it has none. */

typedef uint64_t (*ngx_http_waveforge_figure_pt)(
    ngx_http_waveforge_store_t *store);


static void ngx_http_waveforge_put_store_label(wf_metrics *metrics,
    ngx_uint_t number);
static uint64_t ngx_http_waveforge_store_figure(
    ngx_http_waveforge_store_t *store, ngx_uint_t i);
static uint64_t ngx_http_waveforge_store_up(ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_healthy(
    ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_available(
    ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_reserve(
    ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_quota(
    ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_oldest(
    ngx_http_waveforge_store_t *store);
static uint64_t ngx_http_waveforge_store_probed(
    ngx_http_waveforge_store_t *store);


/*
 * `get`      or, where it is NULL, the number or flag at `offset` of its
 *            figures; it has them all only once it was looked at
 * `is_time`  in nanoseconds
 */

static const struct {
    const char                    *name;
    const char                    *help;
    ngx_http_waveforge_figure_pt   get;
    size_t                         offset;
    unsigned                       is_flag:1;
    unsigned                       is_time:1;
} ngx_http_waveforge_store_families[] = {

#define ngx_http_waveforge_number(name, help, member)                         \
    { name, help, NULL, offsetof(wfs_store_stat, member), 0, 0 }

#define ngx_http_waveforge_flag(name, help, member)                           \
    { name, help, NULL, offsetof(wfs_store_stat, member), 1, 0 }

    { "waveforge_store_up",
      "Whether the store could be looked at lately.",
      ngx_http_waveforge_store_up, 0, 0, 0 },
    { "waveforge_store_healthy",
      "Whether /health calls the store healthy.",
      ngx_http_waveforge_store_healthy, 0, 0, 0 },
    { "waveforge_store_probe_timestamp_seconds",
      "When the figures of the store were taken.",
      ngx_http_waveforge_store_probed, 0, 0, 1 },

    ngx_http_waveforge_number("waveforge_store_recordings",
        "Finished recordings.", recordings),
    ngx_http_waveforge_number("waveforge_store_recording_bytes",
        "Bytes of finished recordings.", recording_bytes),
    ngx_http_waveforge_number("waveforge_store_damaged_recordings",
        "Recordings whose file was found damaged.", damaged),
    ngx_http_waveforge_number("waveforge_store_uploads",
        "Unfinished uploads.", uploads),
    ngx_http_waveforge_number("waveforge_store_upload_bytes",
        "Bytes that have arrived of unfinished uploads.", upload_bytes),
    { "waveforge_store_oldest_upload_timestamp_seconds",
      "When the oldest unfinished upload began; none without one.",
      ngx_http_waveforge_store_oldest, 0, 0, 1 },
    ngx_http_waveforge_number("waveforge_store_reserved_bytes",
        "Bytes reserved by unfinished uploads, with what has arrived.",
        reserved_bytes),
    ngx_http_waveforge_number("waveforge_store_free_bytes",
        "Free bytes of the disk.", free_bytes),
    { "waveforge_store_available_bytes",
      "Bytes that new uploads may still bring.",
      ngx_http_waveforge_store_available, 0, 0, 0 },
    { "waveforge_store_reserve_bytes",
      "Free bytes of the disk that uploads have to leave.",
      ngx_http_waveforge_store_reserve, 0, 0, 0 },
    { "waveforge_store_quota_bytes",
      "Bytes that the store may keep; none without a quota.",
      ngx_http_waveforge_store_quota, 0, 0, 0 },

    ngx_http_waveforge_flag("waveforge_store_writable",
        "Whether the store can be written to.", is_writable),
    ngx_http_waveforge_flag("waveforge_store_published",
        "Whether metadata.json shows the store as it is.", is_published),
    ngx_http_waveforge_flag("waveforge_store_publish_failed",
        "Whether the last attempt to publish metadata.json failed.",
        publish_failed),
    ngx_http_waveforge_flag("waveforge_store_catalogue_damaged",
        "Whether the catalogue was found damaged.", is_damaged),
    ngx_http_waveforge_flag("waveforge_store_clock_doubtful",
        "Whether the clock has jumped, so that nothing expires.",
        is_clock_doubtful),

    { NULL, NULL, NULL, 0, 0, 0 }
};


void
ngx_http_waveforge_put_store_metrics(ngx_http_request_t *r,
    wf_metrics *metrics)
{
    uint64_t                      value;
    ngx_uint_t                    i, number;
    ngx_array_t                  *stores;
    ngx_http_waveforge_store_t  **store;

    stores = &ngx_http_waveforge_main(r)->stores;
    store = stores->elts;

    for (i = 0; ngx_http_waveforge_store_families[i].name; i++) {

        wf_metrics_begin(metrics, ngx_http_waveforge_store_families[i].name,
                         "gauge", ngx_http_waveforge_store_families[i].help);

        for (number = 0; number < stores->nelts; number++) {

            value = ngx_http_waveforge_store_figure(store[number], i);

            if (value == WFS_UNKNOWN) {
                continue;
            }

            ngx_http_waveforge_put_store_label(metrics, number);

            if (ngx_http_waveforge_store_families[i].is_time) {
                wf_metrics_seconds(metrics, value);

            } else {
                wf_metrics_uint(metrics, value);
            }
        }
    }
}


static void
ngx_http_waveforge_put_store_label(wf_metrics *metrics, ngx_uint_t number)
{
    u_char  text[NGX_INT_T_LEN + 1];

    (void) ngx_sprintf(text, "%ui%Z", number);

    wf_metrics_label(metrics, "store", (char *) text);
}


static uint64_t
ngx_http_waveforge_store_figure(ngx_http_waveforge_store_t *store,
    ngx_uint_t i)
{
    u_char  *figure;

    if (ngx_http_waveforge_store_families[i].get) {
        return ngx_http_waveforge_store_families[i].get(store);
    }

    if (!store->has_stat) {
        return WFS_UNKNOWN;
    }

    figure = (u_char *) &store->stat
             + ngx_http_waveforge_store_families[i].offset;

    return ngx_http_waveforge_store_families[i].is_flag
           ? *(bool *) figure : *(uint64_t *) figure;
}


static uint64_t
ngx_http_waveforge_store_up(ngx_http_waveforge_store_t *store)
{
    return ngx_http_waveforge_store_health(store, store->limits.reserve_bytes)
           != NGX_HTTP_WAVEFORGE_FAILED;
}


static uint64_t
ngx_http_waveforge_store_healthy(ngx_http_waveforge_store_t *store)
{
    return ngx_http_waveforge_store_health(store, store->limits.reserve_bytes)
           == NGX_HTTP_WAVEFORGE_HEALTHY;
}


static uint64_t
ngx_http_waveforge_store_available(ngx_http_waveforge_store_t *store)
{
    return store->has_stat
           ? wfs_store_stat_get_available(&store->stat, &store->limits)
           : WFS_UNKNOWN;
}


static uint64_t
ngx_http_waveforge_store_reserve(ngx_http_waveforge_store_t *store)
{
    return store->limits.reserve_bytes;
}


static uint64_t
ngx_http_waveforge_store_quota(ngx_http_waveforge_store_t *store)
{
    return store->limits.quota_bytes ? store->limits.quota_bytes : WFS_UNKNOWN;
}


static uint64_t
ngx_http_waveforge_store_oldest(ngx_http_waveforge_store_t *store)
{
    return store->has_stat && store->stat.oldest_ms > 0
           ? (uint64_t) store->stat.oldest_ms * NGX_HTTP_WAVEFORGE_NS_PER_MS
           : WFS_UNKNOWN;
}


static uint64_t
ngx_http_waveforge_store_probed(ngx_http_waveforge_store_t *store)
{
    return store->has_stat
           ? (uint64_t) store->as_of * 1000 * NGX_HTTP_WAVEFORGE_NS_PER_MS
           : WFS_UNKNOWN;
}
