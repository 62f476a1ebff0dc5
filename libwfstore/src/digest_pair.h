/*
 * digest_pair.h - SHA-256 of two streams at once, where the processor can.
 *
 * Each round of SHA-256 needs the one before, so that a processor with
 * instructions for it waits most of the time. A second stream whose rounds lie
 * between those of the first costs less than half of what it costs by itself
 * (docs/decisions/0040).
 */
#ifndef WFS_DIGEST_PAIR_H
#define WFS_DIGEST_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WFS_DIGEST_BLOCK_BYTES 64

/*
 * Add `count` blocks to each of two states (FIPS 180-4, 6.2.2), words as in the
 * standard; the blocks of both may be the same bytes, and lie anywhere.
 *
 * Returns false if this processor has not the instructions: nothing happened.
 */
bool wfs_digest_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
                     const uint8_t *b_blocks, size_t count);

#endif
