
#include "ngx_http_waveforge_problems.h"


/* In the order of ngx_http_waveforge_problem_e. */

static const ngx_http_waveforge_problem_t  ngx_http_waveforge_problems[] = {
    { 400, "Bad Request", "MISSING_FIELD", "a field is missing", 0 },
    { 400, "Bad Request", "INVALID_FIELD", "a field is not valid", 0 },
    { 400, "Bad Request", "INVALID_ID",
      "an id is 1 to 64 of A-Z, a-z, 0-9, _ and -", 0 },
    { 400, "Bad Request", "INVALID_FORMAT", "the body cannot be read", 0 },
    { 400, "Bad Request", "INVALID_CURSOR",
      "the cursor is not one of this list", 0 },
    { 400, "Bad Request", "INVALID_DIGEST",
      "the digest is not a sha-256 or sha-512 in RFC 9530's form", 0 },
    { 400, "Bad Request", "EMPTY_CHUNK", "the chunk has no bytes", 0 },
    { 400, "Bad Request", "INCONSISTENT_LENGTH",
      "the upload has another length", 0 },
    { 400, "Bad Request", "COMPLETED_UPLOAD",
      "the upload is complete already", 0 },
    { 403, "Forbidden", "FORBIDDEN_ORIGIN",
      "pages of other sites may not change anything here", 0 },
    { 403, "Forbidden", "NO_STORE",
      "this request has no store, for it does not say whose", 0 },
    { 404, "Not Found", "NOT_FOUND", "there is nothing of this name", 0 },
    { 404, "Not Found", "UPLOAD_NOT_FOUND", "there is no such upload", 0 },
    { 404, "Not Found", "RECORDING_NOT_FOUND",
      "there is no such recording", 0 },
    { 405, "Method Not Allowed", "METHOD_NOT_ALLOWED",
      "this resource does not have this method, see Allow", 0 },
    { 409, "Conflict", "CHUNK_CONFLICT",
      "what the request says differs from what is there", 0 },
    { 409, "Conflict", "CHUNKS_MISSING", "not all chunks have arrived", 0 },
    { 409, "Conflict", "ALREADY_COMPLETE",
      "the upload is a finished recording already", 0 },
    { 409, "Conflict", "OFFSET_MISMATCH",
      "another number of bytes has arrived, see Upload-Offset", 0 },
    { 403, "Forbidden", "NOT_APPENDABLE",
      "nothing can be appended to this", 0 },
    { 410, "Gone", "DELETED", "this id was deleted", 0 },
    { 412, "Precondition Failed", "PRECONDITION_FAILED",
      "the recording is not as If-Match says", 0 },
    { 412, "Precondition Failed", "UNSUPPORTED_VERSION",
      "Tus-Resumable must be 1.0.0", 0 },
    { 413, "Content Too Large", "FILE_TOO_LARGE", "this is too large", 0 },
    { 413, "Content Too Large", "INVALID_FORMAT", "the body is too large", 0 },
    { 413, "Content Too Large", "TOO_MANY_CHUNKS",
      "an upload has at most 1000000 chunks", 0 },
    { 415, "Unsupported Media Type", "UNSUPPORTED_ENCODING",
      "a body with a Content-Encoding is not accepted", 0 },
    { 415, "Unsupported Media Type", "UNSUPPORTED_TYPE",
      "the content is not audio of an accepted type", 0 },
    { 415, "Unsupported Media Type", "UNSUPPORTED_BODY",
      "the body does not have the type that this protocol wants", 0 },
    { 422, "Unprocessable Content", "DIGEST_MISMATCH",
      "the bytes do not have the digest given", 0 },
    { 423, "Locked", "CHUNK_BUSY",
      "this is being received or completed on another connection", 1 },
    { 460, "Checksum Mismatch", "DIGEST_MISMATCH",
      "the bytes do not have the checksum given", 0 },
    { 429, "Too Many Requests", "TOO_MANY_UPLOADS",
      "there are too many unfinished uploads", 60 },
    { 503, "Service Unavailable", "TOO_MANY_UPLOADS",
      "there are too many unfinished uploads", 60 },
    { 503, "Service Unavailable", "STORE_BUSY",
      "too much is waiting for the store", 1 },
    { 503, "Service Unavailable", "STORAGE_ERROR",
      "the store cannot be opened", 5 },
    { 507, "Insufficient Storage", "STORAGE_FULL",
      "there is not enough space left", 0 },
    { 500, "Internal Server Error", "STORAGE_ERROR", "the store failed", 0 },
};


/* Those that are registered have a type of their own. */

