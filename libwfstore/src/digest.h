/*
 * digest.h - two digests at once; saving a SHA-256 in the middle of its work,
 * and going on.
 *
 * The saved state is portable: eight words and the count of bytes in big
 * endian, then the bytes of the last unfinished block (FIPS 180-4, 6.2).
 */
#ifndef WFS_DIGEST_INTERNAL_H
#define WFS_DIGEST_INTERNAL_H

#include "catalogue.h"
#include "wfstore/digest.h"

/* Of a SHA-256 that is not finished. */
void wfs_hasher_save(const wfs_hasher *hasher, wfs_digest_state *ret_state);

/*
 * A SHA-256 that goes on from `state`; of length 0: from the beginning. New.
 * Returns WFS_ECORRUPT if the state is not one, WFS_ENOMEM.
 */
wfs_status wfs_hasher_restore(const wfs_digest_state *state,
                              wfs_hasher **ret_hasher);

/* What comes next of one of two digests. */
typedef struct wfs_hasher_piece {
    wfs_hasher *hasher;
    const uint8_t *bytes;
    size_t length;
} wfs_hasher_piece;

/* wfs_hasher_update of two different ones, in less time than of one after the
 * other if both are SHA-256 and the processor can (digest_pair.h); the bytes
 * may be the same. */
void wfs_hasher_update_both(const wfs_hasher_piece *a,
                            const wfs_hasher_piece *b);

/* Bytes digested so far. */
uint64_t wfs_hasher_get_count(const wfs_hasher *hasher);

#endif
