/*
 * test_catalogue.c - the life of ids in the catalogue.
 */
#include <stdio.h>

#include "support/rows.h"

static wfs_id_kind kind_of(test_rows *t, const char *id)
{
    wfs_id_kind kind;

    assert_int_equal(t->api->find_id(t->catalogue, id, &kind, NULL, NULL),
                     WFS_OK);
    return kind;
}

static wfs_totals totals_of(test_rows *t)
{
    wfs_totals totals;

    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    return totals;
}

static wfs_status begin(test_rows *t, const wfs_chunk_spec *spec,
                        bool may_begin_anew, wfs_upload_row *ret_row)
{
    wfs_error error = WFS_ERROR_INIT;

    return t->api->begin_upload(t->catalogue, spec, may_begin_anew, ret_row,
                                &error);
}

static void an_upload_becomes_a_recording(void **state)
{
    test_rows *t = *state;
    wfs_recording_row row;
    wfs_totals totals;

    test_rows_complete(t, "abc", "My take", 100);
    assert_int_equal(kind_of(t, "abc"), WFS_ID_RECORDING);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_string_equal(row.recording.name, "My take");
    assert_string_equal(row.recording.filename,
                        "recording_20240115_140456_abc.webm");
    assert_int_equal(row.recording.size_bytes, 100);
    assert_true(row.recording.duration_seconds == 120.5);
    assert_int_equal(row.recording.sha256[2], 3);
    assert_string_equal(row.recording.metadata, "{}");
    assert_int_equal(row.chunks, 1);
    assert_true(row.part > 0);
    wfs_recording_release(&row.recording);
    totals = totals_of(t);
    assert_int_equal(totals.recordings, 1);
    assert_int_equal(totals.recording_bytes, 100);
    assert_int_equal(totals.uploads, 0);
    assert_int_equal(totals.upload_bytes, 0);
    assert_int_equal(totals.generation, 1);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM chunk"), 0);
}

static void what_was_accepted_is_there_after_opening_again(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 100);
    wfs_upload_row again;

    (void)test_rows_accept(t, row.row, 2, 100);
    row = test_rows_accept(t, row.row, 0, 100);
    test_rows_reopen(t);
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &again, NULL),
                     WFS_OK);
    assert_memory_equal(&row, &again, sizeof row);
}

static void an_upload_is_found_again_by_its_id(void **state)
{
    test_rows *t = *state;
    wfs_upload_row first = test_rows_begin(t, "abc", 100);
    wfs_upload_row second = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_upload_row found;
    wfs_id_kind kind;

    assert_int_equal(first.row, second.row);
    assert_int_equal(second.chunk_size, 100);
    assert_int_equal(kind_of(t, "ABC"), WFS_ID_FREE);
    assert_int_equal(t->api->find_id(t->catalogue, "abc", &kind, &found, NULL),
                     WFS_OK);
    assert_int_equal(found.row, first.row);
    assert_int_equal(totals_of(t).uploads, 0);
    (void)test_rows_accept(t, first.row, 0, 100);
    assert_int_equal(totals_of(t).uploads, 1);
    assert_int_equal(totals_of(t).upload_bytes, 100);
}

static void another_chunk_size_begins_anew_while_nothing_is_there(void **state)
{
    test_rows *t = *state;
    wfs_upload_row first = test_rows_begin(t, "abc", 100);
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "abc";
    spec.chunk_size = 200;
    assert_int_equal(begin(t, &spec, false, &row), WFS_EBUSY);
    assert_int_equal(begin(t, &spec, true, &row), WFS_OK);
    assert_true(row.row > first.row);
    assert_int_equal(row.chunk_size, 200);
    assert_int_equal(t->api->get_upload(t->catalogue, first.row, &first, NULL),
                     WFS_ENOUPLOAD);
    (void)test_rows_accept(t, row.row, 0, 200);
    spec.chunk_size = 300;
    assert_int_equal(begin(t, &spec, true, &row), WFS_ECONFLICT);
    assert_int_equal(begin(t, &spec, false, &row), WFS_ECONFLICT);
}

static void beginning_checks_what_was_accepted(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row = test_rows_begin(t, "abc", 100);

    (void)test_rows_accept(t, row.row, 3, 50);
    spec.id = "abc";
    spec.index = 4;
    assert_int_equal(begin(t, &spec, false, &row), WFS_ECONFLICT);
    spec.index = 2;
    spec.length = 50;
    assert_int_equal(begin(t, &spec, false, &row), WFS_ECONFLICT);
    spec.length = 100;
    spec.total_chunks = 5;
    assert_int_equal(begin(t, &spec, false, &row), WFS_ECONFLICT);
    spec.total_chunks = 4;
    assert_int_equal(begin(t, &spec, false, &row), WFS_OK);
}

