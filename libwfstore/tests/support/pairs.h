/*
 * pairs.h - two digests at once: counted, and refused as by a processor without
 * the instructions. A test that is linked with this has
 * -Wl,--wrap=wfs_digest_pair.
 */
#ifndef WFS_TEST_PAIRS_H
#define WFS_TEST_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "digest.h"

/* Set-ups of a test: the processor may do it, or must not. Nothing is counted
 * yet. */
int test_pairs_allow(void **state);
int test_pairs_refuse(void **state);

/* Whether it is done here, and whether the processor says that it may be. */
bool test_pairs_has_instructions(void);
bool test_pairs_may_have_instructions(void);

/* Blocks done at once since the set-up. */
size_t test_pairs_get_taken(void);

/* What was to be done at once was, or could not be. */
void test_pairs_assert_taken(size_t least);

/* The same bytes in each run. */
uint32_t test_pairs_get_random(void);
void test_pairs_fill(uint8_t *bytes, size_t length);

/* SHA-256 that has seen these bytes; new. */
wfs_hasher *test_pairs_open_behind(const uint8_t *bytes, size_t length);

void test_pairs_assert_same(const wfs_hasher *a, const wfs_hasher *b);

/* Finishes and closes it. */
void test_pairs_assert_digest(wfs_hasher *hasher, const wfs_digest *expected);

/* The same bytes to both. */
void test_pairs_update_both(wfs_hasher *a, wfs_hasher *b, const uint8_t *bytes,
                            size_t length);

#endif
