/*
 * wf_content_digest.h - the headers of digests (RFC 9530): Content-Digest,
 * Repr-Digest, and Want-Repr-Digest.
 */
#ifndef WF_CONTENT_DIGEST_H
#define WF_CONTENT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "wfstore/types.h"

/*
 * Parse "sha-256=:BASE64:, sha-512=:BASE64:". sha-256 wins where both stand;
 * algorithms we do not know are skipped. False: no dictionary, or none of ours
 * among them.
 */
bool wf_content_digest_parse(const char *text, size_t length,
                             wfs_digest *ret_digest);

/* Whether "sha-256=10, md5=1" accepts a sha-256: any preference but 0. */
bool wf_want_digest_has_sha256(const char *text, size_t length);

#endif
