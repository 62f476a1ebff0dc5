/*
 * test_repairs.c - what the disk still owes the catalogue.
 */
#include <string.h>

#include "support/rows.h"

static wfs_repair next(test_rows *t, const wfs_repair *after)
{
    wfs_repair repair;

    assert_int_equal(t->api->next_repair(t->catalogue, after, &repair, NULL),
                     WFS_OK);
    return repair;
}

static void a_file_waits_for_its_name(void **state)
{
    test_rows *t = *state;
    wfs_repair repair;
    wfs_recording_row row;

    assert_int_equal(next(t, NULL).kind, WFS_REPAIR_NONE);
    test_rows_complete(t, "abc", "Take", 10);
    repair = next(t, NULL);
    assert_int_equal(repair.kind, WFS_REPAIR_RENAME);
    assert_string_equal(repair.id, "abc");
    assert_string_equal(repair.filename, "recording_20240115_140456_abc.webm");
    assert_true(repair.part > 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(t->api->finish_rename(t->catalogue, "abc", NULL),
                         WFS_OK);
    }
    assert_int_equal(next(t, NULL).kind, WFS_REPAIR_NONE);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_int_equal(row.part, 0);
    wfs_recording_release(&row.recording);
}

static void a_deleted_recording_owes_its_file(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row upload;
    wfs_recording_row row;
    wfs_repair repair;
    wfs_totals totals;

    test_rows_complete(t, "abc", "Take", 10);
    (void)t->api->finish_rename(t->catalogue, "abc", NULL);
    assert_int_equal(
        t->api->delete_recording(t->catalogue, "abc", NULL, &row, NULL),
        WFS_OK);
    assert_string_equal(row.recording.filename,
                        "recording_20240115_140456_abc.webm");
    wfs_recording_release(&row.recording);
    assert_int_equal(
        t->api->delete_recording(t->catalogue, "abc", NULL, &row, NULL),
        WFS_ENORECORDING);
    repair = next(t, NULL);
    assert_int_equal(repair.kind, WFS_REPAIR_UNLINK);
    assert_string_equal(repair.filename, "recording_20240115_140456_abc.webm");
    assert_int_equal(repair.part, 0);
    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    assert_int_equal(totals.recordings, 0);
    assert_int_equal(totals.recording_bytes, 0);
    assert_int_equal(totals.generation, 2);
    (void)t->api->finish_unlink(t->catalogue, "abc", NULL);
    assert_int_equal(next(t, NULL).kind, WFS_REPAIR_NONE);
    spec.id = "abc";
    assert_int_equal(
        t->api->begin_upload(t->catalogue, &spec, false, &upload, NULL),
        WFS_EGONE);
}

static void a_repair_that_fails_does_not_hide_the_next(void **state)
{
    test_rows *t = *state;
    wfs_upload_row upload = test_rows_begin(t, "d", WFS_UNKNOWN);
    wfs_recording_row row;
    wfs_repair repair;

    test_rows_complete(t, "a", "Take", 10);
    test_rows_complete(t, "b", "Take", 10);
    test_rows_complete(t, "c", "Take", 10);
    (void)test_rows_accept(t, upload.row, 0, 10);
    (void)t->api->delete_recording(t->catalogue, "a", NULL, &row, NULL);
    wfs_recording_release(&row.recording);
    (void)t->api->delete_upload(t->catalogue, "d", &upload, NULL);
    repair = next(t, NULL);
    assert_string_equal(repair.id, "b");
    repair = next(t, &repair);
    assert_string_equal(repair.id, "c");
    assert_int_equal(repair.kind, WFS_REPAIR_RENAME);
    repair = next(t, &repair);
    assert_string_equal(repair.id, "a");
    assert_int_equal(repair.kind, WFS_REPAIR_UNLINK);
    assert_true(repair.part > 0);
    repair = next(t, &repair);
    assert_string_equal(repair.id, "d");
    assert_string_equal(repair.filename, "");
    assert_int_equal(repair.part, upload.row);
    repair = next(t, &repair);
    assert_int_equal(repair.kind, WFS_REPAIR_NONE);
}

static void a_tombstone_goes_when_its_time_is_up(void **state)
{
    test_rows *t = *state;
    wfs_id_kind kind;
    wfs_recording_row row;

    for (int i = 0; i < 2; i++) {
        test_rows_complete(t, i == 0 ? "a" : "b", "Take", 10);
        (void)t->api->delete_recording(t->catalogue, i == 0 ? "a" : "b", NULL,
                                       &row, NULL);
        wfs_recording_release(&row.recording);
    }
    (void)t->api->finish_unlink(t->catalogue, "a", NULL);
    assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM gone"), 2);
    (void)test_rows_ask(t, "UPDATE gone SET until = 1");
    (void)t->api->find_id(t->catalogue, "a", &kind, NULL, NULL);
    assert_int_equal(kind, WFS_ID_FREE);
    (void)t->api->find_id(t->catalogue, "b", &kind, NULL, NULL);
    assert_int_equal(kind, WFS_ID_GONE); /* its file may still be there */
    assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM gone"), 1);
    (void)t->api->finish_unlink(t->catalogue, "b", NULL);
    assert_int_equal(t->api->tend(t->catalogue, NULL), WFS_OK);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM gone"), 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_file_waits_for_its_name),
        TEST(a_deleted_recording_owes_its_file),
        TEST(a_repair_that_fails_does_not_hide_the_next),
        TEST(a_tombstone_goes_when_its_time_is_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
