
/*
 * A file made of others, on a thread.
 *
 * A client that has not heard the answer asks again: so that there is no second
 * copy then, the id follows from what was asked for. Where that id was deleted
 * meanwhile the next one is taken.
 */


#include "ngx_http_waveforge_files_append.h"


#define NGX_HTTP_WAVEFORGE_ATTEMPTS  8


static wfs_status ngx_http_waveforge_append_derive(
    ngx_http_waveforge_append_t *ap, u_char attempt);


wfs_status
ngx_http_waveforge_append_concatenate(ngx_http_waveforge_append_t *ap,
    wfs_store *store)
{
    u_char      attempt;
    wfs_status  status;

    status = WFS_EGONE;

    for (attempt = 0;
         attempt < NGX_HTTP_WAVEFORGE_ATTEMPTS && status == WFS_EGONE;
         attempt++)
    {
        status = ngx_http_waveforge_append_derive(ap, attempt);

        if (status == WFS_OK) {
            ap->create.id = ap->id;
            ap->create.limits = ap->limits;

            status = wfs_upload_concatenate(store, &ap->create, ap->parts,
                                            ap->nparts, &ap->job.error);
        }
    }

    if (status != WFS_OK && status != WFS_ECOMPLETE) {
        return status;
    }

    if (status == WFS_OK) {
        ap->is_created = 1;
        ap->change.uploads = 1;
    }

    return ngx_http_waveforge_files_get_state(store, ap->id, &ap->state,
                                              &ap->job.error);
}


static wfs_status
ngx_http_waveforge_append_derive(ngx_http_waveforge_append_t *ap,
    u_char attempt)
{
    ngx_uint_t   i;
    wfs_digest   digest;
    wfs_hasher  *hasher;

    hasher = wfs_hasher_open(WFS_DIGEST_SHA256);
    if (hasher == NULL) {
        return WFS_ENOMEM;
    }

    wfs_hasher_update(hasher, &attempt, 1);

    for (i = 0; i < ap->nparts; i++) {
        wfs_hasher_update(hasher, ap->parts[i], ngx_strlen(ap->parts[i]) + 1);
    }

    if (ap->create.note) {
        wfs_hasher_update(hasher, ap->create.note,
                          ngx_strlen(ap->create.note));
    }

    wfs_hasher_finish(hasher, &digest);
    wfs_hasher_close(hasher);

    *ngx_hex_dump((u_char *) ap->id, digest.bytes, 16) = '\0';

    return WFS_OK;
}
