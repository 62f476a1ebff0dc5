/*
 * test_migration_unread.c - bringing a catalogue up while the disk cannot be
 * read: only a catalogue that is damaged is called so.
 */
#include "support/old.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/calls.h"
#include "support/store.h"

#define CALLS_MAX 4000

static wfs_status try_open(test_rows *t)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_status status =
        wfs_catalogue_open_sqlite(t->folder, &options, &t->catalogue, NULL);

    if (status == WFS_OK) {
        t->catalogue->api->close(t->catalogue);
    }
    t->catalogue = NULL;
    return status;
}

/* False: opening has fewer than `n` calls. */
static bool open_failing(int n)
{
    test_rows t;
    wfs_status status;

    test_old_make(&t);
    calls_reset();
    calls_include_sqlite();
    calls_fail(n, CALLS_EIO);
    status = try_open(&t);
    calls_stop();
    if (status == WFS_ECORRUPT) {
        fail_msg("%s: it is called damaged", calls_get_failed());
    }
    test_rows_open_again(&t);
    test_old_expect_content(&t);
    test_old_remove(&t);
    return calls_has_failed();
}

static void a_copy_that_is_unread_is_no_damaged_catalogue(void **state)
{
    int n = 1;

    (void)state;
    while (n < CALLS_MAX && open_failing(n)) {
        n++;
    }
    assert_true(n > 10 && n < CALLS_MAX);
}

/* The root page of the table of recordings is none. */
static void damage(const test_rows *t)
{
    char command[1024];

    (void)snprintf(command, sizeof command,
                   "cd '%s' && n=$(sqlite3 catalog.sqlite3 \"SELECT rootpage"
                   " FROM sqlite_schema WHERE name = 'recording'\") && dd"
                   " if=/dev/zero of=catalog.sqlite3 bs=4096 count=1"
                   " conv=notrunc seek=$((n - 1)) 2>/dev/null",
                   t->folder);
    test_old_run(command);
}

static void a_damaged_catalogue_is_called_so(void **state)
{
    test_rows t;

    (void)state;
    test_old_make(&t);
    damage(&t);
    assert_status(try_open(&t), WFS_ECORRUPT);
    assert_false(test_old_has_file(&t, "catalog.sqlite3.v1"));
    assert_false(test_old_has_file(&t, "catalog.sqlite3.v1.new"));
    assert_int_equal(test_rows_ask(&t, "PRAGMA user_version"), 1);
    test_old_remove(&t);
}

static int group_set_up(void **state)
{
    (void)state;
    (void)setenv("TMPDIR", "/dev/shm", 0); /* hundreds of short lives */
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_that_is_unread_is_no_damaged_catalogue),
        cmocka_unit_test(a_damaged_catalogue_is_called_so),
    };

    return cmocka_run_group_tests(tests, group_set_up, NULL);
}