#define NGX_HTTP_WAVEFORGE_REGISTERED                                         \
    "https://iana.org/assignments/http-problem-types#"

static const struct {
    ngx_http_waveforge_problem_e  problem;
    const char                   *type;
} ngx_http_waveforge_problem_types[] = {
    { NGX_HTTP_WAVEFORGE_OFFSET_MISMATCH,
      NGX_HTTP_WAVEFORGE_REGISTERED "mismatching-upload-offset" },
    { NGX_HTTP_WAVEFORGE_INCONSISTENT_LENGTH,
      NGX_HTTP_WAVEFORGE_REGISTERED "inconsistent-upload-length" },
    { NGX_HTTP_WAVEFORGE_COMPLETED_UPLOAD,
      NGX_HTTP_WAVEFORGE_REGISTERED "completed-upload" },
    { 0, NULL }
};


/* What an outcome of the library is for the client, and for the log. */

static const struct {
    wfs_status                    status;
    ngx_http_waveforge_problem_e  problem;
    ngx_uint_t                    level;
} ngx_http_waveforge_statuses[] = {
    { WFS_EINVAL, NGX_HTTP_WAVEFORGE_INVALID_FIELD, NGX_LOG_INFO },
    { WFS_EID, NGX_HTTP_WAVEFORGE_INVALID_ID, NGX_LOG_INFO },
    { WFS_EEMPTY, NGX_HTTP_WAVEFORGE_EMPTY_CHUNK, NGX_LOG_INFO },
    { WFS_EFORMAT, NGX_HTTP_WAVEFORGE_INVALID_FORMAT, NGX_LOG_INFO },
    { WFS_ECURSOR, NGX_HTTP_WAVEFORGE_INVALID_CURSOR, NGX_LOG_INFO },
    { WFS_ETOOLARGE, NGX_HTTP_WAVEFORGE_FILE_TOO_LARGE, NGX_LOG_INFO },
    { WFS_ETOOMANY, NGX_HTTP_WAVEFORGE_TOO_MANY_CHUNKS, NGX_LOG_INFO },
    { WFS_ETYPE, NGX_HTTP_WAVEFORGE_UNSUPPORTED_TYPE, NGX_LOG_INFO },
    { WFS_ECONFLICT, NGX_HTTP_WAVEFORGE_CHUNK_CONFLICT, NGX_LOG_INFO },
    { WFS_EMISSING, NGX_HTTP_WAVEFORGE_CHUNKS_MISSING, NGX_LOG_INFO },
    { WFS_EDIGEST, NGX_HTTP_WAVEFORGE_DIGEST_MISMATCH, NGX_LOG_WARN },
    { WFS_ECOMPLETE, NGX_HTTP_WAVEFORGE_ALREADY_COMPLETE, NGX_LOG_INFO },
    { WFS_EGONE, NGX_HTTP_WAVEFORGE_DELETED, NGX_LOG_INFO },
    { WFS_ENOUPLOAD, NGX_HTTP_WAVEFORGE_UPLOAD_NOT_FOUND, NGX_LOG_INFO },
    { WFS_ENORECORDING, NGX_HTTP_WAVEFORGE_RECORDING_NOT_FOUND,
      NGX_LOG_INFO },
    { WFS_ECHANGED, NGX_HTTP_WAVEFORGE_PRECONDITION_FAILED, NGX_LOG_INFO },
    { WFS_EBUSY, NGX_HTTP_WAVEFORGE_CHUNK_BUSY, NGX_LOG_INFO },
    { WFS_ENOSPC, NGX_HTTP_WAVEFORGE_STORAGE_FULL, NGX_LOG_WARN },
    { WFS_EQUOTA, NGX_HTTP_WAVEFORGE_STORAGE_FULL, NGX_LOG_WARN },
    { WFS_EUPLOADS, NGX_HTTP_WAVEFORGE_TOO_MANY_UPLOADS, NGX_LOG_WARN },
    { WFS_ELOCKED, NGX_HTTP_WAVEFORGE_STORE_BUSY, NGX_LOG_WARN },
    { WFS_ECANCELED, NGX_HTTP_WAVEFORGE_STORE_BUSY, NGX_LOG_INFO },
    { WFS_EVERSION, NGX_HTTP_WAVEFORGE_STORE_UNAVAILABLE, NGX_LOG_CRIT },
    { WFS_ENOSTORE, NGX_HTTP_WAVEFORGE_STORE_UNAVAILABLE, NGX_LOG_CRIT },
    { WFS_EREADONLY, NGX_HTTP_WAVEFORGE_STORE_UNAVAILABLE, NGX_LOG_CRIT },
    { WFS_EIO, NGX_HTTP_WAVEFORGE_STORAGE_ERROR, NGX_LOG_CRIT },
    { WFS_ENOMEM, NGX_HTTP_WAVEFORGE_STORAGE_ERROR, NGX_LOG_CRIT },
    { WFS_ECORRUPT, NGX_HTTP_WAVEFORGE_STORAGE_ERROR, NGX_LOG_CRIT },
    { WFS_OK, NGX_HTTP_WAVEFORGE_STORAGE_ERROR, NGX_LOG_ALERT },
};


