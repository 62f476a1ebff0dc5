
/*
 * waveforge_cors: the origins it names, as browsers write them.
 */


#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_cors.h"

#include "wf_origin.h"


static char *ngx_http_waveforge_cors_add(ngx_conf_t *cf,
    ngx_http_waveforge_cors_t *cors, ngx_str_t *text);
static ngx_uint_t ngx_http_waveforge_cors_has(ngx_http_waveforge_cors_t *cors,
    ngx_str_t *origin);


char *
ngx_http_waveforge_set_cors(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    char        *rv;
    ngx_str_t   *value;
    ngx_uint_t   i;

    if (wlcf->cors != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        wlcf->cors = NULL;
        return NGX_CONF_OK;
    }

    wlcf->cors = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_cors_t));

    if (wlcf->cors == NULL
        || ngx_array_init(&wlcf->cors->origins, cf->pool, 4,
                          sizeof(ngx_str_t))
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "*") == 0) {
        return NGX_CONF_OK;
    }

    for (i = 1; i < cf->args->nelts; i++) {

        rv = ngx_http_waveforge_cors_add(cf, wlcf->cors, &value[i]);

        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_waveforge_cors_add(ngx_conf_t *cf, ngx_http_waveforge_cors_t *cors,
    ngx_str_t *text)
{
    ngx_str_t  *origin, written;

    written.data = ngx_pnalloc(cf->pool, text->len + 1);
    if (written.data == NULL) {
        return NGX_CONF_ERROR;
    }

    written.len = wf_origin_write((char *) text->data, text->len,
                                  (char *) written.data);

    if (written.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is no origin in \"waveforge_cors\": "
                           "scheme://host or scheme://host:port", text);
        return NGX_CONF_ERROR;
    }

    if (ngx_http_waveforge_cors_has(cors, &written)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "duplicate origin \"%V\" in \"waveforge_cors\"",
                           &written);
        return NGX_CONF_ERROR;
    }

    origin = ngx_array_push(&cors->origins);
    if (origin == NULL) {
        return NGX_CONF_ERROR;
    }

    *origin = written;

    return NGX_CONF_OK;
}


static ngx_uint_t
ngx_http_waveforge_cors_has(ngx_http_waveforge_cors_t *cors,
    ngx_str_t *origin)
{
    ngx_str_t   *listed;
    ngx_uint_t   i;

    listed = cors->origins.elts;

    for (i = 0; i < cors->origins.nelts; i++) {
        if (listed[i].len == origin->len
            && ngx_strncmp(listed[i].data, origin->data, origin->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}
