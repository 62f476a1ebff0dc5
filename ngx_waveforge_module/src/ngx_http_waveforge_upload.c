
/*
 * /upload/{file_id}: what has arrived of an upload, and giving it up.
 */


#include "ngx_http_waveforge_call.h"
#include "ngx_http_waveforge_store.h"
#include "ngx_http_waveforge_upload.h"


typedef struct {
    ngx_http_waveforge_call_t  call;
    ngx_uint_t                 with_received;
} ngx_http_waveforge_upload_t;


static void ngx_http_waveforge_upload_get_run(ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_upload_delete_run(
    ngx_http_waveforge_job_t *job);
static void ngx_http_waveforge_put_complete(wf_json *json, const char *id);


ngx_int_t
ngx_http_waveforge_upload_handler(ngx_http_request_t *r)
{
    ngx_str_t                     value;
    ngx_http_waveforge_upload_t  *upload;

    upload = ngx_http_waveforge_call_create(r,
                                          sizeof(ngx_http_waveforge_upload_t),
                                          r->method == NGX_HTTP_DELETE
                                          ? ngx_http_waveforge_upload_delete_run
                                          : ngx_http_waveforge_upload_get_run);
    if (upload == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    upload->with_received = ngx_http_arg(r, (u_char *) "received", 8, &value)
                            == NGX_OK
                            && value.len == 1 && value.data[0] == '1';

    return ngx_http_waveforge_call_start(upload);
}


static void
ngx_http_waveforge_upload_get_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                    *store;
    wfs_upload_info               info = WFS_UPLOAD_INFO_INIT;
    ngx_http_waveforge_upload_t  *upload;

    upload = (ngx_http_waveforge_upload_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_upload_get(store, upload->call.id,
                                 upload->with_received, &info, &job->error);

    if (job->status == WFS_ECOMPLETE) {
        ngx_http_waveforge_put_complete(&upload->call.json, upload->call.id);
        job->status = WFS_OK;
        return;
    }

    if (job->status == WFS_OK) {
        ngx_http_waveforge_put_upload(&upload->call.json, &info);
        wfs_upload_info_release(&info);
    }
}


static void
ngx_http_waveforge_upload_delete_run(ngx_http_waveforge_job_t *job)
{
    wfs_store                  *store;
    ngx_http_waveforge_call_t  *call;

    call = (ngx_http_waveforge_call_t *) job;

    store = ngx_http_waveforge_job_store(job);
    if (store == NULL) {
        return;
    }

    job->status = wfs_upload_delete(store, call->id, &job->error);

    if (job->status == WFS_OK) {
        call->change.uploads = -1;
        ngx_http_waveforge_call_answer_deleted(call);

    } else if (job->status == WFS_ECOMPLETE) {
        ngx_http_waveforge_put_recording(store, call->id, &call->members);
    }
}


static void
ngx_http_waveforge_put_complete(wf_json *json, const char *id)
{
    wf_json_begin(json, '{');
    wf_json_put_string(json, "status", "complete");
    wf_json_put_string(json, "file_id", id);
    wf_json_put_string(json, "recording_id", id);
    wf_json_end(json, '}');
}


void
ngx_http_waveforge_put_upload(wf_json *json, const wfs_upload_info *info)
{
    wf_json_begin(json, '{');
    wf_json_put_string(json, "status", "receiving");
    wf_json_put_string(json, "file_id", info->id);
    wf_json_put_known_string(json, "file_name", info->name);
    wf_json_put_known(json, "total_chunks", info->total_chunks);
    wf_json_put_known(json, "chunk_size", info->chunk_size);
    wf_json_put_uint(json, "received_bytes", info->received_bytes);
    wf_json_put_uint(json, "received_chunks", info->received_chunks);
    wf_json_put_uint(json, "prefix_chunks", info->prefix_chunks);
    wf_json_put_uint(json, "prefix_bytes", info->prefix_bytes);
    wf_json_key(json, "provisional");
    wf_json_bool(json, info->is_provisional);

    if (info->missing) {
        ngx_http_waveforge_put_ranges(json, "missing", info->missing,
                                      info->missing_count);
    }

    if (info->received) {
        ngx_http_waveforge_put_ranges(json, "received", info->received,
                                      info->received_count);
    }

    if (info->missing_has_more || info->received_has_more) {
        wf_json_key(json, "more");
        wf_json_bool(json, true);
    }

    wf_json_put_int(json, "created", info->created_ms);
    wf_json_put_int(json, "updated", info->updated_ms);
    wf_json_put_known(json, "expires", info->expires_ms
                                       ? (uint64_t) info->expires_ms
                                       : WFS_UNKNOWN);
    wf_json_end(json, '}');
}


void
ngx_http_waveforge_put_ranges(wf_json *json, const char *key,
    const wfs_range *ranges, size_t count)
{
    size_t  i;

    wf_json_key(json, key);
    wf_json_begin(json, '[');

    for (i = 0; i < count; i++) {
        wf_json_begin(json, '[');
        wf_json_uint(json, ranges[i].first);
        wf_json_uint(json, ranges[i].last);
        wf_json_end(json, ']');
    }

    wf_json_end(json, ']');
}


void
ngx_http_waveforge_put_missing(wfs_store *store, const char *id,
    wf_json *members)
{
    wfs_upload_info  info = WFS_UPLOAD_INFO_INIT;

    if (wfs_upload_get(store, id, false, &info, NULL) != WFS_OK) {
        return;
    }

    wf_json_put_known(members, "total_chunks", info.total_chunks);
    ngx_http_waveforge_put_ranges(members, "missing", info.missing,
                                  info.missing_count);

    if (info.missing_has_more) {
        wf_json_key(members, "more");
        wf_json_bool(members, true);
    }

    wfs_upload_info_release(&info);
}
