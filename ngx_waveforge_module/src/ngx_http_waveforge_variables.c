
/* Variables for access logs: what a request was, and what became of it. */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_variables.h"


static ngx_int_t ngx_http_waveforge_file_id_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_waveforge_index_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_waveforge_bytes_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_waveforge_code_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_waveforge_time_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_waveforge_set_number(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uint64_t number);
static ngx_int_t ngx_http_waveforge_set_text(ngx_http_variable_value_t *v,
    const char *text);


static ngx_http_variable_t  ngx_http_waveforge_variables[] = {

    { ngx_string("waveforge_file_id"), NULL,
      ngx_http_waveforge_file_id_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("waveforge_chunk_index"), NULL,
      ngx_http_waveforge_index_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("waveforge_bytes"), NULL,
      ngx_http_waveforge_bytes_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("waveforge_code"), NULL,
      ngx_http_waveforge_code_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("waveforge_store_time"), NULL,
      ngx_http_waveforge_time_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

      ngx_http_null_variable
};


ngx_int_t
ngx_http_waveforge_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *v, *var;

    for (v = ngx_http_waveforge_variables; v->name.len; v++) {

        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_file_id_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx && ctx->chunk && ctx->chunk->fields.id[0]) {
        return ngx_http_waveforge_set_text(v, ctx->chunk->fields.id);
    }

    if (ctx && ctx->append) {
        /* chosen here, if the request has made it */
        return ngx_http_waveforge_set_text(v, ctx->append->id);
    }

    return ngx_http_waveforge_set_text(v, ctx ? ctx->target.id : NULL);
}


static ngx_int_t
ngx_http_waveforge_index_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    return ngx_http_waveforge_set_number(r, v, ctx && ctx->chunk
                                               ? ctx->chunk->fields.index
                                               : WFS_UNKNOWN);
}


static ngx_int_t
ngx_http_waveforge_bytes_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    return ngx_http_waveforge_set_number(r, v, ctx
                                               && (ctx->body || ctx->received)
                                               ? ctx->received : WFS_UNKNOWN);
}


static ngx_int_t
ngx_http_waveforge_code_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    return ngx_http_waveforge_set_text(v, ctx ? ctx->code : NULL);
}


/* As $request_time: seconds with milliseconds. */

static ngx_int_t
ngx_http_waveforge_time_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    uint64_t                   ms;
    ngx_http_waveforge_ctx_t  *ctx;

    ctx = ngx_http_waveforge_ctx(r);

    if (ctx == NULL || ctx->store_ns == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->data = ngx_pnalloc(r->pool, NGX_TIME_T_LEN + 4);
    if (v->data == NULL) {
        return NGX_ERROR;
    }

    ms = (ctx->store_ns + 500000) / 1000000;

    v->len = ngx_sprintf(v->data, "%uL.%03uL", ms / 1000, ms % 1000) - v->data;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_set_number(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uint64_t number)
{
    if (number == WFS_UNKNOWN) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->data = ngx_pnalloc(r->pool, NGX_INT64_LEN);
    if (v->data == NULL) {
        return NGX_ERROR;
    }

    v->len = ngx_sprintf(v->data, "%uL", number) - v->data;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


static ngx_int_t
ngx_http_waveforge_set_text(ngx_http_variable_value_t *v, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        v->not_found = 1;
        return NGX_OK;
    }

    v->data = (u_char *) text;
    v->len = ngx_strlen(text);
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}
