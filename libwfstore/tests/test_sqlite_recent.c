/*
 * test_sqlite_recent.c - rows that receipts have left are not read again.
 */
#include "sqlite/sqlite.h"
#include "support/rows.h"

#define SIZE 10

/* Nobody can read: what is told then was known before. */
static wfs_status look_without_reading(const test_rows *t, int64_t row,
                                       wfs_upload_row *ret_row)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(t->catalogue);
    wfs_sql_connection *readers[WFS_SQLITE_READERS_MAX];
    wfs_status status;

    for (size_t i = 0; i < WFS_SQLITE_READERS_MAX; i++) {
        assert_int_equal(wfs_sqlite_acquire_reader(sqlite, &readers[i], NULL),
                         WFS_OK);
    }
    status = t->api->get_upload(t->catalogue, row, ret_row, NULL);
    for (size_t i = 0; i < WFS_SQLITE_READERS_MAX; i++) {
        wfs_sqlite_release_reader(sqlite, readers[i]);
    }
    return status;
}

static wfs_upload_row look(const test_rows *t, int64_t row)
{
    wfs_upload_row found = {0};

    assert_int_equal(t->api->get_upload(t->catalogue, row, &found, NULL),
                     WFS_OK);
    return found;
}

/* Every member: it is the same whether it was read or not. */
static void check_same(const wfs_upload_row *one, const wfs_upload_row *other)
{
    assert_string_equal(one->id, other->id);
    assert_string_equal(one->name, other->name);
    assert_int_equal(one->row, other->row);
    assert_int_equal(one->total_chunks, other->total_chunks);
    assert_int_equal(one->chunk_size, other->chunk_size);
    assert_int_equal(one->created_ms, other->created_ms);
    assert_int_equal(one->updated_ms, other->updated_ms);
    assert_int_equal(one->received_chunks, other->received_chunks);
    assert_int_equal(one->received_bytes, other->received_bytes);
    assert_int_equal(one->contiguous_chunks, other->contiguous_chunks);
    assert_int_equal(one->contiguous_bytes, other->contiguous_bytes);
    assert_int_equal(one->placed_chunks, other->placed_chunks);
    assert_int_equal(one->placed_bytes, other->placed_bytes);
    assert_int_equal(one->prefix_chunks, other->prefix_chunks);
    assert_int_equal(one->prefix_bytes, other->prefix_bytes);
    assert_int_equal(one->digest.length, other->digest.length);
    assert_memory_equal(one->digest.bytes, other->digest.bytes,
                        one->digest.length);
    assert_int_equal(one->highest_index, other->highest_index);
    assert_int_equal(one->head_bytes, other->head_bytes);
    assert_int_equal(one->head_is_sealed, other->head_is_sealed);
    assert_int_equal(one->is_created, other->is_created);
    assert_int_equal(one->is_visible, other->is_visible);
    assert_int_equal(one->is_append, other->is_append);
    assert_int_equal(one->is_partial, other->is_partial);
    assert_int_equal(one->is_salvaged, other->is_salvaged);
    assert_int_equal(one->size_bytes, other->size_bytes);
    assert_int_equal(one->reserved_bytes, other->reserved_bytes);
}

/* The same catalogue as another process has it, which reads. */
static test_rows open_elsewhere(const test_rows *t)
{
    test_rows other = *t;

    test_rows_open_again(&other);
    return other;
}

/* In step, told a name and a total; and the same chunk once more. */
static void what_receipts_leave_is_what_is_stored(void **state)
{
    test_rows *t = *state;
    test_rows other = open_elsewhere(t);
    wfs_upload_row row = test_rows_begin(t, "take", SIZE);
    wfs_receipt_spec specs[2] = {test_rows_receipt(&row, 0, SIZE),
                                 test_rows_receipt(&row, 1, SIZE)};
    wfs_receipt_result results[2];
    wfs_upload_row found;
    wfs_upload_row stored;

    specs[0].name = "A take";
    specs[0].digest = (wfs_digest_state){.length = 2, .bytes = {1, 2}};
    specs[1].total_chunks = 3;
    for (int times = 0; times < 2; times++) {
        assert_int_equal(test_rows_put_all(t, specs, 2, results, NULL), WFS_OK);
        assert_int_equal(look_without_reading(t, row.row, &found), WFS_OK);
        stored = look(&other, row.row);
        check_same(&found, &stored);
        assert_int_equal(found.received_chunks, 2);
        assert_int_equal(found.total_chunks, 3);
    }
    other.api->close(other.catalogue);
}

