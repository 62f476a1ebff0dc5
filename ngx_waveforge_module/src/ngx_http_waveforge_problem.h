
/*
 * Refusals: application/problem+json (RFC 9457), one table of all codes.
 */


#ifndef _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_


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
 * Send the problem. `detail` is a sentence for the client, NULL or "" for the
 * one of the table. Returns what the request is finalised with.
 */
ngx_int_t ngx_http_waveforge_refuse(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail);

/* The same with more members of the body. */
ngx_int_t ngx_http_waveforge_refuse_more(ngx_http_request_t *r,
    ngx_http_waveforge_problem_e problem, const char *detail,
    const wf_json *members);

/*
 * The same for a call of the library that failed; logged here, once.
 * `members`, if not empty, are more members of the body.
 */
ngx_int_t ngx_http_waveforge_refuse_status(ngx_http_request_t *r,
    wfs_status status, const wfs_error *error, const wf_json *members);

/* The code of a problem; behind them, of those that nginx itself raises; NULL
 * behind the last. */
const char *ngx_http_waveforge_problem_code(ngx_uint_t number);

/* The body for a status that nginx itself answers with; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_waveforge_describe(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *ret_text);


#define NGX_HTTP_WAVEFORGE_PROBLEM_TYPE  "application/problem+json"


#endif /* _NGX_HTTP_WAVEFORGE_PROBLEM_H_INCLUDED_ */
