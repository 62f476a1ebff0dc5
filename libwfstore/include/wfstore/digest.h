/*
 * digest.h - SHA-1, SHA-256 and SHA-512 (FIPS 180-4) of bytes as they come.
 *
 * For callers that must prove more than a chunk, for example a whole message
 * body (RFC 9530). A hasher belongs to one thread at a time.
 */
#ifndef WFSTORE_DIGEST_H
#define WFSTORE_DIGEST_H

#include "wfstore/types.h"

typedef struct wfs_hasher wfs_hasher;

/* New; ends with wfs_hasher_close. NULL: no memory, or kind is NONE. */
WFS_PUBLIC wfs_hasher *wfs_hasher_open(wfs_digest_kind kind);

WFS_PUBLIC void wfs_hasher_update(wfs_hasher *hasher, const void *bytes,
                                  size_t length);

/* The digest of all bytes so far; the hasher may only be closed afterwards. */
WFS_PUBLIC void wfs_hasher_finish(wfs_hasher *hasher, wfs_digest *ret_digest);

/* Accepts NULL. */
WFS_PUBLIC void wfs_hasher_close(wfs_hasher *hasher);

/* How many bytes a digest of this kind has; 0 for WFS_DIGEST_NONE. */
WFS_PUBLIC size_t wfs_digest_get_length(wfs_digest_kind kind);

/* Whether two SHA-256 at once take less time than one after the other: the
 * processor has instructions for it. */
WFS_PUBLIC bool wfs_digest_has_pair(void);

/* Whether both are the same digest of the same kind. */
WFS_PUBLIC bool wfs_digest_is_equal(const wfs_digest *a, const wfs_digest *b);

#endif
