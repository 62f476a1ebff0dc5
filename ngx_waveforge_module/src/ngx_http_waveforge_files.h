
/*
 * /files/ and /files/{id}: the same uploads and recordings in two dialects,
 * tus 1.0.0 and resumable uploads for HTTP (RUFH).
 *
 *     files.c        which dialect, which method; what both answer alike
 *     files_look.c   what a file is: an upload, or a recording by now
 *     tus*.c         headers and refusals of tus
 *     rufh*.c        those of RUFH
 */


#ifndef _NGX_HTTP_WAVEFORGE_FILES_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_FILES_H_INCLUDED_


#include "ngx_http_waveforge.h"


typedef enum {
    NGX_HTTP_WAVEFORGE_NO_DIALECT = 0,    /* not below /files/ */
    NGX_HTTP_WAVEFORGE_TUS,
    NGX_HTTP_WAVEFORGE_RUFH
} ngx_http_waveforge_dialect_e;


/*
 * The dialect a request speaks: by its headers, whatever is switched on. Also
 * for a request that has no context yet.
 */
ngx_http_waveforge_dialect_e ngx_http_waveforge_dialect(
    ngx_http_request_t *r);

/*
 * A dialect's side of POST, HEAD, PATCH and DELETE, and of GET for RUFH;
 * ctx->method is the method to act on. The origin is allowed, the method is one
 * of the resource's.
 */
ngx_int_t ngx_http_waveforge_tus_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_rufh_handler(ngx_http_request_t *r);

/*
 * The headers that every answer of a dialect has, whoever raises it, and those
 * that OPTIONS has.
 */
ngx_int_t ngx_http_waveforge_tus_mark(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_rufh_mark(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_tus_add_options(ngx_http_request_t *r);
ngx_int_t ngx_http_waveforge_rufh_add_options(ngx_http_request_t *r);

ngx_int_t ngx_http_waveforge_files_options(ngx_http_request_t *r);

/* Whether a file with this note, which may be NULL, was made of others. */
ngx_uint_t ngx_http_waveforge_tus_is_final(const char *note);

/* What OPTIONS and a 405 of this file's resource tell. */
ngx_str_t *ngx_http_waveforge_files_get_allow(ngx_http_request_t *r);

/* DELETE in either dialect: an upload or a recording; 204. */
ngx_int_t ngx_http_waveforge_files_delete(ngx_http_request_t *r);

/*
 * The Location of the file `id`, as waveforge_tus_location says; _add appends
 * it to the answer.
 */
ngx_int_t ngx_http_waveforge_files_get_location(ngx_http_request_t *r,
    const char *id, ngx_str_t *ret_value);
ngx_int_t ngx_http_waveforge_files_add_location(ngx_http_request_t *r,
    const char *id);

/* An answer of `status` without a body; what a handler returns. */
ngx_int_t ngx_http_waveforge_files_send(ngx_http_request_t *r,
    ngx_uint_t status);


#endif /* _NGX_HTTP_WAVEFORGE_FILES_H_INCLUDED_ */
