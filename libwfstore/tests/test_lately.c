/*
 * test_lately.c - rows that need not be read again are as those that are read.
 */
#include <stdio.h>
#include <string.h>

#include "sqlite/parts.h"
#include "sqlite/sqlite.h"
#include "support/rows.h"

#define UPLOADS (WFS_LATELY_ROWS + 3)

static wfs_upload_row get(test_rows *t, int64_t row)
{
    wfs_upload_row upload;

    assert_int_equal(t->api->get_upload(t->catalogue, row, &upload, NULL),
                     WFS_OK);
    return upload;
}

static wfs_totals get_totals(test_rows *t)
{
    wfs_totals totals;

    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    return totals;
}

/* Whether the row would be told without reading it. */
static bool is_kept(test_rows *t, int64_t row)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    wfs_upload_row kept;
    wfs_moment now;

    return wfs_sqlite_get_moment(t->catalogue, &now) &&
           wfs_lately_get_upload(&sqlite->lately, &now, row, &kept);
}

static bool are_totals_kept(test_rows *t)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    wfs_totals kept;
    wfs_moment now;

    return wfs_sqlite_get_moment(t->catalogue, &now) &&
           wfs_lately_get_totals(&sqlite->lately, &now, &kept);
}

static void assert_same(const wfs_upload_row *a, const wfs_upload_row *b)
{
    assert_true(a->row == b->row);
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->name, b->name);
    assert_true(a->total_chunks == b->total_chunks);
    assert_true(a->chunk_size == b->chunk_size);
    assert_true(a->created_ms == b->created_ms);
    assert_true(a->updated_ms == b->updated_ms);
    assert_true(a->received_chunks == b->received_chunks);
    assert_true(a->received_bytes == b->received_bytes);
    assert_true(a->contiguous_chunks == b->contiguous_chunks);
    assert_true(a->contiguous_bytes == b->contiguous_bytes);
    assert_true(a->placed_chunks == b->placed_chunks);
    assert_true(a->placed_bytes == b->placed_bytes);
    assert_true(a->prefix_chunks == b->prefix_chunks);
    assert_true(a->prefix_bytes == b->prefix_bytes);
    assert_int_equal(a->digest.length, b->digest.length);
    assert_memory_equal(a->digest.bytes, b->digest.bytes, a->digest.length);
    assert_true(a->highest_index == b->highest_index);
    assert_true(a->head_bytes == b->head_bytes);
    assert_int_equal(a->head_is_sealed, b->head_is_sealed);
    assert_int_equal(a->is_created, b->is_created);
    assert_int_equal(a->is_visible, b->is_visible);
    assert_int_equal(a->is_append, b->is_append);
    assert_int_equal(a->is_partial, b->is_partial);
    assert_int_equal(a->is_salvaged, b->is_salvaged);
    assert_true(a->size_bytes == b->size_bytes);
    assert_true(a->reserved_bytes == b->reserved_bytes);
}

/* What is kept of it is what a reader finds, who knows no moments. */
static void check(test_rows *t, int64_t row)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    const volatile uint32_t *index = sqlite->index;
    wfs_upload_row kept = get(t, row);
    wfs_totals totals = get_totals(t);
    wfs_upload_row read;
    wfs_totals counted;

    assert_true(is_kept(t, row));
    assert_true(are_totals_kept(t));
    sqlite->index = NULL;
    read = get(t, row);
    counted = get_totals(t);
    sqlite->index = index;
    assert_same(&kept, &read);
    assert_memory_equal(&totals, &counted, sizeof totals);
}

static void put(test_rows *t, const wfs_receipt_spec *spec)
{
    assert_int_equal(test_rows_put(t, spec).error.status, WFS_OK);
    check(t, spec->row);
}

static void what_receipts_leave_is_kept_as_it_is_read(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 100);

    (void)get_totals(t);
    put(t, &spec);
    row = get(t, row.row);
    spec = test_rows_receipt(&row, 3, 100);
    spec.name = "Lied für dich";
    put(t, &spec);
    spec.total_chunks = 7;
    put(t, &spec); /* again, and it tells more */
    row = get(t, row.row);
    spec = test_rows_receipt(&row, 1, 100);
    spec.is_synced = false;
    spec.digest.length = 3;
    memcpy(spec.digest.bytes, "abc", 3);
    put(t, &spec);
    row = get(t, row.row);
    spec = test_rows_receipt(&row, 2, 100);
    put(t, &spec);
    test_rows_check_totals(t);
}

