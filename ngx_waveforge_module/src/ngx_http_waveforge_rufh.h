
/*
 * Resumable uploads for HTTP (draft-ietf-httpbis-resumable-upload, interop
 * version 8).
 *
 *     rufh.c           which handler a request goes to, and what OPTIONS tells
 *     rufh_look.c      HEAD and GET
 *     rufh_create.c    POST
 *     rufh_append.c    PATCH
 *     rufh_answer.c    what either is answered
 *     rufh_hint.c      and before that, by interim responses
 *     rufh_request.c   the headers of a request
 *     rufh_headers.c   those of an answer
 */


#ifndef _NGX_HTTP_WAVEFORGE_RUFH_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_RUFH_H_INCLUDED_


#include "ngx_http_waveforge_files_append.h"

#include "wf_upload_limit.h"


#define NGX_HTTP_WAVEFORGE_INTEROP_VERSION  8


/*
 * What the headers of a request say. One that is malformed was not sent, to
 * Structured Fields: then `has_complete` is 0, sizes are WFS_UNKNOWN and
 * digests of no kind.
 *
 * `version`      Upload-Draft-Interop-Version
 * `is_complete`  Upload-Complete: nothing comes after this request's content
 * `length`       of all of it, by Upload-Length, or by the content of a request
 *                that is the last
 * `content`      length of this request's content
 * `digest`       of this request's content; `whole` of all of it
 */

typedef struct {
    uint64_t     version;
    uint64_t     offset;
    uint64_t     length;
    uint64_t     content;

    wfs_digest   digest;
    wfs_digest   whole;

    unsigned     has_complete:1;
    unsigned     is_complete:1;
    unsigned     is_inconsistent:1;
    unsigned     wants_digest:1;
} ngx_http_waveforge_rufh_t;


/*
 * Read them; the content of a creation is at offset 0. NGX_ERROR: out of
 * memory.
 */
ngx_int_t ngx_http_waveforge_rufh_parse(ngx_http_request_t *r,
    ngx_http_waveforge_rufh_t *rufh);


ngx_int_t ngx_http_waveforge_rufh_look(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_rufh_create(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_rufh_append(ngx_http_request_t *r);

/* What `rufh` says of the content is put into `ap`, which then starts. */
ngx_int_t ngx_http_waveforge_rufh_start(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_http_waveforge_rufh_t *rufh);

ngx_int_t ngx_http_waveforge_rufh_answer(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


/*
 * Send a 104: where the file is, or what has arrived of it. NGX_OK: the client
 * will get it.
 */
ngx_int_t ngx_http_waveforge_rufh_hint_location(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
ngx_int_t ngx_http_waveforge_rufh_hint_offset(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


/* Append to the answer; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_waveforge_rufh_add_complete(ngx_http_request_t *r,
    ngx_uint_t is_complete);

/* Upload-Limit; `expires_ms` is that of the upload, 0: never, or none yet. */
ngx_int_t ngx_http_waveforge_rufh_add_limit(ngx_http_request_t *r,
    int64_t expires_ms);

/* The limits of the location as the header has them. */
void ngx_http_waveforge_rufh_get_limit(ngx_http_request_t *r,
    int64_t expires_ms, wf_upload_limit *ret_limit);


#endif /* _NGX_HTTP_WAVEFORGE_RUFH_H_INCLUDED_ */
