/*
 * wf_content_digest.h - the Content-Digest header (RFC 9530, RFC 8941).
 */
#ifndef WF_CONTENT_DIGEST_H
#define WF_CONTENT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "wfstore/types.h"

/*
 * Parse "sha-256=:BASE64:, sha-512=:BASE64:". sha-256 wins where both stand;
 * algorithms we do not know are skipped. False: not readable, or none of ours
 * among them.
 */
bool wf_content_digest_parse(const char *text, size_t length,
                             wfs_digest *ret_digest);

#endif
