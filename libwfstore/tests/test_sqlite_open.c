/*
 * test_sqlite_open.c - catalogues that are missing, damaged, newer, not ours.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/rows.h"

static wfs_status try_open(test_rows *t, bool may_create, wfs_error *error)
{
    wfs_catalogue_options options = {.may_create = may_create};
    wfs_catalogue *catalogue = NULL;
    wfs_status status =
        wfs_catalogue_open_sqlite(t->folder, &options, &catalogue, error);

    if (status == WFS_OK) {
        catalogue->api->close(catalogue);
    }
    return status;
}

static int open_file(test_rows *t, int flags)
{
    char path[256];

    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    return open(path, flags | O_CLOEXEC, 0640);
}

static void damage(test_rows *t, off_t from, size_t length)
{
    char noise[4096];
    int fd = open_file(t, O_WRONLY);

    memset(noise, 0x5a, sizeof noise);
    assert_int_equal(pwrite(fd, noise, length, from), (ssize_t)length);
    (void)close(fd);
}

static void a_damaged_catalogue_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_error error = WFS_ERROR_INIT;

    test_rows_complete(t, "abc", "Take", 10);
    test_rows_close_before_fork(t);
    damage(t, 0, 16);
    assert_int_equal(try_open(t, true, &error), WFS_ECORRUPT);
    assert_int_equal(error.status, WFS_ECORRUPT);
    assert_string_equal(error.detail, "the catalogue is damaged");
    damage(t, 0, 4096);
    assert_int_equal(try_open(t, true, NULL), WFS_ECORRUPT);
}

static void damage_inside_is_told_when_it_is_met(void **state)
{
    test_rows *t = *state;
    wfs_recording_row row;
    long page = (long)test_rows_ask(t, "SELECT rootpage FROM sqlite_schema"
                                       " WHERE name = 'recording'");

    test_rows_complete(t, "abc", "Take", 10);
    test_rows_close_before_fork(t);
    damage(t, (page - 1) * 4096, 4096);
    (void)test_rows_open_in_child(t);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_ECORRUPT);
    assert_int_equal(t->api->finish_rename(t->catalogue, "abc", NULL),
                     WFS_ECORRUPT);
    (void)test_rows_begin(t, "new", 10); /* no transaction stayed open */
}

static void a_missing_catalogue_is_made_only_if_it_may_be(void **state)
{
    test_rows *t = *state;
    char path[256];

    test_rows_close_before_fork(t);
    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(try_open(t, false, NULL), WFS_ENOSTORE);
    (void)close(open_file(t, O_WRONLY | O_CREAT));
    assert_int_equal(try_open(t, false, NULL), WFS_ECORRUPT);
    assert_int_equal(try_open(t, true, NULL), WFS_OK);
    assert_int_equal(try_open(t, false, NULL), WFS_OK);
}

static void a_newer_catalogue_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_error error = WFS_ERROR_INIT;

    test_rows_close_before_fork(t);
    (void)test_rows_ask(t, "PRAGMA user_version=99");
    assert_int_equal(try_open(t, true, &error), WFS_EVERSION);
    assert_int_equal(error.got, 99);
}

static void another_programs_database_is_refused(void **state)
{
    test_rows *t = *state;

    test_rows_close_before_fork(t);
    (void)test_rows_ask(t, "PRAGMA application_id=1");
    assert_int_equal(try_open(t, true, NULL), WFS_ECORRUPT);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_damaged_catalogue_is_refused),
        TEST(damage_inside_is_told_when_it_is_met),
        TEST(a_missing_catalogue_is_made_only_if_it_may_be),
        TEST(a_newer_catalogue_is_refused),
        TEST(another_programs_database_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
