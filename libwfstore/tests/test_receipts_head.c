/*
 * test_receipts_head.c - a provisional chunk 0, kept in the catalogue.
 */
#include <stdlib.h>
#include <string.h>

#include "support/rows.h"

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
    (void)t->api->put_digest(t->catalogue, row.row, 0, 1, 6, &at, true, NULL);
    assert_int_equal(get(t, row.row).prefix_chunks, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_provisional_chunk_is_replaced_by_one_of_its_size),
        TEST(a_sealed_chunk_stays_as_it_is),
        TEST(the_digest_waits_for_a_provisional_chunk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
