
/*
 * Preflights: what a browser asks before it sends a request of another site's
 * page. Without credentials, so before limits and authentication. Those that
 * are not to be answered are OPTIONS as any other.
 */


#include "ngx_http_waveforge_cors.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_router.h"

#include "wf_header_names.h"


static ngx_uint_t ngx_http_waveforge_is_preflight(ngx_http_request_t *r);
static ngx_int_t ngx_http_waveforge_preflight_answer(ngx_http_request_t *r,
    ngx_str_t *allow);
static ngx_int_t ngx_http_waveforge_preflight_add_names(ngx_http_request_t *r);


ngx_int_t
ngx_http_waveforge_preflight_handler(ngx_http_request_t *r)
{
    ngx_str_t  *allow;
    wf_target   target;

    if (!ngx_http_waveforge_is_preflight(r)) {
        return NGX_DECLINED;
    }

    ngx_http_waveforge_parse_target(r, &target);

    allow = ngx_http_waveforge_get_allow(target.resource);

    if (allow == NULL) {
        return NGX_DECLINED;
    }

    if (ngx_http_waveforge_get_ctx(r) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->write_event_handler = ngx_http_request_empty_handler;

    ngx_http_finalize_request(r,
                              ngx_http_waveforge_preflight_answer(r, allow));

    return NGX_DONE;
}


static ngx_uint_t
ngx_http_waveforge_is_preflight(ngx_http_request_t *r)
{
    return r->method == NGX_HTTP_OPTIONS
           && r == r->main
           && ngx_http_waveforge_conf(r)->enable
           && ngx_http_waveforge_get_header(r, "Access-Control-Request-Method")
           && ngx_http_waveforge_cors_allows(r);
}


/* The header filter adds what every answer has. */

static ngx_int_t
ngx_http_waveforge_preflight_answer(ngx_http_request_t *r, ngx_str_t *allow)
{
    static ngx_str_t  age = ngx_string("7200");

    if (ngx_http_waveforge_add_header(r, "Access-Control-Allow-Methods", allow)
        != NGX_OK
        || ngx_http_waveforge_preflight_add_names(r) != NGX_OK
        || ngx_http_waveforge_add_header(r, "Access-Control-Max-Age", &age)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_waveforge_send_allow(r, allow);
}


/* Whatever is asked for, if it may stand in a header. */

static ngx_int_t
ngx_http_waveforge_preflight_add_names(ngx_http_request_t *r)
{
    ngx_str_t  *names;

    names = ngx_http_waveforge_get_header(r, "Access-Control-Request-Headers");

    if (names == NULL
        || !wf_header_names_are_valid((char *) names->data, names->len))
    {
        return NGX_OK;
    }

    return ngx_http_waveforge_add_header(r, "Access-Control-Allow-Headers",
                                         names);
}
