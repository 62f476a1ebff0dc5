/* test_unproven.c - receipts that were not synced before a power cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/rows.h"

/* As if the machine had been switched off and on. */
static void boot_anew(test_rows *t)
{
    t->api->close(t->catalogue);
    t->catalogue = NULL;
    (void)test_rows_ask(t, "UPDATE boot SET boot_id = 'before-' || n");
    test_rows_open_again(t);
}

static wfs_upload_row accept_unsynced(test_rows *t, wfs_upload_row row,
                                      uint64_t index)
{
    wfs_receipt_spec spec = test_rows_receipt(&row, index, 10);
    wfs_receipt_result result;

    spec.is_synced = false;
    spec.digest.length = 40;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_OK);
    return result.upload;
}

static bool next(test_rows *t, wfs_unproven *unproven)
{
    bool is_found;

    assert_int_equal(
        t->api->next_unproven(t->catalogue, &is_found, unproven, NULL), WFS_OK);
    return is_found;
}

static wfs_upload_row get(test_rows *t, int64_t row)
{
    wfs_upload_row upload;

    assert_int_equal(t->api->get_upload(t->catalogue, row, &upload, NULL),
                     WFS_OK);
    return upload;
}

static void receipts_of_this_boot_are_believed(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_unproven unproven;

    (void)accept_unsynced(t, row, 0);
    assert_false(next(t, &unproven));
    test_rows_reopen(t);
    assert_false(next(t, &unproven));
}

static void receipts_of_another_boot_are_to_be_proven(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_unproven unproven;

    row = accept_unsynced(t, row, 0);
    row = test_rows_accept(t, row.row, 1, 10);
    row = accept_unsynced(t, row, 2);
    boot_anew(t);
    assert_true(next(t, &unproven));
    assert_int_equal(unproven.upload.row, row.row);
    assert_int_equal(unproven.chunk.index, 0);
    assert_true(unproven.chunk.has_sha256);
    assert_int_equal(t->api->prove_chunk(t->catalogue, row.row, 0, true, NULL),
                     WFS_OK);
    assert_true(next(t, &unproven));
    assert_int_equal(unproven.chunk.index, 2);
    assert_int_equal(t->api->prove_chunk(t->catalogue, row.row, 2, true, NULL),
                     WFS_OK);
    assert_false(next(t, &unproven));
    row = get(t, row.row);
    assert_int_equal(row.received_chunks, 3);
    assert_int_equal(row.prefix_chunks, 1);
    boot_anew(t);
    assert_false(next(t, &unproven));
}

static void a_chunk_that_is_not_whole_is_dropped(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", 10);
    wfs_unproven unproven;
    wfs_totals totals;

    for (uint64_t i = 0; i < 4; i++) {
        row = accept_unsynced(t, row, i);
    }
    assert_int_equal(row.prefix_chunks, 4);
    boot_anew(t);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            t->api->prove_chunk(t->catalogue, row.row, 1, false, NULL), WFS_OK);
    }
    row = get(t, row.row);
    assert_int_equal(row.received_chunks, 3);
    assert_int_equal(row.contiguous_chunks, 1);
    assert_int_equal(row.placed_chunks, 1);
    assert_int_equal(row.highest_index, 3);
    assert_int_equal(row.prefix_chunks, 0);
    assert_int_equal(row.digest.length, 0);
    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    assert_int_equal(totals.upload_bytes, 30);
    assert_true(next(t, &unproven));
    row = test_rows_accept(t, row.row, 1, 10);
    assert_int_equal(row.contiguous_chunks, 4);
}

static void what_lies_behind_a_dropped_tail_chunk_goes_too(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_chunk_row chunk;

    for (uint64_t i = 0; i < 4; i++) {
        row = accept_unsynced(t, row, i);
    }
    row = test_rows_accept(t, row.row, 9, 10); /* loose: in its own file */
    boot_anew(t);
    assert_int_equal(t->api->prove_chunk(t->catalogue, row.row, 2, false, NULL),
                     WFS_OK);
    row = get(t, row.row);
    assert_int_equal(row.received_chunks, 3);
    assert_int_equal(row.placed_chunks, 2);
    assert_int_equal(row.placed_bytes, 20);
    assert_int_equal(row.highest_index, 9);
    assert_int_equal(t->api->get_chunk(t->catalogue, row.row, 9, &chunk, NULL),
                     WFS_OK);
    assert_int_equal(t->api->get_chunk(t->catalogue, row.row, 3, &chunk, NULL),
                     WFS_ENOUPLOAD);
}

static void an_upload_of_dropped_chunks_is_invisible(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_totals totals;

    row = accept_unsynced(t, row, 0);
    boot_anew(t);
    assert_int_equal(t->api->prove_chunk(t->catalogue, row.row, 0, false, NULL),
                     WFS_OK);
    assert_int_equal(get(t, row.row).received_chunks, 0);
    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    assert_int_equal(totals.uploads, 0);
    assert_int_equal(totals.upload_bytes, 0);
}

static void a_provisional_chunk_needs_no_proof(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "abc", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 4);
    wfs_unproven unproven;

    spec.place = WFS_PLACE_HEAD;
    spec.head = (const uint8_t *)"head";
    spec.is_synced = false;
    assert_int_equal(test_rows_put(t, &spec).error.status, WFS_OK);
    boot_anew(t);
    assert_false(next(t, &unproven));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(receipts_of_this_boot_are_believed),
        TEST(receipts_of_another_boot_are_to_be_proven),
        TEST(a_chunk_that_is_not_whole_is_dropped),
        TEST(what_lies_behind_a_dropped_tail_chunk_goes_too),
        TEST(an_upload_of_dropped_chunks_is_invisible),
        TEST(a_provisional_chunk_needs_no_proof),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
