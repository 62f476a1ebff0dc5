/*
 * wf_upload_metadata.h - the Upload-Metadata header of tus: what a client says
 * of the file, as pairs of a key and a value in base64.
 */
#ifndef WF_UPLOAD_METADATA_H
#define WF_UPLOAD_METADATA_H

#include "wf_json.h"
#include "wf_query.h"
#include "wfstore/types.h"

/*
 * `name`  of the recording: what `filename` or else `name` says, if it can be
 *         shown; else ""
 * `json`  all other keys but `filetype` and `type`, an object: values as text,
 *         or as they came, in base64, where they are none
 */
typedef struct wf_upload_metadata {
    char name[WFS_NAME_MAX_BYTES + 1];
    wf_json json;
} wf_upload_metadata;

#define WF_UPLOAD_METADATA_INIT                                                \
    {                                                                          \
        "", WF_JSON_INIT                                                       \
    }

/*
 * False if `text` is not such a list: a key is empty, longer than 255 bytes,
 * not of printable ASCII, or there twice, or there are more than 64; a value is
 * not base64; a piece has more than two words, or none. An empty text is an
 * empty list. Released by the caller in any case.
 */
bool wf_upload_metadata_parse(wf_span text, wf_upload_metadata *metadata);

/* Accepts the INIT value; leaves it. */
void wf_upload_metadata_release(wf_upload_metadata *metadata);

#endif
