
/*
 * GET /health and /health/live, from memory: they answer while every disk
 * thread is stuck.
 */


#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_store.h"


/* In the order of ngx_http_waveforge_health_e. */

static const char  *ngx_http_waveforge_healths[] = {
    "healthy", "degraded", "failed"
};


static ngx_http_waveforge_health_e ngx_http_waveforge_request_health(
    ngx_http_request_t *r, ngx_http_waveforge_store_t *store);
static void ngx_http_waveforge_put_storage(ngx_http_request_t *r,
    wf_json *json, ngx_http_waveforge_store_t *store);


ngx_int_t
ngx_http_waveforge_live_handler(ngx_http_request_t *r)
{
    wf_json  json = WF_JSON_INIT;

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "status", "live");
    wf_json_end(&json, '}');

    return ngx_http_waveforge_send_json(r, &json);
}


ngx_int_t
ngx_http_waveforge_health_handler(ngx_http_request_t *r)
{
    u_char                       now[NGX_HTTP_WAVEFORGE_TIME_BYTES];
    wf_json                      json = WF_JSON_INIT;
    ngx_int_t                    rc;
    ngx_http_waveforge_store_t  *store;
    ngx_http_waveforge_health_e  health;

    rc = ngx_http_waveforge_request_find_store(r, &store);

    if (rc != NGX_OK) {
        return ngx_http_waveforge_request_refuse_store(r, rc);
    }

    health = ngx_http_waveforge_request_health(r, store);

    ngx_http_waveforge_format_time(ngx_time(), now);

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "status",
                       ngx_http_waveforge_healths[health]);
    wf_json_put_string(&json, "version", NGX_HTTP_WAVEFORGE_VERSION);
    wf_json_put_int(&json, "uptime",
                    ngx_time() - ngx_http_waveforge_main(r)->loaded);
    wf_json_put_string(&json, "timestamp", (char *) now);

    ngx_http_waveforge_put_storage(r, &json, store);

    wf_json_end(&json, '}');

    return ngx_http_waveforge_send_json_status(r,
               health == NGX_HTTP_WAVEFORGE_FAILED
               ? NGX_HTTP_SERVICE_UNAVAILABLE : NGX_HTTP_OK,
               &json);
}


static ngx_http_waveforge_health_e
ngx_http_waveforge_request_health(ngx_http_request_t *r,
    ngx_http_waveforge_store_t *store)
{
    if (store == NULL) {
        return NGX_HTTP_WAVEFORGE_FAILED;
    }

    return ngx_http_waveforge_store_health(store,
                          (uint64_t) ngx_http_waveforge_conf(r)->reserve);
}


static void
ngx_http_waveforge_put_storage(ngx_http_request_t *r, wf_json *json,
    ngx_http_waveforge_store_t *store)
{
    u_char      as_of[NGX_HTTP_WAVEFORGE_TIME_BYTES];
    wfs_limits  limits;

    wf_json_key(json, "storage");

    if (store == NULL || !store->has_stat) {
        wf_json_null(json);
        wf_json_key(json, "as_of");
        wf_json_null(json);
        return;
    }

    ngx_http_waveforge_get_limits(r, &limits);

    wf_json_begin(json, '{');
    wf_json_put_uint(json, "total_recordings", store->stat.recordings);
    wf_json_put_uint(json, "total_size", store->stat.recording_bytes);
    wf_json_put_uint(json, "uploads", store->stat.uploads);
    wf_json_put_uint(json, "available",
                     wfs_store_stat_get_available(&store->stat, &limits));
    wf_json_put_known(json, "quota",
                      limits.quota_bytes ? limits.quota_bytes : WFS_UNKNOWN);
    wf_json_key(json, "writable");
    wf_json_bool(json, store->stat.is_writable);
    wf_json_end(json, '}');

    ngx_http_waveforge_format_time(store->as_of, as_of);
    wf_json_put_string(json, "as_of", (char *) as_of);
}
