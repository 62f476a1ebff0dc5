/*
 * appends.h - an upload whose bytes are appended, named `app`.
 */
#ifndef WFS_TEST_APPENDS_H
#define WFS_TEST_APPENDS_H

#include "support/store.h"

#define TEST_APPENDS_SIZE 50000
#define TEST_APPENDS_PIECE 20000

/* All of its audio, while a test goes on. */
extern uint8_t *test_appends_audio;

/* cmocka setup and teardown; *state is a test_store. */
int test_appends_setup(void **state);
int test_appends_setup_recording(void **state); /* durability `recording` */
int test_appends_teardown(void **state);

/* Create it, with a name, metadata and this size (WFS_UNKNOWN: not known). */
void test_appends_create(wfs_store *store, uint64_t size);

wfs_append_spec test_appends_spec(uint64_t offset, uint64_t length);

/* Begin, and give the append up. */
wfs_status test_appends_try(wfs_store *store, uint64_t offset, uint64_t length);

/* New; ends as every chunk does. */
wfs_chunk *test_appends_begin(wfs_store *store, uint64_t offset,
                              uint64_t length);

/* Append `length` bytes of the audio from `offset` on. */
void test_appends_add(wfs_store *store, uint64_t offset, uint64_t length);

/* How many bytes the store has of it. */
uint64_t test_appends_get_arrived(wfs_store *store);

wfs_status test_appends_complete(wfs_store *store, uint64_t size,
                                 wfs_recording *ret_recording);

/* Complete, and expect all of it. */
void test_appends_complete_ok(const test_store *self);

#endif
