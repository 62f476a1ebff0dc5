
/*
 * How an append ends, on a thread: what of it is kept, and what goes.
 */


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_metrics.h"


wfs_status
ngx_http_waveforge_append_get_stop(ngx_http_waveforge_append_t *ap)
{
    wfs_status  status;

    status = ap->append ? wfs_append_get_stop(ap->append) : WFS_OK;

    if (status == WFS_OK && ap->chunk) {
        status = wfs_chunk_get_stop(ap->chunk);
    }

    return status;
}


wfs_status
ngx_http_waveforge_append_stop(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    return ngx_http_waveforge_append_get_stop(ap);
}


/* The receipt was refused when the chunk was no longer ours. */

wfs_status
ngx_http_waveforge_append_refused(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    ap->job.error = ap->mishap;

    return ap->outcome;
}


wfs_status
ngx_http_waveforge_append_keep(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status    status;
    wfs_receipt   receipt;

    if (ap->chunk == NULL) {
        return WFS_OK;
    }

    status = wfs_chunk_keep(ap->chunk, &receipt, &ap->job.error);

    ap->chunk = NULL;

    if (status == WFS_OK) {
        ap->state.offset = receipt.received_bytes;
        ap->appended += receipt.size_bytes;

        ngx_http_waveforge_metrics_count(NGX_HTTP_WAVEFORGE_STORED_BYTES,
                                         receipt.size_bytes);
    }

    return status;
}


/*
 * What came before it went wrong is kept if going on is of use. An upload that
 * was made for this request, and whose name nobody has been told, goes with its
 * refusal.
 */

void
ngx_http_waveforge_append_clean(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    wfs_status  status;
    wfs_error   error;

    status = ap->job.status;
    error = ap->job.error;

    if (status == WFS_EBUSY || status == WFS_ENOSPC || status == WFS_EQUOTA) {
        (void) ngx_http_waveforge_append_keep(ap, store);

    } else {
        wfs_chunk_discard(ap->chunk);
        ap->chunk = NULL;
    }

    ap->job.status = status;
    ap->job.error = error;

    if ((ap->is_created && !ap->is_known && ap->appended == 0)
        || (ap->forfeits && status == WFS_ETOOLARGE
            && ap->state.size != WFS_UNKNOWN))
    {
        if (wfs_upload_delete(store, ap->id, NULL) == WFS_OK) {
            ap->change.uploads -= 1;
        }
    }
}
