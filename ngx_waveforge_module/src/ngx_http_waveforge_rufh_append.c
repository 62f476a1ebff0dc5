
/*
 * Resumable uploads for HTTP: PATCH /files/{id}, and what it has in common with
 * a creation.
 */


#include "ngx_http_waveforge_interim.h"
#include "ngx_http_waveforge_problem.h"
#include "ngx_http_waveforge_refusals.h"
#include "ngx_http_waveforge_response.h"
#include "ngx_http_waveforge_rufh.h"

#include "wf_content_digest.h"


static ngx_int_t ngx_http_waveforge_rufh_append_check(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);
static ngx_uint_t ngx_http_waveforge_rufh_has_type(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);
static void ngx_http_waveforge_rufh_told(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
static void ngx_http_waveforge_rufh_recall(ngx_http_waveforge_append_t *ap);


ngx_int_t
ngx_http_waveforge_rufh_append(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_waveforge_rufh_t     rufh;
    ngx_http_waveforge_append_t  *ap;

    if (ngx_http_waveforge_rufh_parse(r, &rufh) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_waveforge_rufh_append_check(r, &rufh);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    ap = ngx_http_waveforge_append_create(r);
    if (ap == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ap->offset = rufh.offset;
    ap->declared = rufh.length;

    return ngx_http_waveforge_rufh_start(r, ap, &rufh);
}


/* NGX_DECLINED: nothing speaks against it; else it was refused. */

static ngx_int_t
ngx_http_waveforge_rufh_append_check(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    if (!ngx_http_waveforge_rufh_has_type(r, rufh)) {
        return ngx_http_waveforge_refuse(r,
                              NGX_HTTP_WAVEFORGE_UNSUPPORTED_BODY,
                              "Content-Type must be "
                              "application/partial-upload");
    }

    if (ngx_http_waveforge_is_encoded(r)) {
        return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_UNSUPPORTED_ENCODING,
                                     NULL);
    }

    if (!rufh->has_complete) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_MISSING_FIELD,
                                         "Upload-Complete is missing, or "
                                         "neither ?0 nor ?1");
    }

    if (rufh->offset == WFS_UNKNOWN) {
        return ngx_http_waveforge_refuse(r, NGX_HTTP_WAVEFORGE_MISSING_FIELD,
                                         "Upload-Offset is missing, or no "
                                         "number");
    }

    if (rufh->is_inconsistent) {
        return ngx_http_waveforge_refuse(r,
                                     NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH,
                                     NULL);
    }

    return NGX_DECLINED;
}


/* Drafts of interop version 5 know no type. */

static ngx_uint_t
ngx_http_waveforge_rufh_has_type(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh)
{
    return ngx_http_waveforge_has_type(r, "application/partial-upload")
           || (rufh->version == 5 && r->headers_in.content_type == NULL);
}


ngx_int_t
ngx_http_waveforge_rufh_start(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_http_waveforge_rufh_t *rufh)
{
    ap->digest = rufh->digest;
    ap->whole = rufh->whole;
    ap->completes = rufh->is_complete ? NGX_HTTP_WAVEFORGE_COMPLETE_AT_END
                                      : NGX_HTTP_WAVEFORGE_COMPLETE_NEVER;
    ap->forfeits = 1;
    ap->describes = 1;
    ap->answer = ngx_http_waveforge_rufh_answer;
    ap->told = ngx_http_waveforge_rufh_told;

    return ngx_http_waveforge_append_start(r, ap);
}


/* The file is there and its body not yet asked for, or a receipt has come. */

static void
ngx_http_waveforge_rufh_told(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap)
{
    if (ap->appended) {
        (void) ngx_http_waveforge_rufh_hint_offset(r, ap);
        return;
    }

    ngx_http_waveforge_rufh_recall(ap);

    if (ap->is_created && ap->has_body
        && ngx_http_waveforge_rufh_hint_location(r, ap) == NGX_OK)
    {
        ap->is_known = 1;
    }
}


/* The digest that the creation told. */

static void
ngx_http_waveforge_rufh_recall(ngx_http_waveforge_append_t *ap)
{
    const char  *line, *end;

    line = ap->state.note;

    while (line && line[0] != 'd') {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }

    end = line ? strchr(line, '\n') : NULL;

    if (end && ap->whole.kind == WFS_DIGEST_NONE) {
        (void) wf_content_digest_parse(line + 1, (size_t) (end - line - 1),
                                       &ap->whole);
    }
}
