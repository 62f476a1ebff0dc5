
/*
 * waveforge_types: the containers by the names of their media types.
 */


#include "ngx_http_waveforge_conf.h"


ngx_http_waveforge_type_t  ngx_http_waveforge_types[] = {
    { ngx_string("audio/webm"), WFS_TYPE_WEBM },
    { ngx_string("audio/matroska"), WFS_TYPE_MATROSKA },
    { ngx_string("audio/ogg"), WFS_TYPE_OGG },
    { ngx_string("audio/mp4"), WFS_TYPE_MP4 },
    { ngx_string("audio/wav"), WFS_TYPE_WAV },
    { ngx_string("audio/flac"), WFS_TYPE_FLAC },
    { ngx_string("audio/mpeg"), WFS_TYPE_MP3 },
    { ngx_string("audio/aac"), WFS_TYPE_AAC },
    { ngx_string("audio/aiff"), WFS_TYPE_AIFF },
    { ngx_string("audio/x-caf"), WFS_TYPE_CAF },
    { ngx_null_string, 0 }
};


char *
ngx_http_waveforge_set_types(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    ngx_str_t                  *value;
    ngx_uint_t                  i;
    ngx_http_waveforge_type_t  *type;

    if (wlcf->types) {
        return "is duplicate";
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (ngx_strcmp(value[i].data, "*") == 0) {
            wlcf->types = WFS_TYPES_ANY;
            continue;
        }

        for (type = ngx_http_waveforge_types; type->mime.len; type++) {
            if (ngx_strcmp(value[i].data, type->mime.data) == 0) {
                wlcf->types |= type->mask;
                break;
            }
        }

        if (type->mime.len == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "unknown type \"%V\" in \"waveforge_types\"",
                               &value[i]);
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}
