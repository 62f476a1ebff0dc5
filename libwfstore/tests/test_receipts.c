/* test_receipts.c - accepting chunks in one transaction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

static wfs_upload_row get(test_rows *t, int64_t row)
{
    wfs_upload_row upload;

    assert_int_equal(t->api->get_upload(t->catalogue, row, &upload, NULL),
                     WFS_OK);
    return upload;
}

static wfs_receipt_spec head(const wfs_upload_row *row, const char *bytes,
                             bool is_sealed)
{
    wfs_receipt_spec spec = test_rows_receipt(row, 0, strlen(bytes));

    spec.place = WFS_PLACE_HEAD;
    spec.head = (const uint8_t *)bytes;
    spec.head_is_sealed = is_sealed;
    memcpy(spec.sha256, bytes, strlen(bytes) < 32 ? strlen(bytes) : 32);
    return spec;
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

    assert_int_equal(
        t->api->put_receipts(t->catalogue, specs, 3, results, NULL), WFS_OK);
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

    assert_int_equal(
        t->api->put_receipts(t->catalogue, specs, 3, results, NULL), WFS_OK);
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
        t->api->put_digest(t->catalogue, row.row, 1, 2, 200, &at, NULL),
        WFS_OK);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
    (void)t->api->put_digest(t->catalogue, row.row, 0, 4, 400, &at, NULL);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
    (void)t->api->put_digest(t->catalogue, row.row, 0, 2, 200, &at, NULL);
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
        assert_int_equal(
            t->api->put_place(t->catalogue, row.row, 1, 10, &after, NULL),
            WFS_OK);
        assert_int_equal(after.placed_chunks, 2);
        assert_int_equal(after.placed_bytes, 30);
    }
    assert_int_equal(
        t->api->put_place(t->catalogue, row.row, 1, 11, &after, NULL),
        WFS_ECONFLICT);
    assert_int_equal(t->api->get_chunk(t->catalogue, row.row, 1, &chunk, NULL),
                     WFS_OK);
    assert_int_equal(chunk.place, 10);
    assert_int_equal(
        t->api->put_place(t->catalogue, row.row, 7, 30, &after, NULL),
        WFS_ENOUPLOAD);
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
        t->api->put_place(t->catalogue, row.row, 1, 10, &row, NULL), WFS_OK);
    spec = test_rows_receipt(&row, 1, 20);
    spec.has_sha256 = false;
    spec.place = WFS_PLACE_LOOSE;
    spec.total_chunks = 2;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.error.status, WFS_OK);
    assert_true(result.existed);
    assert_int_equal(result.upload.total_chunks, 2);
}

static void a_provisional_chunk_is_replaced_by_one_of_its_size(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec first = head(&row, "old header", false);
    wfs_receipt_spec second = head(&row, "new header", false);
    wfs_receipt_spec longer = head(&row, "longer header", false);
    wfs_receipt_result result = test_rows_put(t, &first);
    uint8_t *bytes;
    size_t length;

    assert_int_equal(result.upload.head_bytes, 10);
    assert_int_equal(result.upload.placed_bytes, 10);
    result = test_rows_put(t, &first);
    assert_true(result.existed);
    result = test_rows_put(t, &second);
    assert_int_equal(result.error.status, WFS_OK);
    assert_false(result.existed);
    assert_int_equal(result.upload.received_chunks, 1);
    assert_int_equal(result.upload.received_bytes, 10);
    result = test_rows_put(t, &longer);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    assert_int_equal(
        t->api->get_head(t->catalogue, row.row, &bytes, &length, NULL), WFS_OK);
    assert_int_equal(length, 10);
    assert_memory_equal(bytes, "new header", 10);
    free(bytes);
}

static void a_sealed_chunk_stays_as_it_is(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec open = head(&row, "old header", false);
    wfs_receipt_spec sealed = head(&row, "new header", true);
    wfs_receipt_result result = test_rows_put(t, &open);

    result = test_rows_put(t, &sealed);
    assert_int_equal(result.error.status, WFS_OK);
    assert_true(result.upload.head_is_sealed);
    result = test_rows_put(t, &sealed);
    assert_true(result.existed);
    result = test_rows_put(t, &open);
    assert_int_equal(result.error.status, WFS_ECONFLICT);
    sealed = head(&row, "new header", false);
    result = test_rows_put(t, &sealed);
    assert_true(result.existed);
    assert_true(result.upload.head_is_sealed);
}

static void the_digest_waits_for_a_provisional_chunk(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = head(&row, "header", false);
    wfs_digest_state at = {.length = 40};
    wfs_receipt_result result;

    spec.digest = at;
    result = test_rows_put(t, &spec);
    assert_int_equal(result.upload.prefix_chunks, 0);
    assert_false(result.catch_up);
    row = test_rows_accept(t, row.row, 1, 10);
    assert_int_equal(row.contiguous_chunks, 2);
    assert_int_equal(row.placed_bytes, 16);
    (void)t->api->put_digest(t->catalogue, row.row, 0, 1, 6, &at, NULL);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(receipts_of_several_uploads_share_a_transaction),
        TEST(a_refused_receipt_does_not_hold_up_the_others),
        TEST(the_same_chunk_again_existed_before),
        TEST(name_and_total_come_from_the_first_that_tells),
        TEST(a_shorter_chunk_fixes_the_total),
        TEST(a_chunk_in_step_carries_the_digest),
        TEST(a_closed_gap_asks_for_one_catch_up),
        TEST(a_digest_moves_on_only_from_where_it_was),
        TEST(a_loose_chunk_is_placed_when_its_gap_has_closed),
        TEST(a_repeat_of_a_chunk_absorbed_meanwhile_existed_before),
        TEST(a_provisional_chunk_is_replaced_by_one_of_its_size),
        TEST(a_sealed_chunk_stays_as_it_is),
        TEST(the_digest_waits_for_a_provisional_chunk),
        TEST(a_receipt_learns_what_became_of_its_upload),
        TEST(a_receipt_of_an_older_row_is_not_taken_for_the_new),
        TEST(a_malformed_receipt_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
