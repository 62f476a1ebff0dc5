/*
 * test_receipts.c - chunks are accepted, and some are not.
 */
#include <string.h>

#include "support/rows.h"

static wfs_upload_row get(test_rows *t, int64_t row)
{
    wfs_upload_row upload;

    assert_int_equal(t->api->get_upload(t->catalogue, row, &upload, NULL),
                     WFS_OK);
    return upload;
}

static void receipts_of_several_uploads_share_a_transaction(void **state)
{
    test_rows *t = *state;
    wfs_upload_row a = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_upload_row b = test_rows_begin(t, "b", 100);
    wfs_receipt_spec specs[3] = {test_rows_receipt(&a, 0, 10),
                                 test_rows_receipt(&b, 2, 100),
                                 test_rows_receipt(&b, 0, 100)};
    wfs_receipt_result results[3];

    assert_int_equal(test_rows_put_all(t, specs, 3, results, NULL), WFS_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(results[i].error.status, WFS_OK);
        assert_false(results[i].existed);
    }
    assert_int_equal(results[2].upload.received_chunks, 2);
    a = get(t, a.row);
    b = get(t, b.row);
    assert_int_equal(a.placed_bytes, 10);
    assert_int_equal(b.received_bytes, 200);
    assert_int_equal(b.contiguous_chunks, 1);
    assert_int_equal(b.highest_index, 2);
}

static void a_refused_receipt_does_not_hold_up_the_others(void **state)
{
    test_rows *t = *state;
    wfs_upload_row a = test_rows_begin(t, "a", 100);
    wfs_receipt_spec specs[3] = {test_rows_receipt(&a, 0, 100),
                                 test_rows_receipt(&a, 1, 101),
                                 test_rows_receipt(&a, 2, 100)};
    wfs_receipt_result results[3];

    assert_int_equal(test_rows_put_all(t, specs, 3, results, NULL), WFS_OK);
    assert_int_equal(results[0].error.status, WFS_OK);
    assert_int_equal(results[1].error.status, WFS_ECONFLICT);
    assert_int_equal(results[1].error.expected, 100);
    assert_int_equal(results[1].error.got, 101);
    assert_int_equal(results[2].error.status, WFS_OK);
    assert_int_equal(get(t, a.row).received_chunks, 2);
}

static void the_same_chunk_again_existed_before(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 10);
    wfs_receipt_result result;

    (void)test_rows_put(t, &spec);
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_OK);
    assert_true(result.existed);
    assert_int_equal(result.upload.received_chunks, 1);
    spec.sha256[0] ^= 1;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    spec.sha256[0] ^= 1;
    spec.size_bytes = 11;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    assert_int_equal(get(t, row.row).received_bytes, 10);
}

static void name_and_total_come_from_the_first_that_tells(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 10);
    wfs_receipt_result result = test_rows_put(t, &spec);

    assert_string_equal(result.upload.name, "");
    assert_true(result.upload.total_chunks == WFS_UNKNOWN);
    spec.name = "Lied für dich";
    spec.total_chunks = 4;
    result = test_rows_put(t, &spec);
    assert_true(result.existed);
    assert_string_equal(result.upload.name, "Lied für dich");
    spec = test_rows_receipt(&result.upload, 1, 10);
    spec.name = "Another";
    result = test_rows_put(t, &spec);
    assert_string_equal(result.upload.name, "Lied für dich");
    assert_int_equal(result.upload.total_chunks, 4);
    spec = test_rows_receipt(&result.upload, 2, 10);
    spec.total_chunks = 5;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
}

static void a_shorter_chunk_fixes_the_total(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_receipt_spec spec;
    wfs_receipt_result result;

    row = test_rows_accept(t, row.row, 3, 42);
    assert_int_equal(row.total_chunks, 4);
    spec = test_rows_receipt(&row, 4, 100);
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    spec = test_rows_receipt(&row, 2, 42);
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    row = test_rows_accept(t, row.row, 0, 100);
    assert_int_equal(row.contiguous_bytes, 100);
}

static void a_receipt_learns_what_became_of_its_upload(void **state)
{
    test_rows *t = *state;
    wfs_upload_row gone = test_rows_begin(t, "gone", WFS_UNKNOWN);
    wfs_upload_row forgotten = test_rows_begin(t, "forgotten", WFS_UNKNOWN);
    wfs_receipt_spec spec;
    wfs_upload_row row;

    (void)test_rows_accept(t, gone.row, 0, 10);
    assert_int_equal(t->api->delete_upload(t->catalogue, "gone", &row, NULL),
                     WFS_OK);
    assert_int_equal(row.row, gone.row);
    spec = test_rows_receipt(&gone, 1, 10);
    assert_int_equal(test_rows_put(t, &spec).error.status, WFS_EGONE);
    assert_int_equal(t->api->forget_upload(t->catalogue, forgotten.row, NULL),
                     WFS_OK);
    spec = test_rows_receipt(&forgotten, 0, 10);
    assert_int_equal(test_rows_put(t, &spec).error.status, WFS_ENOUPLOAD);
    test_rows_complete(t, "done", "Done", 10);
    spec.id = "done";
    assert_int_equal(test_rows_put(t, &spec).error.status, WFS_ECOMPLETE);
}

static void a_receipt_of_an_older_row_is_not_taken_for_the_new(void **state)
{
    test_rows *t = *state;
    wfs_upload_row old = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&old, 0, 10);
    wfs_upload_row row;

    assert_int_equal(t->api->forget_upload(t->catalogue, old.row, NULL),
                     WFS_OK);
    row = test_rows_begin(t, "a", WFS_UNKNOWN);
    assert_true(row.row > old.row);
    assert_int_equal(test_rows_put(t, &spec).error.status, WFS_ENOUPLOAD);
    assert_int_equal(get(t, row.row).received_chunks, 0);
}

static void a_malformed_receipt_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec empty = test_rows_receipt(&row, 0, 0);
    wfs_receipt_spec far = test_rows_receipt(&row, 1, 10);
    wfs_receipt_spec headless = test_rows_receipt(&row, 0, 10);

    far.place = 4711;
    headless.place = WFS_PLACE_HEAD;
    assert_int_equal(test_rows_put(t, &empty).error.status, WFS_EINVAL);
    assert_int_equal(test_rows_put(t, &far).error.status, WFS_EINVAL);
    assert_int_equal(test_rows_put(t, &headless).error.status, WFS_EINVAL);
    assert_int_equal(get(t, row.row).received_chunks, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(receipts_of_several_uploads_share_a_transaction),
        TEST(a_refused_receipt_does_not_hold_up_the_others),
        TEST(the_same_chunk_again_existed_before),
        TEST(name_and_total_come_from_the_first_that_tells),
        TEST(a_shorter_chunk_fixes_the_total),
        TEST(a_receipt_learns_what_became_of_its_upload),
        TEST(a_receipt_of_an_older_row_is_not_taken_for_the_new),
        TEST(a_malformed_receipt_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
