/*
 * wf_upload_concat.h - the Upload-Concat header of tus: a file is a part of a
 * later one, or is made of parts.
 */
#ifndef WF_UPLOAD_CONCAT_H
#define WF_UPLOAD_CONCAT_H

#include "wf_query.h"
#include "wfstore/types.h"

typedef enum wf_concat_kind {
    WF_CONCAT_MALFORMED = 0,
    WF_CONCAT_PARTIAL,
    WF_CONCAT_FINAL
} wf_concat_kind;

/* `ret_list`  of WF_CONCAT_FINAL: the URLs, at least one */
wf_concat_kind wf_upload_concat_parse(wf_span text, wf_span *ret_list);

/*
 * The id of the next file of `*list`, which is told by a URL, absolute or
 * relative, that ends with "/files/" and the id. False at the end, or if it is
 * none: then `*ret_is_good` is false.
 */
bool wf_upload_concat_next(wf_span *list, char ret_id[WFS_ID_MAX_BYTES + 1],
                           bool *ret_is_good);

#endif
