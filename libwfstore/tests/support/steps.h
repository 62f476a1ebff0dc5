/*
 * steps.h - chunks, and how far the digest has come with them.
 */
#ifndef WFS_TEST_STEPS_H
#define WFS_TEST_STEPS_H

#include "support/store.h"

#include "catch_up.h"

#define TEST_STEPS_CHUNK 400000
#define TEST_STEPS_COUNT 8
#define TEST_STEPS_SIZE (TEST_STEPS_CHUNK * TEST_STEPS_COUNT)

/* How often a digest was put by itself, not with receipts. */
extern int test_steps_puts;

/* The same, by this thread. */
extern _Thread_local int test_steps_own_puts;

/* Count from now on, until `store` is closed. */
void test_steps_count(wfs_store *store);

wfs_upload_row test_steps_get_row(wfs_store *store, const char *id);

/* Send chunk `index` of `audio`; `chunk_size` as in a chunk's spec. */
void test_steps_send(wfs_store *store, const char *id, uint64_t index,
                     const uint8_t *audio, uint64_t chunk_size);

#endif
