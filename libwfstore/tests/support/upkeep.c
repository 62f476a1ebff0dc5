/*
 * upkeep.c - a store with three recordings, to verify, back up and rebuild.
 */
#include "support/upkeep.h"

#include <stdio.h>

const char *const TEST_IDS[TEST_COUNT] = {"a", "b", "c"};

int test_upkeep_setup(void **state)
{
    int result = test_store_setup(state);

    for (size_t i = 0; result == 0 && i < TEST_COUNT; i++) {
        test_add_recording(*state, TEST_IDS[i], TEST_SIZE + i);
    }
    return result;
}

wfs_store_stat test_store_get_stat(const test_store *self)
{
    wfs_store_stat stat;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    return stat;
}

void test_unname_file(test_store *self)
{
    char named[TEST_PATH_BYTES * 2];

    snprintf(named, sizeof named, "%s", test_recording_path(self, "b"));
    assert_int_equal(rename(named, test_store_get_path(self, TEST_UNNAMED)), 0);
}

void test_know_unnamed(const test_store *self)
{
    test_run_sql(self, "UPDATE recording SET part = 77 WHERE id = 'b'");
}

bool test_refuse(void *data, uint64_t done, uint64_t total)
{
    (void)data;
    (void)done;
    (void)total;
    return false;
}
