/* test_catalogue.c - the life of uploads and recordings in the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/rows.h"

static int set_up(void **state)
{
    static test_rows test;

    test_rows_open(&test);
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    test_rows_close(*state);
    return 0;
}

static void an_upload_becomes_a_recording(void **state)
{
    test_rows *t = *state;
    wfs_recording_row row;
    wfs_id_kind kind;
    wfs_totals totals;

    test_rows_complete(t, "abc", "My take", 100);
    assert_int_equal(t->api->find_id(t->catalogue, "abc", &kind, NULL, NULL),
                     WFS_OK);
    assert_int_equal(kind, WFS_ID_RECORDING);
    assert_int_equal(t->api->get_recording(t->catalogue, "abc", &row, NULL),
                     WFS_OK);
    assert_string_equal(row.recording.name, "My take");
    assert_int_equal(row.recording.size_bytes, 100);
    assert_int_equal(row.chunks, 1);
    assert_true(row.part > 0);
    wfs_recording_release(&row.recording);
    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    assert_int_equal(totals.recordings, 1);
    assert_int_equal(totals.recording_bytes, 100);
    assert_int_equal(totals.uploads, 0);
    assert_int_equal(totals.upload_bytes, 0);
    assert_int_equal(totals.generation, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_upload_becomes_a_recording, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
