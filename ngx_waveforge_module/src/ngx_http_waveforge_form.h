
/*
 * The state of a multipart form on its way.
 */


#ifndef _NGX_HTTP_WAVEFORGE_FORM_H_INCLUDED_
#define _NGX_HTTP_WAVEFORGE_FORM_H_INCLUDED_


#include "ngx_http_waveforge_chunk.h"

#include "wf_multipart.h"


typedef enum {
    NGX_HTTP_WAVEFORGE_PART_IGNORED = 0,
    NGX_HTTP_WAVEFORGE_PART_FIELD,
    NGX_HTTP_WAVEFORGE_PART_FILE
} ngx_http_waveforge_part_e;


/*
 * `overhead`  bytes so far that are not the file's
 */

struct ngx_http_waveforge_form_s {
    wf_multipart               mp;

    ngx_http_waveforge_part_e  part;
    char                       value[WF_FIELD_MAX_BYTES];
    size_t                     value_length;

    size_t                     overhead;

    unsigned                   has_file:1;
    unsigned                   is_placed:1;
    unsigned                   is_whole:1;
};


/* What the parser has found. WFS_EINVAL: declined, or what the library says. */
wfs_status ngx_http_waveforge_form_take_event(ngx_http_waveforge_chunk_t *wc,
    wf_multipart_event event, wf_span data);

/* Note a refusal; returns WFS_EINVAL. */
wfs_status ngx_http_waveforge_form_decline(ngx_http_waveforge_chunk_t *wc,
    ngx_http_waveforge_problem_e refusal, const char *detail);
wfs_status ngx_http_waveforge_form_decline_field(
    ngx_http_waveforge_chunk_t *wc, wf_field_status status);


#endif /* _NGX_HTTP_WAVEFORGE_FORM_H_INCLUDED_ */