/* What nginx itself answers with; 0 ends the table and stands for the rest. */

static const ngx_http_waveforge_problem_t  ngx_http_waveforge_foreign[] = {
    { 400, "Bad Request", "BAD_REQUEST", "the request cannot be read", 0 },
    { 401, "Unauthorized", "UNAUTHORIZED",
      "this needs authentication", 0 },
    { 403, "Forbidden", "FORBIDDEN", "this is not allowed", 0 },
    { 404, "Not Found", "NOT_FOUND", "there is nothing of this name", 0 },
    { 405, "Method Not Allowed", "METHOD_NOT_ALLOWED",
      "this resource does not have this method", 0 },
    { 412, "Precondition Failed", "PRECONDITION_FAILED",
      "the resource is not as the request's conditions say", 0 },
    { 413, "Content Too Large", "FILE_TOO_LARGE", "the body is too large", 0 },
    { 416, "Range Not Satisfiable", "RANGE_NOT_SATISFIABLE",
      "the range lies outside the content", 0 },
    { 429, "Too Many Requests", "TOO_MANY_REQUESTS",
      "too many requests, try again later", 0 },
    { 500, "Internal Server Error", "INTERNAL_ERROR",
      "the server failed", 0 },
    { 503, "Service Unavailable", "UNAVAILABLE",
      "too many requests, try again later", 0 },
    { 0, "Error", "ERROR", "the request was not carried out", 0 },
};


#define NGX_HTTP_WAVEFORGE_FOREIGN                                            \
    (sizeof(ngx_http_waveforge_foreign)                                       \
     / sizeof(ngx_http_waveforge_problem_t))


const ngx_http_waveforge_problem_t *
ngx_http_waveforge_problem_get(ngx_http_waveforge_problem_e problem)
{
    return &ngx_http_waveforge_problems[problem];
}


const ngx_http_waveforge_problem_t *
ngx_http_waveforge_problem_of_status(wfs_status status, ngx_uint_t *ret_level)
{
    ngx_uint_t  i;

    for (i = 0; ngx_http_waveforge_statuses[i].status != WFS_OK; i++) {
        if (ngx_http_waveforge_statuses[i].status == status) {
            break;
        }
    }

    *ret_level = ngx_http_waveforge_statuses[i].level;

    return ngx_http_waveforge_problem_get(
                                       ngx_http_waveforge_statuses[i].problem);
}


const ngx_http_waveforge_problem_t *
ngx_http_waveforge_problem_of_nginx(ngx_uint_t status)
{
    const ngx_http_waveforge_problem_t  *p;

    for (p = ngx_http_waveforge_foreign; p->status; p++) {
        if (p->status == status) {
            break;
        }
    }

    return p;
}


const char *
ngx_http_waveforge_problem_type(const ngx_http_waveforge_problem_t *p)
{
    ngx_uint_t  i;

    for (i = 0; ngx_http_waveforge_problem_types[i].type; i++) {
        if (p == &ngx_http_waveforge_problems[
                     ngx_http_waveforge_problem_types[i].problem])
        {
            return ngx_http_waveforge_problem_types[i].type;
        }
    }

    return "about:blank";
}


ngx_uint_t
ngx_http_waveforge_problem_number(const ngx_http_waveforge_problem_t *p)
{
    if (p >= ngx_http_waveforge_foreign
        && p < ngx_http_waveforge_foreign + NGX_HTTP_WAVEFORGE_FOREIGN)
    {
        return NGX_HTTP_WAVEFORGE_PROBLEMS
               + (ngx_uint_t) (p - ngx_http_waveforge_foreign);
    }

    return (ngx_uint_t) (p - ngx_http_waveforge_problems);
}


const char *
ngx_http_waveforge_problem_code(ngx_uint_t number)
{
    if (number < NGX_HTTP_WAVEFORGE_PROBLEMS) {
        return ngx_http_waveforge_problems[number].code;
    }

    number -= NGX_HTTP_WAVEFORGE_PROBLEMS;

    return number < NGX_HTTP_WAVEFORGE_FOREIGN
           ? ngx_http_waveforge_foreign[number].code : NULL;
}
