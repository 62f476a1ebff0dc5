
/* Configuration: the directives, and what becomes of what they say. */


#ifndef _NGX_HTTP_WAVEFORGE_CONF_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_CONF_H_INCLUDED_


#include "ngx_http_waveforge.h"


void *ngx_http_waveforge_create_main_conf(ngx_conf_t *cf);
char *ngx_http_waveforge_init_main_conf(ngx_conf_t *cf, void *conf);
void *ngx_http_waveforge_create_loc_conf(ngx_conf_t *cf);
char *ngx_http_waveforge_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);

char *ngx_http_waveforge_set_enable(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_store(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_open_stores(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_chunk_size(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_types(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_word(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_retention(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_max_waiting(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_cors(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_waveforge_set_thread_pool(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


extern ngx_command_t  ngx_http_waveforge_commands[];


/* One entry per container; ends with a name of length 0. */

typedef struct {
    ngx_str_t   mime;
    ngx_uint_t  mask;
} ngx_http_waveforge_type_t;

extern ngx_http_waveforge_type_t  ngx_http_waveforge_types[];


#endif /* _NGX_HTTP_WAVEFORGE_CONF_H_INCLUDED_ */