static void one_that_was_refused_leaves_the_row_as_it_is(void **state)
{
    test_rows *t = *state;
    test_rows other = open_elsewhere(t);
    wfs_upload_row row = test_rows_begin(t, "take", SIZE);
    wfs_receipt_spec specs[2] = {test_rows_receipt(&row, 0, SIZE),
                                 test_rows_receipt(&row, 0, SIZE - 1)};
    wfs_receipt_result results[2];
    wfs_upload_row found;
    wfs_upload_row stored;

    specs[1].total_chunks = 1;
    assert_int_equal(test_rows_put_all(t, specs, 2, results, NULL), WFS_OK);
    assert_int_equal(results[1].error.status, WFS_ECONFLICT);
    assert_int_equal(look_without_reading(t, row.row, &found), WFS_OK);
    stored = look(&other, row.row);
    check_same(&found, &stored);
    other.api->close(other.catalogue);
}

static void what_others_commit_is_read(void **state)
{
    test_rows *t = *state;
    test_rows other = open_elsewhere(t);
    int64_t row = test_rows_begin(t, "take", SIZE).row;

    (void)test_rows_accept(t, row, 0, SIZE);
    (void)test_rows_accept(&other, row, 1, SIZE);
    assert_int_equal(look(t, row).received_chunks, 2);
    (void)test_rows_accept(t, row, 2, SIZE);
    assert_int_equal(look(&other, row).received_chunks, 3);
    other.api->close(other.catalogue);
}

static void an_upload_that_has_ended_is_not_there(void **state)
{
    test_rows *t = *state;
    int64_t row = test_rows_begin(t, "take", SIZE).row;
    wfs_upload_row upload;
    wfs_upload_row found;

    (void)test_rows_accept(t, row, 0, SIZE);
    assert_int_equal(t->api->delete_upload(t->catalogue, "take", &upload, NULL),
                     WFS_OK);
    assert_int_equal(t->api->get_upload(t->catalogue, row, &found, NULL),
                     WFS_ENOUPLOAD);
}

static int refuse(void *data)
{
    (void)data;
    return 1;
}

/* After the rows were written, as on a disk that fails. */
static void what_could_not_be_committed_is_not_told(void **state)
{
    test_rows *t = *state;
    sqlite3 *db = wfs_sqlite_of(t->catalogue)->writer.connection.db;
    wfs_upload_row row = test_rows_begin(t, "take", SIZE);
    wfs_receipt_spec spec;
    wfs_receipt_result result;
    wfs_upload_row found;

    row = test_rows_accept(t, row.row, 0, SIZE);
    spec = test_rows_receipt(&row, 1, SIZE);
    (void)sqlite3_commit_hook(db, refuse, NULL);
    assert_int_not_equal(test_rows_put_all(t, &spec, 1, &result, NULL), WFS_OK);
    (void)sqlite3_commit_hook(db, NULL, NULL);
    assert_int_equal(result.upload.received_chunks, 2);
    found = look(t, row.row);
    check_same(&found, &row);
    assert_int_equal(test_rows_put_all(t, &spec, 1, &result, NULL), WFS_OK);
    assert_int_equal(look(t, row.row).received_chunks, 2);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_receipts_leave_is_what_is_stored),
        TEST(one_that_was_refused_leaves_the_row_as_it_is),
        TEST(what_others_commit_is_read),
        TEST(what_could_not_be_committed_is_not_told),
        TEST(an_upload_that_has_ended_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