static void an_absurd_chunk_size_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "abc";
    spec.chunk_size = 0;
    spec.length = 10;
    assert_int_equal(begin(t, &spec, false, &row), WFS_EINVAL);
    spec.chunk_size = INT64_MAX;
    assert_int_equal(begin(t, &spec, false, &row), WFS_EINVAL);
    assert_int_equal(kind_of(t, "abc"), WFS_ID_FREE);
}

static void there_is_a_most_of_unfinished_uploads(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row = test_rows_begin(t, "one", WFS_UNKNOWN);

    spec.id = "two";
    spec.limits.uploads_max = 1;
    (void)test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(begin(t, &spec, false, &row), WFS_EUPLOADS);
    spec.id = "one";
    assert_int_equal(begin(t, &spec, false, &row), WFS_OK);
    spec.id = "two";
    assert_int_equal(t->api->delete_upload(t->catalogue, "one", &row, NULL),
                     WFS_OK);
    assert_int_equal(begin(t, &spec, false, &row), WFS_OK);
}

static void a_deleted_upload_refuses_late_chunks(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);

    spec.id = "abc";
    assert_int_equal(t->api->delete_upload(t->catalogue, "abc", &row, NULL),
                     WFS_ENOUPLOAD);
    (void)test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(t->api->delete_upload(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_int_equal(kind_of(t, "abc"), WFS_ID_GONE);
    assert_int_equal(begin(t, &spec, false, &row), WFS_EGONE);
    assert_int_equal(t->api->delete_upload(t->catalogue, "abc", &row, NULL),
                     WFS_ENOUPLOAD);
    assert_int_equal(totals_of(t).uploads, 0);
    assert_int_equal(totals_of(t).upload_bytes, 0);
}

static void completing_again_tells_that_it_is_complete(void **state)
{
    test_rows *t = *state;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_recording recording = test_rows_recording("abc", "Again");
    wfs_upload_row row;

    test_rows_complete(t, "abc", "Take", 10);
    assert_int_equal(t->api->complete(t->catalogue, 1, 1, &recording, NULL),
                     WFS_ECOMPLETE);
    spec.id = "abc";
    assert_int_equal(begin(t, &spec, false, &row), WFS_ECOMPLETE);
    assert_int_equal(t->api->delete_upload(t->catalogue, "abc", &row, NULL),
                     WFS_ECOMPLETE);
    wfs_recording_release(&recording);
}

static void completing_wants_the_chunks_it_has_seen(void **state)
{
    test_rows *t = *state;
    wfs_recording recording = test_rows_recording("abc", "Take");
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);

    (void)test_rows_accept(t, row.row, 0, 10);
    (void)test_rows_accept(t, row.row, 1, 10);
    assert_int_equal(
        t->api->complete(t->catalogue, row.row, 1, &recording, NULL),
        WFS_EMISSING);
    assert_int_equal(kind_of(t, "abc"), WFS_ID_UPLOAD);
    assert_int_equal(
        t->api->complete(t->catalogue, row.row + 1, 1, &recording, NULL),
        WFS_ENOUPLOAD);
    assert_int_equal(totals_of(t).generation, 0);
    wfs_recording_release(&recording);
}

static void only_an_upload_without_chunks_is_forgotten(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);

    assert_int_equal(t->api->forget_upload(t->catalogue, row.row, NULL),
                     WFS_OK);
    assert_int_equal(kind_of(t, "abc"), WFS_ID_FREE);
    assert_int_equal(t->api->forget_upload(t->catalogue, row.row, NULL),
                     WFS_ENOUPLOAD);
    row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    (void)test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(t->api->forget_upload(t->catalogue, row.row, NULL),
                     WFS_ECONFLICT);
}

static void uploads_are_listed_by_row(void **state)
{
    test_rows *t = *state;
    wfs_upload_row rows[3];
    size_t count;
    char id[16];

    for (int i = 0; i < 5; i++) {
        (void)snprintf(id, sizeof id, "u%d", i);
        (void)test_rows_begin(t, id, WFS_UNKNOWN);
    }
    assert_int_equal(
        t->api->list_uploads(t->catalogue, 0, 3, rows, &count, NULL), WFS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(rows[2].id, "u2");
    assert_int_equal(
        t->api->list_uploads(t->catalogue, rows[2].row, 3, rows, &count, NULL),
        WFS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].id, "u4");
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_upload_becomes_a_recording),
        TEST(what_was_accepted_is_there_after_opening_again),
        TEST(an_upload_is_found_again_by_its_id),
        TEST(another_chunk_size_begins_anew_while_nothing_is_there),
        TEST(beginning_checks_what_was_accepted),
        TEST(an_absurd_chunk_size_is_refused),
        TEST(there_is_a_most_of_unfinished_uploads),
        TEST(a_deleted_upload_refuses_late_chunks),
        TEST(completing_again_tells_that_it_is_complete),
        TEST(completing_wants_the_chunks_it_has_seen),
        TEST(only_an_upload_without_chunks_is_forgotten),
        TEST(uploads_are_listed_by_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
