
#include "ngx_http_waveforge_cors.h"
#include "ngx_http_waveforge_origin.h"
#include "ngx_http_waveforge_response.h"

#include "wf_origin.h"


/*
 * Pages that waveforge_cors names may. Else the first header that is there
 * decides; none: not a browser.
 */

ngx_uint_t
ngx_http_waveforge_is_origin_allowed(ngx_http_request_t *r)
{
    ngx_str_t  *site, *origin, host;

    if (ngx_http_waveforge_cors_trusts(r)) {
        return 1;
    }

    site = ngx_http_waveforge_get_header(r, "Sec-Fetch-Site");

    if (site) {
        return (site->len == 11
                && ngx_strncmp(site->data, "same-origin", 11) == 0)
               || (site->len == 4
                   && ngx_strncmp(site->data, "none", 4) == 0);
    }

    origin = ngx_http_waveforge_get_header(r, "Origin");

    if (origin == NULL) {
        return 1;
    }

    if (ngx_http_waveforge_get_host(r, &host) != NGX_OK) {
        return 0;
    }

    return wf_origin_is_host((char *) origin->data, origin->len,
                             (char *) host.data, host.len);
}
