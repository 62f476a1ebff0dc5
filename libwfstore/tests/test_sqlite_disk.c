/*
 * test_sqlite_disk.c - the room the catalogue takes, and none left.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "support/rows.h"

/* A file size limit stands for a full disk. */
static void limit_files(rlim_t bytes)
{
    const struct rlimit limit = {bytes, RLIM_INFINITY};

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_refuses_and_loses_nothing(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    wfs_receipt_spec spec = test_rows_receipt(&row, 1, 10);
    wfs_receipt_result result;
    wfs_error error = WFS_ERROR_INIT;

    (void)test_rows_accept(t, row.row, 0, 10);
    (void)signal(SIGXFSZ, SIG_IGN);
    limit_files(8192);
    assert_int_equal(test_rows_put_all(t, &spec, 1, &result, &error),
                     WFS_ENOSPC);
    limit_files(RLIM_INFINITY);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_string_equal(error.detail, "the store's disk is full");
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &row, NULL),
                     WFS_OK);
    assert_int_equal(row.received_chunks, 1);
    (void)test_rows_accept(t, row.row, 1, 10);
    test_rows_check_totals(t);
}

static off_t size_of(test_rows *t, const char *name)
{
    char path[256];
    struct stat st;

    (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
    return stat(path, &st) == 0 ? st.st_size : 0;
}

static void write_much(test_rows *t)
{
    static uint8_t bytes[WFS_HEAD_MAX_BYTES];
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, sizeof bytes);

    spec.place = WFS_PLACE_HEAD;
    spec.head = bytes;
    for (uint8_t i = 0; i < 200; i++) {
        bytes[0] = i;
        spec.is_synced = false;
        assert_int_equal(test_rows_put(t, &spec).error.status, WFS_OK);
    }
}

static void tending_keeps_the_journal_short(void **state)
{
    test_rows *t = *state;
    off_t once;

    assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
    write_much(t);
    once = size_of(t, "catalog.sqlite3-wal");
    assert_true(once > 8 << 20);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
        write_much(t);
    }
    assert_true(size_of(t, "catalog.sqlite3-wal") < 2 * once);
    test_rows_check_totals(t);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_full_disk_refuses_and_loses_nothing),
        TEST(tending_keeps_the_journal_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
