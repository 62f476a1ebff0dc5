
/*
 * GET /uploads: one page of the unfinished uploads.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_upload.h"

#include "wf_list.h"


typedef struct {
    ngx_http_waveforge_call_t  call;
    wf_list                    list;
} ngx_http_waveforge_uploads_t;


static void ngx_http_waveforge_uploads_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_uploads_put(wf_json *json,
    const wfs_upload_page *page);


ngx_int_t
ngx_http_waveforge_uploads_handler(ngx_http_request_t *r)
{
    wf_span                        query;
    ngx_http_waveforge_uploads_t  *uploads;

    uploads = ngx_http_waveforge_call_create(r,
                                         sizeof(ngx_http_waveforge_uploads_t),
                                         ngx_http_waveforge_uploads_run);
    if (uploads == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    wf_list_init(&uploads->list);

    query.bytes = (char *) r->args.data;
    query.length = r->args.len;

    if (!wf_list_parse_uploads(&uploads->list, query)) {
        return ngx_http_waveforge_refuse_list(r, uploads->list.culprit);
    }

    return ngx_http_waveforge_call_start(uploads);
}


static void
ngx_http_waveforge_uploads_run(ngx_http_waveforge_job_t *job)
{
    wf_list                       *list;
    wfs_store                     *store;
    wfs_upload_page                page = WFS_UPLOAD_PAGE_INIT;
    ngx_http_waveforge_uploads_t  *uploads;

    uploads = (ngx_http_waveforge_uploads_t *) job;
    list = &uploads->list;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_upload_list(store, list->limit,
                                  list->has_cursor ? list->cursor : NULL,
                                  &page, &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_uploads_put(&uploads->call.json, &page);
        wfs_upload_page_release(&page);
    }
}


static void
ngx_http_waveforge_uploads_put(wf_json *json, const wfs_upload_page *page)
{
    size_t  i;

    wf_json_begin(json, '{');
    wf_json_key(json, "uploads");
    wf_json_begin(json, '[');

    for (i = 0; i < page->count; i++) {
        ngx_http_waveforge_put_upload(json, &page->uploads[i]);
    }

    wf_json_end(json, ']');
    wf_json_put_uint(json, "total", page->total);
    wf_json_put_known_string(json, "next", page->next);
    wf_json_end(json, '}');
}
