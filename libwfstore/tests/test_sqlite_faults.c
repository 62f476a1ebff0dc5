/*
 * test_sqlite_faults.c - each write and sync of the database fails in turn: a
 * failed call has done nothing or all, and the next one goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/rows.h"
#include "support/vfs.h"

#define CALLS_MAX 200

/* One call of the catalogue; what it needs is there before. */
typedef struct story {
    const char *name;
    void (*prepare)(test_rows *t);
    wfs_status (*act)(test_rows *t);
    int64_t (*tell)(test_rows *t); /* what the call changes */
} story;

static int64_t generation(test_rows *t)
{
    wfs_totals totals;

    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    return (int64_t)totals.generation;
}

static int64_t upload_bytes(test_rows *t)
{
    wfs_totals totals;

    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    return (int64_t)totals.upload_bytes;
}

static void begin(test_rows *t)
{
    wfs_upload_row row = test_rows_begin(t, "abc", 10);

    (void)test_rows_accept(t, row.row, 0, 10);
    (void)test_rows_accept(t, row.row, 2, 10);
}

static void store(test_rows *t)
{
    test_rows_complete(t, "abc", "Take", 10);
}

static wfs_status accept_two(test_rows *t)
{
    wfs_upload_row row = {.row = 1, .id = "abc", .chunk_size = 10};
    wfs_receipt_spec specs[2] = {test_rows_receipt(&row, 1, 10),
                                 test_rows_receipt(&row, 5, 10)};
    wfs_receipt_result results[2];

    return test_rows_put_all(t, specs, 2, results, NULL);
}

static wfs_status complete(test_rows *t)
{
    wfs_recording recording = test_rows_recording("abc", "Take");
    wfs_status status = t->api->complete(t->catalogue, 1, 2, &recording, NULL);

    wfs_recording_release(&recording);
    return status;
}

static wfs_status delete_upload(test_rows *t)
{
    wfs_upload_row row;

    return t->api->delete_upload(t->catalogue, "abc", &row, NULL);
}

static wfs_status rename_recording(test_rows *t)
{
    wfs_recording_change how = {.name = "New"};
    wfs_recording_row row = {0};
    wfs_status status =
        t->api->update_recording(t->catalogue, "abc", &how, &row, NULL);

    wfs_recording_release(&row.recording);
    return status;
}

static wfs_status delete_recording(test_rows *t)
{
    wfs_recording_row row = {0};
    wfs_status status =
        t->api->delete_recording(t->catalogue, "abc", NULL, &row, NULL);

    wfs_recording_release(&row.recording);
    return status;
}

static wfs_status tend(test_rows *t)
{
    return t->api->tend(t->catalogue, NULL);
}

static const story STORIES[] = {
    {"receipts", begin, accept_two, upload_bytes},
    {"complete", begin, complete, generation},
    {"delete upload", begin, delete_upload, upload_bytes},
    {"rename", store, rename_recording, generation},
    {"delete", store, delete_recording, generation},
    {"tend", store, tend, generation},
};

static wfs_status fail_once(const story *s, test_rows *t, int number,
                            test_vfs_fault fault)
{
    wfs_status status;

    test_vfs_fail_from(number, fault);
    status = s->act(t);
    test_vfs_heal();
    if (!test_vfs_has_failed()) {
        assert_int_equal(status, WFS_OK);
    } else if (status != WFS_OK) {
        assert_int_equal(status, fault == TEST_VFS_FULL ? WFS_ENOSPC : WFS_EIO);
    }
    return status;
}

/* False: the call has fewer than `number` writes and syncs. */
static bool tell(const story *s, int number, test_vfs_fault fault)
{
    test_rows t;
    int64_t before;
    wfs_status status;
    bool has_failed;

    test_rows_open(&t);
    s->prepare(&t);
    before = s->tell(&t);
    status = fail_once(s, &t, number, fault);
    has_failed = test_vfs_has_failed();
    if (status != WFS_OK) {
        assert_int_equal(s->tell(&t), before);
        test_rows_reopen(&t);
        assert_int_equal(s->tell(&t), before);
        assert_int_equal(s->act(&t), WFS_OK);
    }
    test_rows_complete(&t, "other", "Other", 10);
    t.api->close(t.catalogue);
    t.catalogue = NULL;
    assert_int_equal(test_rows_ask(&t,
                                   "SELECT count(*) FROM pragma_integrity_check"
                                   " WHERE integrity_check <> 'ok'"),
                     0);
    test_rows_close(&t);
    return has_failed;
}

static void tell_all(test_vfs_fault fault)
{
    for (size_t i = 0; i < sizeof STORIES / sizeof *STORIES; i++) {
        int number = 1;

        while (number < CALLS_MAX && tell(&STORIES[i], number, fault)) {
            number++;
        }
        assert_true(number > 2 && number < CALLS_MAX);
    }
}

static void a_disk_that_fills_up_leaves_all_or_nothing(void **state)
{
    (void)state;
    tell_all(TEST_VFS_FULL);
}

static void a_disk_that_breaks_leaves_all_or_nothing(void **state)
{
    (void)state;
    tell_all(TEST_VFS_BROKEN);
}

/* How many uploads the file has without its journal. */
static int64_t count_in_file(test_rows *t)
{
    char command[1024];
    test_rows copy = *t;
    int64_t count;

    (void)snprintf(command, sizeof command,
                   "mkdir '%s/copy' && cp '%s/catalog.sqlite3' '%s/copy/'",
                   t->folder, t->folder, t->folder);
    assert_int_equal(system(command), 0);
    (void)snprintf(copy.folder, sizeof copy.folder, "%.140s/copy", t->folder);
    count = test_rows_ask(&copy, "SELECT count(*) FROM upload");
    (void)snprintf(command, sizeof command, "rm -r '%s'", copy.folder);
    assert_int_equal(system(command), 0);
    return count;
}

static void a_journal_that_could_not_be_synced_begins_anew(void **state)
{
    test_rows t;

    (void)state;
    test_rows_open(&t);
    test_rows_reopen(&t); /* the tables are in the file */
    begin(&t);
    assert_int_equal(count_in_file(&t), 0);
    test_vfs_fail_from(1, TEST_VFS_BROKEN);
    assert_int_equal(accept_two(&t), WFS_EIO);
    test_vfs_heal();
    assert_int_equal(accept_two(&t), WFS_OK);
    assert_int_equal(count_in_file(&t), 1);
    test_rows_close(&t);
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
        cmocka_unit_test(a_disk_that_fills_up_leaves_all_or_nothing),
        cmocka_unit_test(a_disk_that_breaks_leaves_all_or_nothing),
        cmocka_unit_test(a_journal_that_could_not_be_synced_begins_anew),
    };

    return cmocka_run_group_tests(tests, group_set_up, NULL);
}
