
/* The directives that nginx's own slots cannot set. */


#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_lane.h"
#include "ngx_http_waveforge_path.h"
#include "ngx_http_waveforge_table.h"


char *
ngx_http_waveforge_set_enable(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    char                      *rv;
    ngx_http_core_loc_conf_t  *clcf;

    rv = ngx_conf_set_flag_slot(cf, cmd, conf);

    if (rv != NGX_CONF_OK || !wlcf->enable) {
        return rv;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

#if (NGX_PCRE)
    if (clcf->regex) {
        return "works only in a prefix location";
    }
#endif

    if (clcf->named || clcf->exact_match) {
        return "works only in a prefix location";
    }

    wlcf->base = clcf->name;

    return NGX_CONF_OK;
}


char *
ngx_http_waveforge_set_store(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    ngx_str_t  *value;

    if (wlcf->store_path.len) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (value[1].len == 0) {
        return "needs a path";
    }

    wlcf->store_existing = (cf->args->nelts == 3);

    if (wlcf->store_existing && ngx_strcmp(value[2].data, "existing") != 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\" in \"%V\"",
                           &value[2], &cmd->name);
        return NGX_CONF_ERROR;
    }

    wlcf->store_path = value[1];

    while (wlcf->store_path.len > 1
           && wlcf->store_path.data[wlcf->store_path.len - 1] == '/')
    {
        wlcf->store_path.data[--wlcf->store_path.len] = '\0';
    }

    if (ngx_http_script_variables_count(&wlcf->store_path)) {

        wlcf->store_parts = ngx_http_waveforge_path_parse(cf,
                                                          &wlcf->store_path);
        if (wlcf->store_parts == NULL) {
            return "has a variable that cannot be read";
        }
    }

    if (ngx_conf_full_name(cf->cycle, &wlcf->store_path, 0) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


char *
ngx_http_waveforge_set_open_stores(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_waveforge_main_conf_t *wmcf = conf;

    ngx_int_t                    number, idle;
    ngx_str_t                   *value, time;
    ngx_http_waveforge_table_t  *table;

    table = wmcf->table;

    if (table->max != NGX_CONF_UNSET_UINT) {
        return "is duplicate";
    }

    value = cf->args->elts;

    number = ngx_atoi(value[1].data, value[1].len);

    if (number == NGX_ERROR || number == 0) {
        return "needs a number above 0";
    }

    table->max = number;

    if (cf->args->nelts == 2) {
        return NGX_CONF_OK;
    }

    if (ngx_strncmp(value[2].data, "idle=", 5) != 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\" in \"%V\"",
                           &value[2], &cmd->name);
        return NGX_CONF_ERROR;
    }

    time.data = value[2].data + 5;
    time.len = value[2].len - 5;

    idle = ngx_parse_time(&time, 0);

    if (idle == NGX_ERROR || idle == 0) {
        return "needs an idle time above 0";
    }

    table->idle = idle;

    return NGX_CONF_OK;
}


/* Chunks of no bytes carry nothing, and a bound of 0 would be none. */

char *
ngx_http_waveforge_set_chunk_size(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    char  *rv;

    rv = ngx_conf_set_off_slot(cf, cmd, conf);

    if (rv == NGX_CONF_OK && *(off_t *) ((char *) conf + cmd->offset) == 0) {
        return "needs a size above 0";
    }

    return rv;
}


/* One word of a list; nginx's own slot does not say which directive's. */

char *
ngx_http_waveforge_set_word(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t        *value;
    ngx_uint_t       *place;
    ngx_conf_enum_t  *word;

    place = (ngx_uint_t *) ((char *) conf + cmd->offset);

    if (*place != NGX_CONF_UNSET_UINT) {
        return "is duplicate";
    }

    value = cf->args->elts;

    for (word = cmd->post; word->name.len; word++) {
        if (word->name.len == value[1].len
            && ngx_strcasecmp(word->name.data, value[1].data) == 0)
        {
            *place = word->value;
            return NGX_CONF_OK;
        }
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid value \"%V\" in \"%V\"", &value[1],
                       &cmd->name);

    return NGX_CONF_ERROR;
}


/* A span of nothing would delete every recording: only `off` is none. */

char *
ngx_http_waveforge_set_retention(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    ngx_int_t   seconds;
    ngx_str_t  *value;

    if (wlcf->retention != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        wlcf->retention = 0;
        return NGX_CONF_OK;
    }

    seconds = ngx_parse_time(&value[1], 1);

    if (seconds <= 0 || seconds > NGX_MAX_INT_T_VALUE / 1000) {
        return "needs a time above 0, or \"off\"";
    }

    wlcf->retention = seconds;

    return NGX_CONF_OK;
}


/* If none may wait nothing can be asked of the store. */

char *
ngx_http_waveforge_set_max_waiting(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    char  *rv;

    rv = ngx_conf_set_num_slot(cf, cmd, conf);

    if (rv == NGX_CONF_OK && wlcf->max_waiting == 0) {
        return "needs a number above 0";
    }

    return rv;
}


char *
ngx_http_waveforge_set_thread_pool(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_waveforge_loc_conf_t *wlcf = conf;

    ngx_str_t  *value;

    if (wlcf->thread_pool) {
        return "is duplicate";
    }

    value = cf->args->elts;

    wlcf->thread_pool = ngx_http_waveforge_pool_add(cf, &value[1]);

    return wlcf->thread_pool ? NGX_CONF_OK : NGX_CONF_ERROR;
}
