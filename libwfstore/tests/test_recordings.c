/*
 * test_recordings.c - recordings are changed and visited.
 */
#include <string.h>

#include "support/rows.h"

static uint64_t generation_of(test_rows *t)
{
    wfs_totals totals;

    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    return totals.generation;
}

static wfs_status change(test_rows *t, const wfs_recording_change *how,
                         wfs_recording_row *ret_row)
{
    return t->api->update_recording(t->catalogue, "abc", how, ret_row, NULL);
}

static void a_recording_is_renamed(void **state)
{
    test_rows *t = *state;
    wfs_recording_change how = {.name = "Größer & schöner"};
    wfs_recording_row row;

    test_rows_complete(t, "abc", "Take", 10);
    assert_int_equal(change(t, &how, &row), WFS_OK);
    assert_string_equal(row.recording.name, "Größer & schöner");
    assert_string_equal(row.recording.filename,
                        "recording_20240115_140456_abc.webm");
    wfs_recording_release(&row.recording);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_string_equal(row.recording.name, "Größer & schöner");
    wfs_recording_release(&row.recording);
    assert_int_equal(generation_of(t), 2);
    assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM recording"
                                      " WHERE folded = 'größer & schöner'"),
                     1);
}

static void metadata_is_merged(void **state)
{
    test_rows *t = *state;
    wfs_recording_change how = WFS_RECORDING_CHANGE_INIT;
    wfs_recording_row row;

    test_rows_complete(t, "abc", "Take", 10);
    how.metadata_patch = "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}";
    how.metadata_patch_length = strlen(how.metadata_patch);
    assert_int_equal(change(t, &how, &row), WFS_OK);
    wfs_recording_release(&row.recording);
    how.metadata_patch = "{\"a\":null,\"b\":{\"c\":4}}";
    how.metadata_patch_length = strlen(how.metadata_patch);
    assert_int_equal(change(t, &how, &row), WFS_OK);
    assert_string_equal(row.recording.metadata, "{\"b\":{\"c\":4,\"d\":3}}");
    assert_string_equal(row.recording.name, "Take");
    wfs_recording_release(&row.recording);
    how = (wfs_recording_change){.remove_metadata = true};
    assert_int_equal(change(t, &how, &row), WFS_OK);
    assert_string_equal(row.recording.metadata, "{}");
    wfs_recording_release(&row.recording);
}

static void a_bad_change_changes_nothing(void **state)
{
    test_rows *t = *state;
    wfs_recording_change how = {.name = "bad\nname"};
    wfs_recording_row row;

    test_rows_complete(t, "abc", "Take", 10);
    assert_int_equal(change(t, &how, &row), WFS_EINVAL);
    how = (wfs_recording_change){.name = "Good",
                                 .metadata_patch = "{\"a\":",
                                 .metadata_patch_length = 5};
    assert_int_equal(change(t, &how, &row), WFS_EFORMAT);
    how = (wfs_recording_change){.name = "Good"};
    assert_int_equal(
        t->api->update_recording(t->catalogue, "abd", &how, &row, NULL),
        WFS_ENORECORDING);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_string_equal(row.recording.name, "Take");
    wfs_recording_release(&row.recording);
    assert_int_equal(generation_of(t), 1);
}

static void a_change_can_want_the_state_it_has_seen(void **state)
{
    test_rows *t = *state;
    wfs_recording_change how = {.name = "One"};
    char etag[WFS_ETAG_BYTES];
    wfs_recording_row row;

    test_rows_complete(t, "abc", "Take", 10);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_int_equal(wfs_recording_get_etag(&row.recording, etag), WFS_OK);
    wfs_recording_release(&row.recording);
    how.if_match = etag;
    assert_int_equal(change(t, &how, &row), WFS_OK);
    wfs_recording_release(&row.recording);
    how.name = "Two";
    assert_int_equal(change(t, &how, &row), WFS_ECHANGED);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_string_equal(row.recording.name, "One");
    wfs_recording_release(&row.recording);
}

typedef struct visited {
    char ids[16];
    int64_t last_seq;
    int left;
} visited;

static wfs_status visit(void *data, const wfs_recording_row *row)
{
    visited *v = data;

    if (v->left-- == 0) {
        return WFS_ECANCELED;
    }
    strcat(v->ids, row->recording.id);
    v->last_seq = row->seq;
    return WFS_OK;
}

static void recordings_are_visited_in_order_of_completion(void **state)
{
    test_rows *t = *state;
    visited v = {.left = 9};

    test_rows_complete(t, "c", "Take", 10);
    test_rows_complete(t, "a", "Take", 10);
    test_rows_complete(t, "b", "Take", 10);
    assert_int_equal(
        t->api->visit_recordings(t->catalogue, 0, 2, visit, &v, NULL), WFS_OK);
    assert_string_equal(v.ids, "ca");
    assert_int_equal(
        t->api->visit_recordings(t->catalogue, v.last_seq, 2, visit, &v, NULL),
        WFS_OK);
    assert_string_equal(v.ids, "cab");
    v.left = 1;
    assert_int_equal(
        t->api->visit_recordings(t->catalogue, 0, 9, visit, &v, NULL),
        WFS_ECANCELED);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_recording_is_renamed),
        TEST(metadata_is_merged),
        TEST(a_bad_change_changes_nothing),
        TEST(a_change_can_want_the_state_it_has_seen),
        TEST(recordings_are_visited_in_order_of_completion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
