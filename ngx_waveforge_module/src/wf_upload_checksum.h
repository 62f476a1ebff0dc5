/*
 * wf_upload_checksum.h - the Upload-Checksum header of tus: the name of an
 * algorithm and a raw digest in base64.
 */
#ifndef WF_UPLOAD_CHECKSUM_H
#define WF_UPLOAD_CHECKSUM_H

#include "wf_query.h"
#include "wfstore/types.h"

/* What Tus-Checksum-Algorithm tells. */
#define WF_UPLOAD_CHECKSUM_ALGORITHMS "sha1,sha256,sha512"

typedef enum wf_checksum_status {
    WF_CHECKSUM_OK = 0,
    WF_CHECKSUM_MALFORMED, /* not a name and base64, or an unknown name */
    WF_CHECKSUM_MISMATCH   /* no digest of that algorithm has this length */
} wf_checksum_status;

wf_checksum_status wf_upload_checksum_parse(wf_span text,
                                            wfs_digest *ret_digest);

#endif
