
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
 * `piece`, `pos`  where the parser is in the body's pieces
 * `overhead`      bytes so far that are not the file's
 */

struct ngx_http_waveforge_form_s {
    wf_multipart               mp;
    ngx_uint_t                 piece;
    const char                *pos;

    ngx_http_waveforge_part_e  part;
    char                       value[WF_FIELD_MAX_BYTES];
    size_t                     value_length;

    size_t                     overhead;

    unsigned                   has_file:1;
    unsigned                   is_placed:1;
    unsigned                   is_whole:1;
};


/*
 * What the parser has found: sets the steps and pieces of the next job. NGX_OK,
 * or NGX_DECLINED: refusal and detail say why.
 */
ngx_int_t ngx_http_waveforge_form_take(ngx_http_waveforge_chunk_t *wc,
    wf_multipart_event event, wf_span data);


#endif /* _NGX_HTTP_WAVEFORGE_FORM_H_INCLUDED_ */
