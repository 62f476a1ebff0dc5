/*
 * test_unread.c - backing up and rebuilding while the disk cannot be read: what
 * cannot be looked at now is neither another, nor gone, nor damaged.
 */
#include "support/backups.h"
#include "support/rebuilt.h"

#include <string.h>

#include "support/calls.h"

#define CALLS_MAX 2000

static wfs_status back_up_failing(const test_store *self, int n)
{
    test_store backup = test_backup_of(self);
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;

    calls_reset();
    calls_fail(n, CALLS_EIO);
    status = wfs_store_backup(self->store, backup.path, NULL, NULL, NULL, NULL,
                              &error);
    calls_stop();
    if (status != error.status) {
        fail_msg("%s: %s, but told is %s", calls_get_failed(),
                 wfs_status_name(status), wfs_status_name(error.status));
    }
    return status;
}

static void a_backup_whose_mark_is_unread_is_no_other_store(void **state)
{
    test_store *self = *state;
    int n = 1;

    (void)test_back_up(self, NULL, NULL);
    do {
        wfs_status status = back_up_failing(self, n);

        if (status != WFS_OK && status != WFS_EIO) {
            fail_msg("%s: %s", calls_get_failed(), wfs_status_name(status));
        }
    } while (calls_has_failed() && n++ < CALLS_MAX);
    assert_true(n > 10 && n < CALLS_MAX);
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

static wfs_status rebuild_failing(const test_store *self, int n,
                                  const wfs_rebuild_options *options,
                                  test_told *told)
{
    wfs_status status;

    calls_reset();
    calls_fail(n, CALLS_EIO);
    status = wfs_store_rebuild(self->path, options, test_told_keep, told, NULL,
                               NULL);
    calls_stop();
    return status;
}

static bool begin_never(void *data, uint64_t done, uint64_t total)
{
    (void)data;
    fail_msg("%s: %d of %d bytes are rebuilt", calls_get_failed(), (int)done,
             (int)total);
    return false;
}

static void a_store_whose_version_is_unread_may_be_newer(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    char *before = test_describe(self);
    int n = 1;

    options.replace = true;
    options.progress = begin_never;
    test_store_put_file(self, ".wfstore/version", "99\n");
    do {
        wfs_status status = rebuild_failing(self, n, &options, &told);

        assert_true(status == WFS_EVERSION || status == WFS_EIO);
    } while (calls_has_failed() && n++ < CALLS_MAX);
    assert_true(n > 5 && n < CALLS_MAX);
    assert_string_equal(told.log, "");
    test_store_put_file(self, ".wfstore/version", "1\n");
    test_expect_described(self, before);
}

/* A run before may have left one that only wanted its name. */
static void a_catalogue_that_is_unseen_is_not_one_that_is_there(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    int n = 0;

    do {
        test_lose_catalogue(self);
        told.log[0] = '\0';
        if (rebuild_failing(self, ++n, NULL, &told) == WFS_ECONFLICT &&
            !test_file_exists(test_store_get_path(self, TEST_CATALOGUE))) {
            fail_msg("%s: there is no catalogue", calls_get_failed());
        }
    } while (calls_has_failed() && n < CALLS_MAX);
    assert_true(n > 10 && n < CALLS_MAX);
    test_lose_catalogue(self);
    (void)test_rebuild(self, NULL, NULL);
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT);
}

static void a_list_that_is_unread_is_told_and_done_without(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_status status = WFS_EIO;

    for (int n = 1; n < CALLS_MAX && strstr(told.log, "entry:") == NULL; n++) {
        test_lose_catalogue(self);
        told.log[0] = '\0';
        status = rebuild_failing(self, n, NULL, &told);
    }
    assert_status(status, WFS_OK);
    test_told_expect(&told, "entry:metadata.json");
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT);
}

int main(void)
{
#define TEST(name, setup)                                                      \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_backup_whose_mark_is_unread_is_no_other_store,
             test_upkeep_setup),
        TEST(a_store_whose_version_is_unread_may_be_newer, test_rebuilt_setup),
        TEST(a_catalogue_that_is_unseen_is_not_one_that_is_there,
             test_rebuilt_setup),
        TEST(a_list_that_is_unread_is_told_and_done_without,
             test_rebuilt_setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
