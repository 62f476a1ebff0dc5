
#include "ngx_http_waveforge_lane.h"


ngx_http_waveforge_pool_t *
ngx_http_waveforge_pool_add(ngx_conf_t *cf, ngx_str_t *name)
{
    ngx_uint_t                       i;
    ngx_thread_pool_t               *threads;
    ngx_http_waveforge_pool_t       *pool, **pools;
    ngx_http_waveforge_main_conf_t  *wmcf;

    threads = ngx_thread_pool_add(cf, name);
    if (threads == NULL) {
        return NULL;
    }

    wmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_waveforge_module);

    pools = wmcf->pools.elts;

    for (i = 0; i < wmcf->pools.nelts; i++) {
        if (pools[i]->threads == threads) {
            return pools[i];
        }
    }

    pool = ngx_pcalloc(cf->pool, sizeof(ngx_http_waveforge_pool_t));
    pools = ngx_array_push(&wmcf->pools);

    if (pool == NULL || pools == NULL) {
        return NULL;
    }

    pool->threads = threads;
    *pools = pool;

    return pool;
}
