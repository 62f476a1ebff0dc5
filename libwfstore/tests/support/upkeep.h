/*
 * upkeep.h - a store with three recordings, to verify, back up and rebuild.
 */
#ifndef WFS_TEST_UPKEEP_H
#define WFS_TEST_UPKEEP_H

#include "support/told.h"

/* The n-th recording, from 0, has n bytes more. */
#define TEST_SIZE 3000
#define TEST_COUNT 3

extern const char *const TEST_IDS[TEST_COUNT]; /* a, b, c */

#define TEST_CATALOGUE ".wfstore/catalog.sqlite3"

/* cmocka setup; *state is a test_store, and open. */
int test_upkeep_setup(void **state);

/* Of an open store. */
wfs_store_stat test_store_get_stat(const test_store *self);

/* Leave the file of recording b as a crash between the commit of completing and
 * the rename does. test_know_unnamed: the catalogue of the store, which is to
 * be closed, knows of it. */
void test_unname_file(test_store *self);
void test_know_unnamed(const test_store *self);
#define TEST_UNNAMED ".wfstore/uploads/b.77.part"

/* Progress that cancels at once. */
bool test_refuse(void *data, uint64_t done, uint64_t total);

#endif
