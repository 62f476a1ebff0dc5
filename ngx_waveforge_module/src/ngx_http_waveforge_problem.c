
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_store.h"


static ngx_int_t ngx_http_waveforge_problem_text(ngx_http_request_t *r,
    const ngx_http_waveforge_problem_t *p, ngx_uint_t status,
    const char *detail, const wf_json *members, ngx_str_t *ret_text);
static ngx_int_t ngx_http_waveforge_problem_send(ngx_http_request_t *r,
    const ngx_http_waveforge_problem_t *p, const char *detail,
    const wf_json *members);
static void ngx_http_waveforge_problem_log(ngx_http_request_t *r,
    ngx_uint_t level, wfs_status status, const wfs_error *error);


ngx_int_t
ngx_http_waveforge_refuse(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail)
{
    return ngx_http_waveforge_refuse_more(r, problem, detail, NULL);
}


ngx_int_t
ngx_http_waveforge_refuse_more(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail,
    const wf_json *members)
{
    const ngx_http_waveforge_problem_t  *p;

    p = ngx_http_waveforge_problem_get(problem);

    ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                  "waveforge refused: %s %s", p->code,
                  detail ? detail : p->detail);

    return ngx_http_waveforge_problem_send(r, p, detail, members);
}


ngx_int_t
ngx_http_waveforge_refuse_status(ngx_http_request_t *r, wfs_status status,
    const wfs_error *error, const wf_json *members)
{
    ngx_uint_t                           level;
    const ngx_http_waveforge_problem_t  *p;

    p = ngx_http_waveforge_problem_of_status(status, &level);

    ngx_http_waveforge_problem_log(r, level, status, error);

    return ngx_http_waveforge_problem_send(r, p, error->detail, members);
}


static void
ngx_http_waveforge_problem_log(ngx_http_request_t *r, ngx_uint_t level,
    wfs_status status, const wfs_error *error)
{
    if (error->step == NULL) {
        ngx_log_error(level, r->connection->log, 0,
                      "waveforge refused: %s %s",
                      wfs_status_name(status), error->detail);
        return;
    }

    ngx_log_error(level, r->connection->log, 0,
                  "waveforge store \"%V\": %s in %s (%d): %s",
                  &ngx_http_waveforge_ctx(r)->store->path,
                  wfs_status_name(status), error->step, error->os_error,
                  error->detail);
}


static ngx_int_t
ngx_http_waveforge_problem_send(ngx_http_request_t *r,
    const ngx_http_waveforge_problem_t *p, const char *detail,
    const wf_json *members)
{
    ngx_str_t  text, retry;

    if (p->retry) {

        retry.data = ngx_pnalloc(r->pool, NGX_INT_T_LEN);
        if (retry.data == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        retry.len = ngx_sprintf(retry.data, "%ui", p->retry) - retry.data;

        if (ngx_http_waveforge_add_header(r, "Retry-After", &retry)
            != NGX_OK)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    if (ngx_http_waveforge_problem_text(r, p, p->status, detail, members,
                                        &text)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send(r, p->status,
                                   NGX_HTTP_WAVEFORGE_PROBLEM_TYPE, &text);
}


ngx_int_t
ngx_http_waveforge_describe(ngx_http_request_t *r, ngx_uint_t status,
    ngx_str_t *ret_text)
{
    const ngx_http_waveforge_problem_t  *p;

    p = ngx_http_waveforge_problem_of_nginx(status);

    return ngx_http_waveforge_problem_text(r, p, status, NULL, NULL,
                                           ret_text);
}


static ngx_int_t
ngx_http_waveforge_problem_text(ngx_http_request_t *r,
    const ngx_http_waveforge_problem_t *p, ngx_uint_t status,
    const char *detail, const wf_json *members, ngx_str_t *ret_text)
{
    u_char                      now[NGX_HTTP_WAVEFORGE_TIME_BYTES];
    wf_json                     json = WF_JSON_INIT;
    ngx_http_variable_value_t  *id;

    id = ngx_http_get_indexed_variable(r,
                                       ngx_http_waveforge_main(r)->request_id);

    ngx_http_waveforge_ctx(r)->code = p->code;
    ngx_http_waveforge_ctx(r)->refusal = ngx_http_waveforge_problem_number(p);

    ngx_http_waveforge_format_time(ngx_time(), now);

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "type", ngx_http_waveforge_problem_type(p));
    wf_json_put_string(&json, "title", p->title);
    wf_json_put_uint(&json, "status", status);
    wf_json_put_string(&json, "code", p->code);
    wf_json_put_string(&json, "detail",
                       (detail && detail[0]) ? detail : p->detail);

    if (id && !id->not_found) {
        wf_json_key(&json, "instance");
        wf_json_text(&json, (char *) id->data, id->len);
    }

    wf_json_put_string(&json, "timestamp", (char *) now);

    if (members && wf_json_is_whole(members)) {
        wf_json_raw(&json, members->text, members->length);
    }

    wf_json_end(&json, '}');

    return ngx_http_waveforge_keep_json(r, &json, ret_text);
}
