
/*
 * GET /recordings: one page of the list.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_store.h"

#include "wf_number.h"
#include "wf_query.h"


#define NGX_HTTP_WAVEFORGE_CURSOR_BYTES  2048


typedef struct {
    ngx_http_waveforge_call_t  call;
    wfs_list_query             query;
    char                       cursor[NGX_HTTP_WAVEFORGE_CURSOR_BYTES];
} ngx_http_waveforge_list_t;


static const char *ngx_http_waveforge_list_parse(
    ngx_http_waveforge_list_t *list, wf_span query);
static bool ngx_http_waveforge_list_set(ngx_http_waveforge_list_t *list,
    const char *name, wf_span value);
static bool ngx_http_waveforge_list_set_sort(ngx_http_waveforge_list_t *list,
    wf_span value);
static void ngx_http_waveforge_list_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_list_put(ngx_http_waveforge_call_t *call,
    const wfs_recording_page *page);
static void ngx_http_waveforge_list_set_etag(ngx_http_waveforge_call_t *call);


static const char  *ngx_http_waveforge_list_fields[] = {
    "limit", "cursor", "sort", "q", NULL
};


ngx_int_t
ngx_http_waveforge_recordings_handler(ngx_http_request_t *r)
{
    char                        detail[64];
    wf_span                     query;
    const char                 *culprit;
    ngx_http_waveforge_list_t  *list;

    list = ngx_http_waveforge_call_create(r, sizeof(ngx_http_waveforge_list_t),
                                          ngx_http_waveforge_list_run);
    if (list == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    list->query = (wfs_list_query) WFS_LIST_QUERY_INIT;

    query.bytes = (char *) r->args.data;
    query.length = r->args.len;

    culprit = ngx_http_waveforge_list_parse(list, query);

    if (culprit) {
        (void) ngx_snprintf((u_char *) detail, sizeof(detail),
                            "%s is not valid%Z", culprit);

        return ngx_http_waveforge_refuse(r,
                                         ngx_strcmp(culprit, "cursor") == 0
                                         ? NGX_HTTP_WAVEFORGE_INVALID_CURSOR
                                         : NGX_HTTP_WAVEFORGE_INVALID_FIELD,
                                         detail);
    }

    return ngx_http_waveforge_call_start(list);
}


/* The name of the first field that is wrong, or NULL. */

static const char *
ngx_http_waveforge_list_parse(ngx_http_waveforge_list_t *list, wf_span query)
{
    char         buffer[NGX_HTTP_WAVEFORGE_CURSOR_BYTES];
    wf_span      name, value;
    const char **field;

    while (wf_query_next(&query, &name, &value)) {

        for (field = ngx_http_waveforge_list_fields; *field; field++) {
            if (wf_span_is(name, *field)) {
                break;
            }
        }

        if (*field == NULL) {
            continue;
        }

        if (!wf_query_decode(value, buffer, sizeof(buffer), &value.length)) {
            return *field;
        }

        value.bytes = buffer;

        if (!ngx_http_waveforge_list_set(list, *field, value)) {
            return *field;
        }
    }

    return NULL;
}


static bool
ngx_http_waveforge_list_set(ngx_http_waveforge_list_t *list, const char *name,
    wf_span value)
{
    uint64_t  limit;

    switch (name[0]) {

    case 'l':
        if (!wf_number_parse(value.bytes, value.length, &limit)
            || limit < 1 || limit > WFS_LIST_LIMIT_MAX)
        {
            return false;
        }

        list->query.limit = (size_t) limit;

        return true;

    case 'c':
        if (memchr(value.bytes, '\0', value.length)) {
            return false;
        }

        ngx_memcpy(list->cursor, value.bytes, value.length);
        list->cursor[value.length] = '\0';
        list->query.cursor = list->cursor;

        return true;

    case 's':
        return ngx_http_waveforge_list_set_sort(list, value);

    default:
        return false;
    }
}


static bool
ngx_http_waveforge_list_set_sort(ngx_http_waveforge_list_t *list,
    wf_span value)
{
    ngx_uint_t           i;
    static const struct {
        const char      *name;
        wfs_sort         sort;
    } sorts[] = {
        { "timestamp", WFS_SORT_TIMESTAMP },
        { "name", WFS_SORT_NAME },
        { "duration", WFS_SORT_DURATION },
        { "size", WFS_SORT_SIZE },
    };

    list->query.descending = (value.length > 0 && value.bytes[0] == '-');

    if (list->query.descending) {
        value.bytes++;
        value.length--;
    }

    for (i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
        if (wf_span_is(value, sorts[i].name)) {
            list->query.sort = sorts[i].sort;
            return true;
        }
    }

    return false;
}


static void
ngx_http_waveforge_list_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    wfs_recording_page          page = WFS_RECORDING_PAGE_INIT;
    ngx_http_waveforge_list_t  *list;

    list = (ngx_http_waveforge_list_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_recording_list(store, &list->query, &page, &job->error);

    if (job->status == WFS_OK) {
        ngx_http_waveforge_list_put(&list->call, &page);
        ngx_http_waveforge_list_set_etag(&list->call);
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
    wf_json_put_uint(json, "total", page->total);
    wf_json_put_uint(json, "total_size", page->total_bytes);
    wf_json_key(json, "next");

    if (page->next) {
        wf_json_string(json, page->next);

    } else {
        wf_json_null(json);
    }

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
