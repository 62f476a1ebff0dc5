
/* The paths with variables of the configuration, each with its options once. */


#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_table.h"


static ngx_http_waveforge_source_t *ngx_http_waveforge_source_find(
    ngx_array_t *sources, ngx_str_t *text, wfs_store_options *options);


ngx_http_waveforge_table_t *
ngx_http_waveforge_table_create(ngx_conf_t *cf)
{
    ngx_http_waveforge_table_t  *table;

    table = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_table_t));
    if (table == NULL) {
        return NULL;
    }

    table->max = NGX_CONF_UNSET_UINT;
    table->idle = NGX_CONF_UNSET_MSEC;

    if (ngx_array_init(&table->sources, cf->pool, 2,
                       sizeof(ngx_http_waveforge_source_t *))
        != NGX_OK)
    {
        return NULL;
    }

    return table;
}


ngx_http_waveforge_source_t *
ngx_http_waveforge_source_add(ngx_conf_t *cf,
    ngx_http_waveforge_loc_conf_t *wlcf)
{
    wfs_store_options                options;
    ngx_http_waveforge_source_t     *source, **new;
    ngx_http_waveforge_main_conf_t  *wmcf;

    ngx_http_waveforge_store_set_options(wlcf, &options);

    wmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_waveforge_module);

    source = ngx_http_waveforge_source_find(&wmcf->table->sources,
                                            &wlcf->store_path, &options);
    if (source) {
        return source;
    }

    source = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_source_t));
    new = ngx_array_push(&wmcf->table->sources);

    if (source == NULL || new == NULL) {
        return NULL;
    }

    *new = source;

    source->text = wlcf->store_path;
    source->parts = wlcf->store_parts;
    source->options = options;
    source->thread_pool = wlcf->thread_pool;

    ngx_rbtree_init(&source->tree, &source->sentinel,
                    ngx_str_rbtree_insert_value);

    return source;
}


static ngx_http_waveforge_source_t *
ngx_http_waveforge_source_find(ngx_array_t *sources, ngx_str_t *text,
    wfs_store_options *options)
{
    ngx_uint_t                     i;
    ngx_http_waveforge_source_t  **source;

    source = sources->elts;

    for (i = 0; i < sources->nelts; i++) {
        if (ngx_strcmp(source[i]->text.data, text->data) == 0
            && ngx_http_waveforge_store_is_same(&source[i]->options, options))
        {
            return source[i];
        }
    }

    return NULL;
}
