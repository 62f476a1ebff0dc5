
/*
 * Tables of all refusals: their codes, and which one stands for an outcome of
 * the library or a status of nginx's.
 */


#ifndef _NGX_HTTP_WAVEFORGE_PROBLEMS_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_PROBLEMS_H_INCLUDED_


#include "ngx_http_waveforge.h"


typedef enum {
    NGX_HTTP_WAVEFORGE_MISSING_FIELD = 0,
    NGX_HTTP_WAVEFORGE_INVALID_FIELD,
    NGX_HTTP_WAVEFORGE_INVALID_ID,
    NGX_HTTP_WAVEFORGE_INVALID_FORMAT,
    NGX_HTTP_WAVEFORGE_INVALID_CURSOR,
    NGX_HTTP_WAVEFORGE_INVALID_DIGEST,
    NGX_HTTP_WAVEFORGE_EMPTY_CHUNK,
    NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH,
    NGX_HTTP_WAVEFORGE_COMPLETED_UPLOAD,
    NGX_HTTP_WAVEFORGE_FORBIDDEN_ORIGIN,
    NGX_HTTP_WAVEFORGE_NO_STORE,
    NGX_HTTP_WAVEFORGE_NOT_FOUND,
    NGX_HTTP_WAVEFORGE_UPLOAD_NOT_FOUND,
    NGX_HTTP_WAVEFORGE_RECORDING_NOT_FOUND,
    NGX_HTTP_WAVEFORGE_METHOD_NOT_ALLOWED,
    NGX_HTTP_WAVEFORGE_CHUNK_CONFLICT,
    NGX_HTTP_WAVEFORGE_CHUNKS_MISSING,
    NGX_HTTP_WAVEFORGE_ALREADY_COMPLETE,
    NGX_HTTP_WAVEFORGE_OFFSET_MISMATCH,
    NGX_HTTP_WAVEFORGE_NOT_APPENDABLE,
    NGX_HTTP_WAVEFORGE_DELETED,
    NGX_HTTP_WAVEFORGE_PRECONDITION_FAILED,
    NGX_HTTP_WAVEFORGE_UNSUPPORTED_VERSION,
    NGX_HTTP_WAVEFORGE_FILE_TOO_LARGE,
    NGX_HTTP_WAVEFORGE_BODY_TOO_LARGE,
    NGX_HTTP_WAVEFORGE_TOO_MANY_CHUNKS,
    NGX_HTTP_WAVEFORGE_UNSUPPORTED_ENCODING,
    NGX_HTTP_WAVEFORGE_UNSUPPORTED_TYPE,
    NGX_HTTP_WAVEFORGE_UNSUPPORTED_BODY,
    NGX_HTTP_WAVEFORGE_DIGEST_MISMATCH,
    NGX_HTTP_WAVEFORGE_CHUNK_BUSY,
    NGX_HTTP_WAVEFORGE_CHECKSUM_MISMATCH,
    NGX_HTTP_WAVEFORGE_TOO_MANY_UPLOADS,
    NGX_HTTP_WAVEFORGE_TOO_MANY_FILES,
    NGX_HTTP_WAVEFORGE_STORE_BUSY,
    NGX_HTTP_WAVEFORGE_STORE_UNAVAILABLE,
    NGX_HTTP_WAVEFORGE_STORAGE_FULL,
    NGX_HTTP_WAVEFORGE_STORAGE_ERROR,
    NGX_HTTP_WAVEFORGE_PROBLEMS
} ngx_http_waveforge_problem_e;


/*
 * `title`   the phrase of the status, the same wherever it is used
 * `retry`   seconds for Retry-After, 0 for none
 */

typedef struct {
    ngx_uint_t   status;
    const char  *title;
    const char  *code;
    const char  *detail;
    ngx_uint_t   retry;
} ngx_http_waveforge_problem_t;


const ngx_http_waveforge_problem_t *ngx_http_waveforge_problem_get(
    ngx_http_waveforge_problem_e problem);

/* `ret_level`  of the log, for that outcome */
const ngx_http_waveforge_problem_t *ngx_http_waveforge_problem_of_status(
    wfs_status status, ngx_uint_t *ret_level);

/* What nginx itself answers with; one of status 0 stands for the rest. */
const ngx_http_waveforge_problem_t *ngx_http_waveforge_problem_of_nginx(
    ngx_uint_t status);

/* RFC 9457's `type`. */
const char *ngx_http_waveforge_problem_type(
    const ngx_http_waveforge_problem_t *p);

/* Counts all of both tables from 0. */
ngx_uint_t ngx_http_waveforge_problem_number(
    const ngx_http_waveforge_problem_t *p);

/* The code of a problem; behind them, of those that nginx itself raises; NULL
 * behind the last. */
const char *ngx_http_waveforge_problem_code(ngx_uint_t number);


#endif /* _NGX_HTTP_WAVEFORGE_PROBLEMS_H_INCLUDED_ */
