
/* The directives, in the order of the README's table. */


#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_metrics.h"


static ngx_conf_enum_t  ngx_http_waveforge_durabilities[] = {
    { ngx_string("chunk"), WFS_DURABILITY_CHUNK },
    { ngx_string("recording"), WFS_DURABILITY_RECORDING },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_waveforge_expired[] = {
    { ngx_string("salvage"), NGX_HTTP_WAVEFORGE_EXPIRED_SALVAGE },
    { ngx_string("delete"), NGX_HTTP_WAVEFORGE_EXPIRED_DELETE },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_waveforge_locations[] = {
    { ngx_string("relative"), NGX_HTTP_WAVEFORGE_LOCATION_RELATIVE },
    { ngx_string("absolute"), NGX_HTTP_WAVEFORGE_LOCATION_ABSOLUTE },
    { ngx_null_string, 0 }
};


#define NGX_HTTP_WAVEFORGE_ANYWHERE                                           \
    (NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF)

ngx_command_t  ngx_http_waveforge_commands[] = {

    { ngx_string("waveforge"),
      NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_http_waveforge_set_enable,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, enable),
      NULL },

    { ngx_string("waveforge_store"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE12,
      ngx_http_waveforge_set_store,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_open_stores"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_http_waveforge_set_open_stores,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_max_recording_size"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_off_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, max_recording_size),
      NULL },

    { ngx_string("waveforge_max_chunk_size"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_chunk_size,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, max_chunk_size),
      NULL },

    { ngx_string("waveforge_chunk_size"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_chunk_size,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, chunk_size),
      NULL },

    { ngx_string("waveforge_types"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_1MORE,
      ngx_http_waveforge_set_types,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_quota"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_off_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, quota),
      NULL },

    { ngx_string("waveforge_reserve"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_off_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, reserve),
      NULL },

    { ngx_string("waveforge_max_uploads"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, max_uploads),
      NULL },

    { ngx_string("waveforge_durability"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, durability),
      &ngx_http_waveforge_durabilities },

    { ngx_string("waveforge_digest"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, digest),
      NULL },

    { ngx_string("waveforge_upload_expiry"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_sec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, upload_expiry),
      NULL },

    { ngx_string("waveforge_expired"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, expired),
      &ngx_http_waveforge_expired },

    { ngx_string("waveforge_retention"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_retention,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_tus"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, tus),
      NULL },

    { ngx_string("waveforge_tus_location"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, tus_location),
      &ngx_http_waveforge_locations },

    { ngx_string("waveforge_rufh"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, rufh),
      NULL },

    { ngx_string("waveforge_min_rate"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_conf_set_off_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, min_rate),
      NULL },

    { ngx_string("waveforge_max_waiting"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_max_waiting,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_waveforge_loc_conf_t, max_waiting),
      NULL },

    { ngx_string("waveforge_cors"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_1MORE,
      ngx_http_waveforge_set_cors,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_thread_pool"),
      NGX_HTTP_WAVEFORGE_ANYWHERE|NGX_CONF_TAKE1,
      ngx_http_waveforge_set_thread_pool,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("waveforge_metrics"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_waveforge_set_metrics,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};
