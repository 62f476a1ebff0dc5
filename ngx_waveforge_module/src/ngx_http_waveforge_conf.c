
#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_lane.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static char *ngx_http_waveforge_check_metrics(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf);
static ngx_int_t ngx_http_waveforge_check_location(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf);


void *
ngx_http_waveforge_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_main_conf_t));
    if (wmcf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&wmcf->stores, cf->pool, 4,
                       sizeof(ngx_http_waveforge_store_t *))
        != NGX_OK
        || ngx_array_init(&wmcf->pools, cf->pool, 4,
                          sizeof(ngx_http_waveforge_pool_t *))
           != NGX_OK)
    {
        return NULL;
    }

    wmcf->table = ngx_http_waveforge_table_create(cf);
    if (wmcf->table == NULL) {
        return NULL;
    }

    wmcf->loaded = ngx_time();

    return wmcf;
}


char *
ngx_http_waveforge_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_waveforge_main_conf_t *wmcf = conf;

    ngx_conf_init_uint_value(wmcf->table->max, 64);
    ngx_conf_init_msec_value(wmcf->table->idle, 60000);

    return NGX_CONF_OK;
}


void *
ngx_http_waveforge_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_loc_conf_t));
    if (wlcf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     wlcf->base = { 0, NULL };
     *     wlcf->store_path = { 0, NULL };
     *     wlcf->store_parts = NULL;
     *     wlcf->source = NULL;
     *     wlcf->store = NULL;
     *     wlcf->types = 0;
     *     wlcf->metrics = 0;
     *     wlcf->thread_pool = NULL;
     */

    wlcf->enable = NGX_CONF_UNSET;
    wlcf->store_existing = NGX_CONF_UNSET;
    wlcf->max_recording_size = NGX_CONF_UNSET;
    wlcf->max_chunk_size = NGX_CONF_UNSET;
    wlcf->chunk_size = NGX_CONF_UNSET;
    wlcf->quota = NGX_CONF_UNSET;
    wlcf->reserve = NGX_CONF_UNSET;
    wlcf->max_uploads = NGX_CONF_UNSET_UINT;
    wlcf->durability = NGX_CONF_UNSET_UINT;
    wlcf->digest = NGX_CONF_UNSET;
    wlcf->upload_expiry = NGX_CONF_UNSET;
    wlcf->expired = NGX_CONF_UNSET_UINT;
    wlcf->retention = NGX_CONF_UNSET;
    wlcf->tus = NGX_CONF_UNSET;
    wlcf->tus_location = NGX_CONF_UNSET_UINT;
    wlcf->rufh = NGX_CONF_UNSET;
    wlcf->min_rate = NGX_CONF_UNSET;
    wlcf->max_waiting = NGX_CONF_UNSET_UINT;
    wlcf->cors = NGX_CONF_UNSET_PTR;

    return wlcf;
}


char *
ngx_http_waveforge_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_waveforge_loc_conf_t *prev = parent;
    ngx_http_waveforge_loc_conf_t *conf = child;

    if (conf->metrics && conf->enable == NGX_CONF_UNSET) {
        /* a location of its own inside of ours */
        conf->enable = 0;
    }

    ngx_conf_merge_value(conf->enable, prev->enable, 0);
    ngx_conf_merge_str_value(conf->base, prev->base, "");
    ngx_conf_merge_value(conf->store_existing, prev->store_existing, 0);
    ngx_conf_merge_off_value(conf->max_recording_size,
                             prev->max_recording_size, 100 * 1024 * 1024);
    ngx_conf_merge_off_value(conf->max_chunk_size, prev->max_chunk_size,
                             16 * 1024 * 1024);
    ngx_conf_merge_off_value(conf->chunk_size, prev->chunk_size, 1024 * 1024);
    ngx_conf_merge_off_value(conf->quota, prev->quota, 0);
    ngx_conf_merge_off_value(conf->reserve, prev->reserve,
                             256 * 1024 * 1024);
    ngx_conf_merge_uint_value(conf->max_uploads, prev->max_uploads, 10000);
    ngx_conf_merge_uint_value(conf->durability, prev->durability,
                              WFS_DURABILITY_CHUNK);
    ngx_conf_merge_value(conf->digest, prev->digest, 1);
    ngx_conf_merge_sec_value(conf->upload_expiry, prev->upload_expiry,
                             24 * 60 * 60);
    ngx_conf_merge_uint_value(conf->expired, prev->expired,
                              NGX_HTTP_WAVEFORGE_EXPIRED_SALVAGE);
    ngx_conf_merge_sec_value(conf->retention, prev->retention, 0);
    ngx_conf_merge_value(conf->tus, prev->tus, 1);
    ngx_conf_merge_uint_value(conf->tus_location, prev->tus_location,
                              NGX_HTTP_WAVEFORGE_LOCATION_RELATIVE);
    ngx_conf_merge_value(conf->rufh, prev->rufh, 1);
    ngx_conf_merge_off_value(conf->min_rate, prev->min_rate, 1024);
    ngx_conf_merge_uint_value(conf->max_waiting, prev->max_waiting, 64);
    ngx_conf_merge_ptr_value(conf->cors, prev->cors, NULL);

    if (conf->store_path.len == 0) {
        conf->store_path = prev->store_path;
        conf->store_parts = prev->store_parts;
    }

    if (conf->types == 0) {
        conf->types = prev->types ? prev->types : WFS_TYPES_AUDIO;
    }

    if (conf->thread_pool == NULL) {
        conf->thread_pool = prev->thread_pool;
    }

    if (conf->metrics) {
        return ngx_http_waveforge_check_metrics(cf, conf);
    }

    if (!conf->enable) {
        return NGX_CONF_OK;
    }

    if (ngx_http_waveforge_check_location(cf, conf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* Another handler may have come after ours. */

static char *
ngx_http_waveforge_check_metrics(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (wlcf->enable || clcf->handler != ngx_http_waveforge_metrics_handler) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"waveforge_metrics\" is of no use in location "
                           "\"%V\" with another content handler",
                           &clcf->name);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_waveforge_check_location(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf)
{
    ngx_http_core_loc_conf_t  *clcf;

    if (wlcf->store_path.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"waveforge on\" needs \"waveforge_store\"");
        return NGX_ERROR;
    }

    if (wlcf->thread_pool == NULL) {
        wlcf->thread_pool = ngx_http_waveforge_pool_add(cf, NULL);
        if (wlcf->thread_pool == NULL) {
            return NGX_ERROR;
        }
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->handler) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"waveforge\" is of no use in location \"%V\" "
                           "with another content handler", &clcf->name);
        return NGX_ERROR;
    }

    if (clcf->client_max_body_size > 0
        && clcf->client_max_body_size < wlcf->max_chunk_size)
    {
        ngx_conf_log_error(NGX_LOG_WARN, cf, 0,
                           "\"client_max_body_size\" is below "
                           "\"waveforge_max_chunk_size\" in location \"%V\"",
                           &clcf->name);
    }

    if (wlcf->store_parts) {
        wlcf->source = ngx_http_waveforge_source_add(cf, wlcf);

        return wlcf->source ? NGX_OK : NGX_ERROR;
    }

    wlcf->store = ngx_http_waveforge_store_add(cf, wlcf);

    return wlcf->store ? NGX_OK : NGX_ERROR;
}
