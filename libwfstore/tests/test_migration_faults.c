/*
 * test_migration_faults.c - bringing a catalogue up: neither death nor a full
 * disk leaves anything else than the old tables or the new ones.
 */
#include "support/old.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/schema.h"
#include "support/vfs.h"

#define CALLS_MAX 2000

static wfs_status try_open(test_rows *t, wfs_error *error)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_status status =
        wfs_catalogue_open_sqlite(t->folder, &options, &t->catalogue, error);

    if (status == WFS_OK) {
        t->api = t->catalogue->api;
    } else {
        t->catalogue = NULL;
    }
    return status;
}

/* False: opening has fewer than `number` writes. */
static bool open_on_full_disk(int number)
{
    test_rows t;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;
    bool has_failed;

    test_old_make(&t);
    test_vfs_fail_from(number, TEST_VFS_FULL);
    status = try_open(&t, &error);
    test_vfs_heal();
    has_failed = test_vfs_has_failed();
    if (status != WFS_OK) {
        assert_int_equal(status, WFS_ENOSPC);
        assert_int_not_equal(error.detail[0], '\0');
        if (number == 1) {
            assert_non_null(strstr(error.detail, "copy of the catalogue"));
        }
        assert_int_equal(test_rows_ask(&t, "PRAGMA user_version"), 1);
        assert_false(test_old_has_file(&t, "catalog.sqlite3.v1"));
        assert_false(test_old_has_file(&t, "catalog.sqlite3.v1.new"));
        test_rows_open_again(&t);
    }
    test_old_expect_content(&t);
    assert_true(test_old_has_file(&t, "catalog.sqlite3.v1"));
    test_old_remove(&t);
    return has_failed;
}

static void a_full_disk_leaves_the_older_one_untouched(void **state)
{
    int number = 1;

    (void)state;
    while (number < CALLS_MAX && open_on_full_disk(number)) {
        number++;
    }
    assert_true(number > 10 && number < CALLS_MAX);
}

/* False: opening has fewer than `number` writes and syncs. */
static bool die_while_opening(int number)
{
    test_rows t;
    int64_t version;
    int status = 0;
    pid_t pid;

    test_old_make(&t);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        test_vfs_fail_from(number, TEST_VFS_DEATH);
        (void)test_rows_open_in_child(&t);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    version = test_rows_ask(&t, "PRAGMA user_version");
    assert_true(version == 1 || version == WFS_SCHEMA_VERSION);
    test_rows_open_again(&t);
    test_old_expect_content(&t);
    assert_int_equal(test_old_ask_copy(&t, "PRAGMA user_version"), 1);
    assert_int_equal(test_old_ask_copy(&t, "SELECT count(*) FROM chunk"), 2);
    assert_false(test_old_has_file(&t, "catalog.sqlite3.v1.new"));
    test_old_remove(&t);
    return WIFSIGNALED(status);
}

static void death_at_any_moment_leaves_the_older_or_the_new_one(void **state)
{
    int number = 1;

    (void)state;
    while (number < CALLS_MAX && die_while_opening(number)) {
        number++;
    }
    assert_true(number > 10 && number < CALLS_MAX);
}

static int group_set_up(void **state)
{
    (void)state;
    (void)setenv("TMPDIR", "/dev/shm", 0); /* hundreds of short lives */
    test_vfs_register();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_leaves_the_older_one_untouched),
        cmocka_unit_test(death_at_any_moment_leaves_the_older_or_the_new_one),
    };

    return cmocka_run_group_tests(tests, group_set_up, NULL);
}
