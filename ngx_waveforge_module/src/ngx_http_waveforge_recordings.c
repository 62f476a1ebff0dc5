
/*
 * GET /recordings: one page of all, or of those with a name searched for.
 */


#include "ngx_http_waveforge_page.h"
#include "ngx_http_waveforge_refusals.h"


typedef struct {
    ngx_http_waveforge_call_t  call;
    wf_list                    list;
} ngx_http_waveforge_list_t;


static void ngx_http_waveforge_list_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_list_put(ngx_http_waveforge_call_t *call,
    const wfs_recording_page *page);
static void ngx_http_waveforge_list_set_etag(ngx_http_waveforge_call_t *call);


ngx_int_t
ngx_http_waveforge_recordings_handler(ngx_http_request_t *r)
{
    wf_span                     query;
    ngx_http_waveforge_list_t  *list;

    list = ngx_http_waveforge_call_create(r, sizeof(ngx_http_waveforge_list_t),
                                          ngx_http_waveforge_list_run);
    if (list == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    wf_list_init(&list->list);

    query.bytes = (char *) r->args.data;
    query.length = r->args.len;

    if (!wf_list_parse_recordings(&list->list, query)) {
        return ngx_http_waveforge_refuse_list(r, list->list.culprit);
    }

    return ngx_http_waveforge_call_start(list);
}


static void
ngx_http_waveforge_list_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    wfs_list_query              query;
    wfs_recording_page          page = WFS_RECORDING_PAGE_INIT;
    ngx_http_waveforge_list_t  *list;

    list = (ngx_http_waveforge_list_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL
        || ngx_http_waveforge_page_recall(&list->call, store, &list->list))
    {
        return;
    }

    wf_list_get_query(&list->list, &query);

    job->status = wfs_recording_list(store, &query, &page, &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_list_put(&list->call, &page);
        ngx_http_waveforge_list_set_etag(&list->call);

        if (job->status == WFS_OK) {
            ngx_http_waveforge_page_keep(&list->call, &list->list,
                                         page.generation);
        }

        wfs_recording_page_release(&page);
    }
}


static void
ngx_http_waveforge_list_put(ngx_http_waveforge_call_t *call,
    const wfs_recording_page *page)
{
    char     *text;
    size_t    i, length;
    wf_json  *json;

    json = &call->json;

    wf_json_begin(json, '{');
    wf_json_key(json, "recordings");
    wf_json_begin(json, '[');

    for (i = 0; i < page->count && call->job.status == WFS_OK; i++) {

        call->job.status = wfs_recording_to_json(&page->recordings[i], &text,
                                                 &length);
        if (call->job.status == WFS_OK) {
            wf_json_raw(json, text, length);
            free(text);
        }
    }

    wf_json_end(json, ']');
    wf_json_put_known(json, "total", page->total);
    wf_json_put_known(json, "total_size", page->total_bytes);
    wf_json_put_known_string(json, "next", page->next);
    wf_json_end(json, '}');
}


/* As for one recording: 16 bytes of the SHA-256 of the text. */

static void
ngx_http_waveforge_list_set_etag(ngx_http_waveforge_call_t *call)
{
    wfs_digest   digest;
    wfs_hasher  *hasher;

    hasher = wfs_hasher_open(WFS_DIGEST_SHA256);

    if (hasher) {
        wfs_hasher_update(hasher, call->json.text, call->json.length);
        wfs_hasher_finish(hasher, &digest);
        wfs_hasher_close(hasher);

        *ngx_hex_dump((u_char *) call->etag, digest.bytes, 16) = '\0';
    }
}
