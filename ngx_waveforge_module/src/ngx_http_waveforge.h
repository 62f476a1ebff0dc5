
/*
 * What every file of the module shares: configuration, the request's context,
 * and the handlers of the resources.
 */


#ifndef _NGX_HTTP_WAVEFORGE_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include <ngx_thread_pool.h>

#include "wfstore/wfstore.h"

#include "wf_json.h"
#include "wf_target.h"


typedef struct ngx_http_waveforge_append_s     ngx_http_waveforge_append_t;
typedef struct ngx_http_waveforge_body_s       ngx_http_waveforge_body_t;
typedef struct ngx_http_waveforge_carrier_s    ngx_http_waveforge_carrier_t;
typedef struct ngx_http_waveforge_chunk_s      ngx_http_waveforge_chunk_t;
typedef struct ngx_http_waveforge_collected_s  ngx_http_waveforge_collected_t;
typedef struct ngx_http_waveforge_cors_s       ngx_http_waveforge_cors_t;
typedef struct ngx_http_waveforge_job_s        ngx_http_waveforge_job_t;
typedef struct ngx_http_waveforge_metrics_s    ngx_http_waveforge_metrics_t;
typedef struct ngx_http_waveforge_pool_s       ngx_http_waveforge_pool_t;
typedef struct ngx_http_waveforge_source_s     ngx_http_waveforge_source_t;
typedef struct ngx_http_waveforge_store_s      ngx_http_waveforge_store_t;
typedef struct ngx_http_waveforge_table_s      ngx_http_waveforge_table_t;
typedef struct ngx_http_waveforge_worker_s     ngx_http_waveforge_worker_t;


typedef struct {
    ngx_array_t                   stores;     /* ngx_http_waveforge_store_t * */
    ngx_array_t                   pools;      /* ngx_http_waveforge_pool_t * */
    ngx_http_waveforge_table_t   *table;      /* of those that come and go */
    ngx_http_waveforge_worker_t  *worker;
    ngx_int_t                     request_id; /* index of $request_id */
    time_t                        loaded;

    ngx_shm_zone_t               *metrics_zone;
    ngx_http_waveforge_metrics_t *metrics;    /* this worker's */
} ngx_http_waveforge_main_conf_t;


/* What becomes of an upload that has expired. */

#define NGX_HTTP_WAVEFORGE_EXPIRED_SALVAGE  0
#define NGX_HTTP_WAVEFORGE_EXPIRED_DELETE   1


/* What the Location of a new file is: a path, or a whole URL. */

#define NGX_HTTP_WAVEFORGE_LOCATION_RELATIVE  0
#define NGX_HTTP_WAVEFORGE_LOCATION_ABSOLUTE  1


typedef struct {
    ngx_flag_t                    enable;
    ngx_str_t                     base;

    ngx_str_t                     store_path;
    ngx_flag_t                    store_existing;
    ngx_array_t                  *store_parts;
    ngx_http_waveforge_source_t  *source;     /* if the path has variables */
    ngx_http_waveforge_store_t   *store;      /* else */

    off_t                         max_recording_size;
    off_t                         max_chunk_size;
    off_t                         chunk_size;
    off_t                         quota;      /* 0: none */
    off_t                         reserve;
    ngx_uint_t                    types;
    ngx_uint_t                    max_uploads;
    ngx_uint_t                    durability;
    ngx_flag_t                    digest;
    time_t                        upload_expiry;
    ngx_uint_t                    expired;
    time_t                        retention;  /* 0: off */
    ngx_flag_t                    tus;
    ngx_uint_t                    tus_location;
    ngx_flag_t                    rufh;

    off_t                         min_rate;   /* bytes per second, 0: none */
    ngx_uint_t                    max_waiting;
    ngx_http_waveforge_cors_t    *cors;       /* NULL: off */
    ngx_flag_t                    metrics;

    ngx_http_waveforge_pool_t    *thread_pool;
} ngx_http_waveforge_loc_conf_t;


/*
 * `method`    below /files/, what the request means
 * `store`     of this request, until it ends; NULL if it needs none
 * `received`  bytes of the body so far
 * `store_ns`  how long the request has waited for its jobs
 * `code`, `refusal`  of the problem, or NULL; its number
 * `problem`   the body that replaces nginx's own error page, see filter
 * `answered`  what is being sent is ours already
 * `interim`   memory for what is told before the answer, used again
 */

typedef struct {
    wf_target                        target;
    ngx_uint_t                       method;
    ngx_http_waveforge_store_t      *store;
    ngx_http_waveforge_body_t       *body;
    ngx_http_waveforge_append_t     *append;
    ngx_http_waveforge_chunk_t      *chunk;
    ngx_http_waveforge_collected_t  *collected;
    uint64_t                         received;
    uint64_t                         store_ns;
    const char                      *code;
    ngx_uint_t                       refusal;
    ngx_str_t                        problem;
    ngx_buf_t                       *interim;
    unsigned                         answered:1;
    unsigned                         replaced:1;
} ngx_http_waveforge_ctx_t;


#define ngx_http_waveforge_ctx(r)                                             \
    ((ngx_http_waveforge_ctx_t *)                                             \
     ngx_http_get_module_ctx(r, ngx_http_waveforge_module))

#define ngx_http_waveforge_conf(r)                                            \
    ((ngx_http_waveforge_loc_conf_t *)                                        \
     ngx_http_get_module_loc_conf(r, ngx_http_waveforge_module))


ngx_int_t ngx_http_waveforge_handler(ngx_http_request_t *r);

ngx_int_t ngx_http_waveforge_chunk_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_upload_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_prefix_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_uploads_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_complete_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_recordings_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_recording_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_audio_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_health_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_live_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_config_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_files_handler(ngx_http_request_t *r);

ngx_int_t ngx_http_waveforge_filter_init(ngx_conf_t *cf);

/* What is left of the path below the base; NGX_DECLINED: it is not below. */
ngx_int_t ngx_http_waveforge_get_path(ngx_http_request_t *r,
    ngx_str_t *ret_path);

/* The request's context, made if what comes before our handler needs one. */
ngx_http_waveforge_ctx_t *ngx_http_waveforge_get_ctx(ngx_http_request_t *r);

/* What the location allows, in the library's terms. */
void ngx_http_waveforge_get_limits(ngx_http_request_t *r, wfs_limits *limits);

ngx_http_waveforge_main_conf_t *ngx_http_waveforge_main(ngx_http_request_t *r);


extern ngx_module_t  ngx_http_waveforge_module;


#endif /* _NGX_HTTP_WAVEFORGE_H_INCLUDED_ */
