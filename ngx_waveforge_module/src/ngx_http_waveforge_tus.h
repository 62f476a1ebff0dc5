
/*
 * tus 1.0.0: resumable uploads, https://tus.io/protocols/resumable-upload.
 *
 *     tus.c         version, OPTIONS, and which handler a request goes to
 *     tus_head.c    HEAD
 *     tus_create.c  POST, perhaps with the first bytes
 *     tus_append.c  PATCH
 *     tus_concat.c  parts, and files made of them
 *     tus_fields.c  what their headers say
 *     tus_note.c    what is told again as it was given
 *     tus_refuse.c  refusals of its own
 */


#ifndef _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_


#include "ngx_http_waveforge_files_append.h"
#include "ngx_http_waveforge_problem.h"


ngx_int_t ngx_http_waveforge_tus_head_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_tus_create_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_tus_append_handler(ngx_http_request_t *r);


/*
 * Reading the headers: NGX_OK, or NGX_DECLINED: it was refused, and the
 * append's `rc` is what the handler returns. The optional ones leave what they
 * would set as it is.
 */

ngx_int_t ngx_http_waveforge_tus_decline(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail);

/* The body is of the one type that is taken, and not encoded. */
ngx_int_t ngx_http_waveforge_tus_check_body(ngx_http_request_t *r);

ngx_int_t ngx_http_waveforge_tus_read_number(ngx_http_request_t *r,
    const char *name, uint64_t *number);
ngx_int_t ngx_http_waveforge_tus_read_optional(ngx_http_request_t *r,
    const char *name, uint64_t *number);

/* Upload-Length, or WFS_UNKNOWN by Upload-Defer-Length. */
ngx_int_t ngx_http_waveforge_tus_read_length(ngx_http_request_t *r,
    uint64_t *length);

/* Upload-Metadata, if there is one: into `create`, with its note. */
ngx_int_t ngx_http_waveforge_tus_read_metadata(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);

/* Upload-Checksum, if there is one. */
ngx_int_t ngx_http_waveforge_tus_read_checksum(ngx_http_request_t *r,
    wfs_digest *digest);


/* Upload-Concat: a part, or the parts. */
ngx_int_t ngx_http_waveforge_tus_read_concat(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);


/* Keep Upload-Metadata (or NULL) and ap->concat with the file that is made. */
ngx_int_t ngx_http_waveforge_tus_put_note(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap, ngx_str_t *metadata);

/* Append the headers that are kept in `note`, which may be NULL. */
ngx_int_t ngx_http_waveforge_tus_add_note(ngx_http_request_t *r,
    const char *note);

/* What to answer an append that failed; 460. */
ngx_int_t ngx_http_waveforge_tus_refuse_append(ngx_http_request_t *r,
    ngx_http_waveforge_append_t *ap);
ngx_int_t ngx_http_waveforge_tus_refuse_checksum(ngx_http_request_t *r);


/* Append Upload-Offset and, if there is one, Upload-Expires. */
ngx_int_t ngx_http_waveforge_tus_add_progress(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);


/* Append a header with an HTTP date to the answer. */
ngx_int_t ngx_http_waveforge_tus_add_time(ngx_http_request_t *r,
    const char *name, int64_t unix_ms);


#endif /* _NGX_HTTP_WAVEFORGE_TUS_H_INCLUDED_ */
