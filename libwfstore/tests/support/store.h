/*
 * store.h - what tests of a whole store share: a store in a folder of its own,
 * audio to put into it, uploading in one call.
 */
#ifndef WFS_TEST_STORE_H
#define WFS_TEST_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wfstore/wfstore.h"

#define TEST_PATH_BYTES 256

typedef struct test_store {
    char folder[TEST_PATH_BYTES]; /* made for this test, removed after it */
    char path[TEST_PATH_BYTES];   /* the store in it */
    wfs_store *store;
    const wfs_store_options *options; /* borrowed; NULL: the defaults */
} test_store;

/* cmocka setup and teardown; *state is a test_store. */
int test_store_setup(void **state);
int test_store_setup_recording(void **state); /* durability `recording` */
int test_store_teardown(void **state);

/* Open it, with its options. */
void test_store_open(test_store *self);
void test_store_close(test_store *self);

/* Close the store and open it again, as after a restart. */
void test_store_reopen(test_store *self);

/* The same after a power cut: what was not synced is in doubt. */
void test_store_reboot(test_store *self);

/* Path of a file in the store; static, valid until the next call. */
const char *test_store_get_path(const test_store *self, const char *name);

/* How many files of uploads/ have a name ending with `suffix` ("": all). */
size_t test_store_count_uploads(const test_store *self, const char *suffix);

/* Put a file with `text` into the store's folder. */
void test_store_put_file(const test_store *self, const char *name,
                         const char *text);

/* Tend until nothing is left to do. */
void test_tend(const test_store *self);

/* Tend until metadata.json shows the store as it is now. */
void test_publish(const test_store *self);

bool test_file_exists(const char *path);

/* New bytes of a whole file, and a NUL; fails the test if there is none. */
uint8_t *test_file_read(const char *path, size_t *ret_length);

/* A WAV file of `length` bytes (at least 44), its samples from `seed`. New. */
uint8_t *test_audio_make(size_t length, uint32_t seed);

/* SHA-256 of bytes, as a digest for a chunk. */
wfs_digest test_digest(const void *bytes, size_t length);

/* The spec of chunk `index` with the usual limits. */
wfs_chunk_spec test_chunk_spec(const char *id, uint64_t index);

/* Begin, and give the chunk up; a failure must say why. */
wfs_status test_try_begin(wfs_store *store, const wfs_chunk_spec *spec);

/* Begin, write, commit; returns the first failure. `receipt` may be NULL. */
wfs_status test_send(wfs_store *store, const wfs_chunk_spec *spec,
                     const void *bytes, size_t length, wfs_receipt *receipt);

/* Send, and fail the test unless it is accepted. */
void test_send_ok(wfs_store *store, const wfs_chunk_spec *spec,
                  const void *bytes, size_t length);

/* Send `count` chunks of `length` bytes each, in order. */
void test_send_pieces(wfs_store *store, const char *id, const uint8_t *bytes,
                      uint64_t count, size_t length);

/* Fail the test if there is an upload `id`. */
void test_expect_no_upload(wfs_store *store, const char *id);

wfs_complete_spec test_complete_spec(const char *id);

/* Complete; a failure must say why. */
wfs_status test_complete_with(wfs_store *store, const wfs_complete_spec *spec,
                              wfs_recording *ret_recording,
                              bool *ret_was_complete);

/* The same, for who wants nothing but the status. */
wfs_status test_try_complete(wfs_store *store, const wfs_complete_spec *spec);

/* Complete with nothing but a total (WFS_UNKNOWN: none). */
wfs_status test_complete(wfs_store *store, const char *id, uint64_t total,
                         wfs_recording *ret_recording);

/*
 * Fail the test unless recording `id` has exactly these bytes on disk, under
 * its name, this size and this SHA-256.
 */
void test_expect_recording(const test_store *self, const char *id,
                           const uint8_t *bytes, size_t length);

/* Complete, and expect that. */
void test_complete_ok(const test_store *self, const char *id, uint64_t total,
                      const uint8_t *bytes, size_t length);

#define assert_status(actual, expected)                                        \
    assert_string_equal(wfs_status_name(actual), wfs_status_name(expected))

#endif
