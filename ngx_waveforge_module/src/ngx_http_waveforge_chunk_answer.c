
/*
 * What the client hears of its chunk.
 */


#include "ngx_http_waveforge_chunk.h"
#include "ngx_http_waveforge_metrics.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_store.h"


ngx_int_t
ngx_http_waveforge_chunk_answer(ngx_http_request_t *r,
    ngx_http_waveforge_chunk_t *wc)
{
    wf_json                       json = WF_JSON_INIT;
    wfs_receipt                  *receipt;
    ngx_http_waveforge_change_t   change = { 0, 0, 0 };

    if (wc->is_declined) {
        return ngx_http_waveforge_refuse(r, wc->refusal,
                                         wc->detail[0] ? wc->detail : NULL);
    }

    if (wc->job.status == WFS_EBUSY && wc->is_begun) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "waveforge chunk taken over by a newer connection");
        return NGX_HTTP_CLOSE;
    }

    if (wc->job.status != WFS_OK) {
        return ngx_http_waveforge_refuse_status(r, wc->job.status,
                                                &wc->job.error, &wc->members);
    }

    if (wc->outcome != WFS_OK) {
        return ngx_http_waveforge_refuse_status(r, wc->outcome, &wc->fault,
                                                &wc->members);
    }

    receipt = &wc->receipt;

    if (!receipt->existed) {
        change.uploads = (receipt->received_chunks == 1);
        ngx_http_waveforge_store_count(wc->job.store, &change);
        ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_STORED_BYTES,
                                         receipt->size_bytes);
    }

    wf_json_begin(&json, '{');
    wf_json_put_string(&json, "status",
                       receipt->existed ? "chunk_already_exists"
                                        : "chunk_received");
    wf_json_put_string(&json, "file_id", wc->fields.id);
    wf_json_put_uint(&json, "chunk_index", receipt->index);
    wf_json_put_known(&json, "total_chunks", receipt->total_chunks);
    wf_json_put_uint(&json, "size", receipt->size_bytes);
    wf_json_put_sha256(&json, "sha256", receipt->has_sha256, receipt->sha256);
    wf_json_put_uint(&json, "received_chunks", receipt->received_chunks);
    wf_json_put_uint(&json, "received_bytes", receipt->received_bytes);
    wf_json_end(&json, '}');

    return ngx_http_waveforge_send_json(r, &json);
}
