
/*
 * What a file is at the moment: an upload, or the recording it has become. Both
 * dialects tell it in headers of their own.
 */


#ifndef _NGX_HTTP_WAVEFORGE_FILES_LOOK_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_FILES_LOOK_H_INCLUDED_


#include "ngx_http_waveforge_files.h"
#include "ngx_http_waveforge_task.h"


/*
 * `offset`      bytes that have arrived, without a gap
 * `size`        of all of it; WFS_UNKNOWN
 * `expires_ms`  Unix milliseconds; 0: never
 * `is_complete` it is a recording; `sha256` is that of its bytes
 * `note`        what was kept with it; new, or NULL
 * `is_append`   bytes can be appended; false: it comes in chunks
 * `is_partial`  others will be made of it
 */

typedef struct {
    uint64_t                   offset;
    uint64_t                   size;
    int64_t                    expires_ms;
    ngx_uint_t                 has_sha256;
    uint8_t                    sha256[WFS_SHA256_BYTES];
    char                      *note;
    unsigned                   is_complete:1;
    unsigned                   is_append:1;
    unsigned                   is_partial:1;
} ngx_http_waveforge_state_t;


/* On the loop; returns what the request is finalised with. */
typedef ngx_int_t (*ngx_http_waveforge_look_pt)(ngx_http_request_t *r,
    const ngx_http_waveforge_state_t *state);


/*
 * Look at the file of the request's target and have `answer` tell of it; what
 * is not there, or cannot be looked at, is refused. Who appends to it is ended
 * first, so that the offset told is one to go on from. Returns what a content
 * handler returns.
 */
ngx_int_t ngx_http_waveforge_files_look(ngx_http_request_t *r,
    ngx_http_waveforge_look_pt answer);

/* On a thread: fill `state`; what it held is freed. */
wfs_status ngx_http_waveforge_files_get_state(wfs_store *store,
    const char *id, ngx_http_waveforge_state_t *state, wfs_error *error);


#endif /* _NGX_HTTP_WAVEFORGE_FILES_LOOK_H_INCLUDED_ */
