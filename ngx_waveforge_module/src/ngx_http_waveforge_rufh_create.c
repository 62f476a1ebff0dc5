
/*
 * Resumable uploads for HTTP: POST /files/, a file with its first bytes, or all
 * of them, or none.
 */


#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"
#include "ngx_http_waveforge_tus.h"

#include "wf_disposition.h"


static ngx_int_t ngx_http_waveforge_rufh_create_check(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);
static ngx_int_t ngx_http_waveforge_rufh_create_describe(
    ngx_http_request_t *r, ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_create_name(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static ngx_int_t ngx_http_waveforge_rufh_create_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_rufh_create(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_waveforge_rufh_t     rufh;
    ngx_http_waveforge_append_t  *ap;

    if (ngx_http_waveforge_rufh_parse(r, &rufh) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_waveforge_rufh_create_check(r, &rufh);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    ap = ngx_http_waveforge_append_create(r);
    if (ap == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_waveforge_rufh_create_describe(r, ap);

    if (rc != NGX_OK) {
        return rc == NGX_DECLINED ? ap->rc : rc;
    }

    ap->creates = 1;
    ap->create.size_bytes = rufh.length;

    return ngx_http_waveforge_rufh_start(r, ap, &rufh);
}


/* NGX_DECLINED: nothing speaks against it; else it was refused. */

static ngx_int_t
ngx_http_waveforge_rufh_create_check(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    if (!rufh->has_complete) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_MISSING_FIELD,
                                         "Upload-Complete is missing, or "
                                         "neither ?0 nor ?1");
    }

    if (ngx_http_waveforge_is_encoded(r)) {
        return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_UNSUPPORTED_ENCODING,
                                     NULL);
    }

    if (rufh->is_inconsistent
        || (rufh->length != WFS_UNKNOWN && rufh->content != WFS_UNKNOWN
            && rufh->content > rufh->length))
    {
        return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH,
                                     NULL);
    }

    if (rufh->is_complete && rufh->content == 0
        && ngx_http_waveforge_conf(r)->types != WFS_TYPES_ANY)
    {
        return ngx_http_waveforge_refuse(r,
                                         NGX_HTTP_WAVEFORGE_UNSUPPORTED_TYPE,
                                         "nothing is not audio");
    }

    return NGX_DECLINED;
}


/* Clients that know tus say in its header what they upload. */

static ngx_int_t
ngx_http_waveforge_rufh_create_describe(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    ngx_int_t  rc;

    rc = ngx_http_waveforge_tus_read_metadata(r, ap);

    if (rc == NGX_OK && ap->create.name == NULL) {
        rc = ngx_http_waveforge_rufh_create_name(r, ap);
    }

    return rc == NGX_OK ? ngx_http_waveforge_rufh_create_note(r, ap) : rc;
}


/* A name that cannot be shown is none. */

static ngx_int_t
ngx_http_waveforge_rufh_create_name(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    size_t      length;
    ngx_str_t  *value;
    char        name[WFS_NAME_MAX_BYTES];
    u_char     *copy;

    value = ngx_http_waveforge_get_header(r, "Content-Disposition");

    if (value == NULL
        || !wf_disposition_get((char *) value->data, value->len, "filename",
                               name, sizeof(name), &length)
        || !wfs_name_is_valid(name, length))
    {
        return NGX_OK;
    }

    copy = ngx_pnalloc(r->pool, length + 1);
    if (copy == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    *ngx_cpymem(copy, name, length) = '\0';
    ap->create.name = (char *) copy;

    return NGX_OK;
}


/*
 * Repr-Digest is kept with the file, as a line of its note, until the request
 * that completes it.
 */

static ngx_int_t
ngx_http_waveforge_rufh_create_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    u_char     *note;
    ngx_str_t  *value;

    value = ngx_http_waveforge_get_header(r, "Repr-Digest");

    if (value == NULL) {
        return NGX_OK;
    }

    note = ngx_pnalloc(r->pool, value->len + sizeof("d\n")
                                + (ap->create.note
                                   ? ngx_strlen(ap->create.note) : 0));
    if (note == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    (void) ngx_sprintf(note, "%sd%V\n%Z",
                       ap->create.note ? ap->create.note : "", value);

    ap->create.note = (char *) note;

    return NGX_OK;
}
