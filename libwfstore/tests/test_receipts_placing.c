/*
 * test_receipts_placing.c - what receipts do to the digest and to places.
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

static void a_chunk_in_step_carries_the_digest(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 10);
    wfs_receipt_result result;

    spec.digest = (wfs_digest_state){.bytes = {1, 2, 3}, .length = 40};
    result = test_rows_put(t, &spec);
    assert_false(result.catch_up);
    assert_int_equal(result.upload.prefix_chunks, 1);
    assert_int_equal(result.upload.prefix_bytes, 10);
    row = get(t, row.row);
    assert_int_equal(row.digest.length, 40);
    assert_memory_equal(row.digest.bytes, "\1\2\3", 3);
}

static void a_closed_gap_asks_for_one_catch_up(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_receipt_spec spec;
    wfs_receipt_result result;

    (void)test_rows_accept(t, row.row, 2, 100);
    spec = test_rows_receipt(&row, 1, 100);
    assert_false(test_rows_put(t, &spec).catch_up);
    spec = test_rows_receipt(&row, 0, 100);
    spec.digest.length = 40;
    result = test_rows_put(t, &spec);
    assert_true(result.catch_up);
    assert_int_equal(result.upload.prefix_chunks, 1);
    assert_int_equal(result.upload.contiguous_chunks, 3);
    spec = test_rows_receipt(&row, 3, 100);
    assert_false(test_rows_put(t, &spec).catch_up);
}

static void a_digest_moves_on_only_from_where_it_was(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_digest_state at = {.bytes = {9}, .length = 40};

    for (uint64_t i = 0; i < 3; i++) {
        (void)test_rows_accept(t, row.row, i, 100);
    }
    assert_int_equal(
        t->api->put_digest(t->catalogue, row.row, 1, 2, 200, &at, true, NULL),
        WFS_OK);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
    (void)t->api->put_digest(t->catalogue, row.row, 0, 4, 400, &at, true, NULL);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
    (void)t->api->put_digest(t->catalogue, row.row, 0, 2, 200, &at, true, NULL);
    row = get(t, row.row);
    assert_int_equal(row.prefix_chunks, 2);
    assert_int_equal(row.prefix_bytes, 200);
    assert_int_equal(row.digest.bytes[0], 9);
}

static void a_loose_chunk_is_placed_when_its_gap_has_closed(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_upload_row after;
    wfs_chunk_row chunk;

    row = test_rows_accept(t, row.row, 1, 20);
    assert_int_equal(row.placed_chunks, 0);
    row = test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(row.contiguous_chunks, 2);
    assert_int_equal(row.placed_chunks, 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(t->api->put_places(t->catalogue, row.row, 1, 1, 10,
                                            true, &after, NULL),
                         WFS_OK);
        assert_int_equal(after.placed_chunks, 2);
        assert_int_equal(after.placed_bytes, 30);
    }
    assert_int_equal(
        t->api->put_places(t->catalogue, row.row, 1, 1, 11, true, &after, NULL),
        WFS_ECONFLICT);
    assert_int_equal(t->api->get_chunk(t->catalogue, row.row, 1, &chunk, NULL),
                     WFS_OK);
    assert_int_equal(chunk.place, 10);
    assert_int_equal(
        t->api->put_places(t->catalogue, row.row, 7, 1, 30, true, &after, NULL),
        WFS_ENOUPLOAD);
}

static void loose_chunks_are_placed_one_behind_the_other(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_upload_row after;
    wfs_chunk_row chunk;

    test_rows_accept(t, row.row, 3, 40);
    test_rows_accept(t, row.row, 2, 30);
    test_rows_accept(t, row.row, 1, 20);
    test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(
        t->api->put_places(t->catalogue, row.row, 1, 2, 10, true, &after, NULL),
        WFS_OK);
    assert_int_equal(after.placed_chunks, 3);
    assert_int_equal(after.placed_bytes, 60);
    for (uint64_t index = 1; index <= 3; index++) {
        static const int64_t places[] = {0, 10, 30, WFS_PLACE_LOOSE};

        assert_int_equal(
            t->api->get_chunk(t->catalogue, row.row, index, &chunk, NULL),
            WFS_OK);
        assert_int_equal(chunk.place, places[index]);
    }
}

static void chunks_that_cannot_all_be_placed_stay_loose(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_upload_row after;
    wfs_chunk_row chunk;

    test_rows_accept(t, row.row, 1, 20);
    test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(
        t->api->put_places(t->catalogue, row.row, 1, 2, 10, true, &after, NULL),
        WFS_ENOUPLOAD);
    assert_int_equal(get(t, row.row).placed_chunks, 1);
    assert_int_equal(t->api->get_chunk(t->catalogue, row.row, 1, &chunk, NULL),
                     WFS_OK);
    assert_int_equal(chunk.place, WFS_PLACE_LOOSE);
}

/* Its bytes were compared while it was still loose. */
static void a_repeat_of_a_chunk_absorbed_meanwhile_existed_before(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec;
    wfs_receipt_result result;

    test_rows_accept(t, row.row, 1, 20);
    row = test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(
        t->api->put_places(t->catalogue, row.row, 1, 1, 10, true, &row, NULL),
        WFS_OK);
    spec = test_rows_receipt(&row, 1, 20);
    spec.has_sha256 = false;
    spec.place = WFS_PLACE_LOOSE;
    spec.total_chunks = 2;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_OK);
    assert_true(result.existed);
    assert_int_equal(result.upload.total_chunks, 2);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_chunk_in_step_carries_the_digest),
        TEST(a_closed_gap_asks_for_one_catch_up),
        TEST(a_digest_moves_on_only_from_where_it_was),
        TEST(a_loose_chunk_is_placed_when_its_gap_has_closed),
        TEST(loose_chunks_are_placed_one_behind_the_other),
        TEST(chunks_that_cannot_all_be_placed_stay_loose),
        TEST(a_repeat_of_a_chunk_absorbed_meanwhile_existed_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
