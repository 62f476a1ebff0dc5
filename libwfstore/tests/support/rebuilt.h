/*
 * rebuilt.h - the store of upkeep.h with a name and metadata in it, closed, to
 * be rebuilt.
 */
#ifndef WFS_TEST_REBUILT_H
#define WFS_TEST_REBUILT_H

#include "support/upkeep.h"

/* cmocka setup: the second recording has another name and metadata, and the
 * list shows it. The teardown is test_store_teardown. */
int test_rebuilt_setup(void **state);

/* Remove the catalogue. */
void test_lose_catalogue(test_store *self);

/* Rebuild, which must succeed; `told` may be NULL, `options` too. */
wfs_rebuild_summary test_rebuild(test_store *self,
                                 const wfs_rebuild_options *options,
                                 test_told *told);

/* The same, which may fail. */
wfs_status test_try_rebuild(const test_store *self,
                            const wfs_rebuild_options *options);

/* What the recordings of TEST_IDS are, as text; the store is opened for it.
 * New. */
char *test_describe(test_store *self);

/* Fail the test unless they are as they were; `before` is taken. */
void test_expect_described(test_store *self, char *before);

/* Of the store, which is opened for it. */
wfs_store_stat test_rebuilt_stat(test_store *self);

/* test_unname_file of the closed store. */
void test_rebuilt_unname(test_store *self);

/* The path of a recording's file; new. */
char *test_rebuilt_path(test_store *self, const char *id);

#endif
