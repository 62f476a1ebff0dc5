
/*
 * The module: where it hooks into nginx, and what a worker begins and ends
 * with.
 */


#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_cors.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"
#include "ngx_http_waveforge_variables.h"
#include "ngx_http_waveforge_worker.h"


static ngx_int_t ngx_http_waveforge_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_waveforge_init_module(ngx_cycle_t *cycle);
static ngx_int_t ngx_http_waveforge_init_process(ngx_cycle_t *cycle);
static void ngx_http_waveforge_exit_process(ngx_cycle_t *cycle);


static ngx_http_module_t  ngx_http_waveforge_module_ctx = {
    ngx_http_waveforge_add_variables,      /* preconfiguration */
    ngx_http_waveforge_init,               /* postconfiguration */

    ngx_http_waveforge_create_main_conf,   /* create main configuration */
    ngx_http_waveforge_init_main_conf,     /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_waveforge_create_loc_conf,    /* create location configuration */
    ngx_http_waveforge_merge_loc_conf      /* merge location configuration */
};


ngx_module_t  ngx_http_waveforge_module = {
    NGX_MODULE_V1,
    &ngx_http_waveforge_module_ctx,        /* module context */
    ngx_http_waveforge_commands,           /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    ngx_http_waveforge_init_module,        /* init module */
    ngx_http_waveforge_init_process,       /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_waveforge_exit_process,       /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_waveforge_init(ngx_conf_t *cf)
{
    ngx_str_t                        name;
    ngx_http_handler_pt             *h;
    ngx_http_core_main_conf_t       *cmcf;
    ngx_http_waveforge_main_conf_t  *wmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_CONTENT_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_waveforge_handler;

    /* of this phase's handlers the last one registered is the first called */

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_PREACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_waveforge_preflight_handler;

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_LOG_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_waveforge_metrics_log_handler;

    wmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_waveforge_module);

    ngx_str_set(&name, "request_id");

    wmcf->request_id = ngx_http_get_variable_index(cf, &name);
    if (wmcf->request_id == NGX_ERROR) {
        return NGX_ERROR;
    }

    return ngx_http_waveforge_filter_init(cf);
}


static ngx_int_t
ngx_http_waveforge_init_module(ngx_cycle_t *cycle)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_waveforge_module);

    if (wmcf == NULL || ngx_test_config) {
        return NGX_OK;
    }

    ngx_http_waveforge_stores_create(cycle, &wmcf->stores);

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_init_process(ngx_cycle_t *cycle)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_waveforge_module);

    if (wmcf == NULL
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ngx_http_waveforge_metrics_begin(cycle);

    if (wmcf->stores.nelts + wmcf->table->sources.nelts == 0) {
        return NGX_OK;
    }

    wmcf->worker = ngx_http_waveforge_worker_create(cycle, wmcf);
    if (wmcf->worker == NULL) {
        return NGX_ERROR;
    }

    ngx_http_waveforge_table_init(wmcf->table, wmcf->worker, cycle->log);

    return ngx_http_waveforge_stores_init(cycle, &wmcf->stores, wmcf->worker);
}


static void
ngx_http_waveforge_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_waveforge_main_conf_t  *wmcf;

    wmcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_waveforge_module);

    if (wmcf == NULL) {
        return;
    }

    if (wmcf->worker) {
        ngx_http_waveforge_stores_close(&wmcf->stores);
        ngx_http_waveforge_table_close(wmcf->table);
        ngx_http_waveforge_worker_destroy(wmcf->worker);
    }

    ngx_http_waveforge_metrics_end(cycle);
}


ngx_http_waveforge_main_conf_t *
ngx_http_waveforge_main(ngx_http_request_t *r)
{
    return ngx_http_get_module_main_conf(r, ngx_http_waveforge_module);
}


void
ngx_http_waveforge_get_limits(ngx_http_request_t *r, wfs_limits *limits)
{
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    limits->chunk_max_bytes = (uint64_t) wlcf->max_chunk_size;
    limits->recording_max_bytes = (uint64_t) wlcf->max_recording_size;
    limits->quota_bytes = (uint64_t) wlcf->quota;
    limits->reserve_bytes = (uint64_t) wlcf->reserve;
    limits->uploads_max = wlcf->max_uploads;
    limits->types = (uint32_t) wlcf->types;
}
