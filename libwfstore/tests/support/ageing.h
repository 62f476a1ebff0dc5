/*
 * ageing.h - a store over which time passes.
 */
#ifndef WFS_TEST_AGEING_H
#define WFS_TEST_AGEING_H

#include "support/store.h"

#define TEST_DAY_MS INT64_C(86400000)

/*
 * cmocka setups, torn down by test_store_teardown; *state is a test_store, the
 * clocks are right. Audio of idle uploads is kept and recordings stay; or it
 * is deleted; or recordings go after seven days.
 */
int test_ageing_setup(void **state);
int test_ageing_setup_delete(void **state);
int test_ageing_setup_retention(void **state);

/* Tend once; must not fail. */
void test_ageing_tend(const test_store *self);

/* A tended store, then that much time, in which it was tended, too. */
void test_ageing_pass(const test_store *self, int64_t ms);

/* Send chunk `index` of `length` bytes of audio. */
void test_ageing_send(const test_store *self, const char *id, uint64_t index,
                      size_t length);

bool test_has_upload(const test_store *self, const char *id);
bool test_has_recording(const test_store *self, const char *id);
wfs_store_stat test_get_stat(const test_store *self);

#endif
