
/*
 * GET /api/config: what a client needs to know before it uploads.
 */


#include "ngx_http_waveforge_conf.h"
#include "ngx_http_waveforge_response.h"


static off_t ngx_http_waveforge_advised_size(
    ngx_http_waveforge_loc_conf_t *wlcf);
static void ngx_http_waveforge_put_types(wf_json *json, ngx_uint_t types);


ngx_int_t
ngx_http_waveforge_config_handler(ngx_http_request_t *r)
{
    wf_json                         json = WF_JSON_INIT;
    ngx_http_waveforge_loc_conf_t  *wlcf;

    wlcf = ngx_http_waveforge_conf(r);

    wf_json_begin(&json, '{');
    wf_json_put_int(&json, "chunk_size",
                    ngx_http_waveforge_advised_size(wlcf));
    wf_json_put_int(&json, "max_chunk_size", wlcf->max_chunk_size);
    wf_json_put_int(&json, "max_recording_size", wlcf->max_recording_size);

    ngx_http_waveforge_put_types(&json, wlcf->types);

    wf_json_put_known(&json, "upload_expiry", wlcf->upload_expiry
                                              ? (uint64_t) wlcf->upload_expiry
                                              : WFS_UNKNOWN);
    wf_json_put_known(&json, "retention",
                      wlcf->retention ? (uint64_t) wlcf->retention
                                      : WFS_UNKNOWN);
    wf_json_put_string(&json, "durability",
                       wlcf->durability == WFS_DURABILITY_CHUNK
                       ? "chunk" : "recording");

    wf_json_key(&json, "protocols");
    wf_json_begin(&json, '[');
    wf_json_string(&json, "chunk");

    if (wlcf->tus) {
        wf_json_string(&json, "tus");
    }

    if (wlcf->rufh) {
        wf_json_string(&json, "rufh");
    }

    wf_json_end(&json, ']');

    wf_json_put_string(&json, "version", NGX_HTTP_WAVEFORGE_VERSION);
    wf_json_end(&json, '}');

    return ngx_http_waveforge_send_json(r, &json);
}


/* What is advised is also allowed. */

static off_t
ngx_http_waveforge_advised_size(ngx_http_waveforge_loc_conf_t *wlcf)
{
    if (wlcf->max_chunk_size && wlcf->max_chunk_size < wlcf->chunk_size) {
        return wlcf->max_chunk_size;
    }

    return wlcf->chunk_size;
}


static void
ngx_http_waveforge_put_types(wf_json *json, ngx_uint_t types)
{
    ngx_http_waveforge_type_t  *type;

    wf_json_key(json, "allowed_types");
    wf_json_begin(json, '[');

    if (types == WFS_TYPES_ANY) {
        wf_json_string(json, "*");

    } else {
        for (type = ngx_http_waveforge_types; type->mime.len; type++) {
            if (types & type->mask) {
                wf_json_string(json, (char *) type->mime.data);
            }
        }
    }

    wf_json_end(json, ']');
}