static void a_head_is_kept_as_it_is_read(void **state)
{
    static const uint8_t head[] = "0123456789";
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", WFS_UNKNOWN);
    wfs_receipt_spec spec = test_rows_receipt(&row, 0, 10);

    spec.place = WFS_PLACE_HEAD;
    spec.head = head;
    put(t, &spec);
    spec.head_is_sealed = true;
    put(t, &spec);
    assert_true(get(t, row.row).head_is_sealed);
}

static void a_refused_receipt_leaves_what_is_kept(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_receipt_spec specs[2] = {test_rows_receipt(&row, 0, 100),
                                 test_rows_receipt(&row, 1, 101)};
    wfs_receipt_result results[2];

    assert_int_equal(test_rows_put_all(t, specs, 2, results, NULL), WFS_OK);
    assert_int_equal(results[1].error.status, WFS_ECONFLICT);
    check(t, row.row);
    assert_int_equal(test_rows_put(t, &specs[1]).error.status, WFS_ECONFLICT);
    check(t, row.row);
    assert_int_equal(get(t, row.row).received_chunks, 1);
}

static void rows_of_many_uploads_are_kept_and_the_oldest_go(void **state)
{
    test_rows *t = *state;
    wfs_upload_row rows[UPLOADS];
    char id[16];

    for (size_t i = 0; i < UPLOADS; i++) {
        (void)snprintf(id, sizeof id, "id-%zu", i);
        rows[i] = test_rows_begin(t, id, 100);
    }
    for (size_t i = 0; i < UPLOADS; i++) {
        (void)test_rows_accept(t, rows[i].row, 0, 100);
        check(t, rows[i].row);
    }
    for (size_t i = 0; i < UPLOADS; i++) {
        assert_int_equal(is_kept(t, rows[i].row), i >= 3);
        assert_int_equal(get(t, rows[i].row).received_chunks, 1);
    }
}

static void what_others_commit_makes_all_of_it_forgotten(void **state)
{
    test_rows *t = *state;
    wfs_upload_row a = test_rows_begin(t, "a", 100);
    wfs_upload_row b = test_rows_begin(t, "b", 100);

    (void)test_rows_accept(t, a.row, 0, 100);
    (void)get_totals(t);
    (void)test_rows_ask(t, "UPDATE upload SET name = 'other'");
    assert_false(is_kept(t, a.row));
    assert_false(are_totals_kept(t));
    assert_string_equal(get(t, a.row).name, "other");
    (void)test_rows_accept(t, b.row, 0, 100);
    assert_true(is_kept(t, b.row));
    assert_false(is_kept(t, a.row));
    assert_int_equal(get_totals(t).upload_bytes, 200);
    test_rows_check_totals(t);
}

static void an_upload_that_goes_is_not_told_of(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 100);
    wfs_upload_row ignored;

    (void)test_rows_accept(t, row.row, 0, 100);
    assert_true(is_kept(t, row.row));
    assert_int_equal(t->api->delete_upload(t->catalogue, "a", &ignored, NULL),
                     WFS_OK);
    assert_int_equal(t->api->get_upload(t->catalogue, row.row, &ignored, NULL),
                     WFS_ENOUPLOAD);
    assert_int_equal(t->api->get_upload(t->catalogue, 0, &ignored, NULL),
                     WFS_ENOUPLOAD);
    assert_int_equal(get_totals(t).uploads, 0);
}

/* By whoever does not wait for the lock of writers. */
static void a_commit_between_two_moments_makes_it_forgotten(void **state)
{
    static const wfs_totals_change nothing = {0};
    wfs_lately lately;
    wfs_totals totals = {.uploads = 1};
    wfs_moment before = {.words = {1, 2, 3}};
    wfs_moment next = {.words = {1, 2, 4}};
    wfs_moment later = {.words = {1, 2, 6}};

    (void)state;
    wfs_lately_init(&lately);
    wfs_lately_put_totals(&lately, &before, &totals);
    wfs_lately_follow(&lately, &before, &next, &nothing, NULL, 0);
    assert_true(wfs_lately_get_totals(&lately, &next, &totals));
    assert_false(wfs_lately_get_totals(&lately, &before, &totals));
    wfs_lately_follow(&lately, &next, &later, &nothing, NULL, 0);
    assert_false(wfs_lately_get_totals(&lately, &later, &totals));
    assert_false(wfs_lately_get_totals(&lately, &next, &totals));
    wfs_lately_release(&lately);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_receipts_leave_is_kept_as_it_is_read),
        TEST(a_head_is_kept_as_it_is_read),
        TEST(a_refused_receipt_leaves_what_is_kept),
        TEST(rows_of_many_uploads_are_kept_and_the_oldest_go),
        TEST(what_others_commit_makes_all_of_it_forgotten),
        TEST(an_upload_that_goes_is_not_told_of),
        cmocka_unit_test(a_commit_between_two_moments_makes_it_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
