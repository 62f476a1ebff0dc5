/* test_list.c - pages of recordings in every order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sqlite/list.h"
#include "support/rows.h"

#define ROWS 60

typedef struct order {
    wfs_sort sort;
    bool is_descending;
} order;

static order asked; /* for qsort's comparison */

/* Many ties, some durations unknown, names that differ by case only. */
static wfs_recording make_recording(int i)
{
    static const char *const names[] = {"Take", "take", "Ärger", "äther",
                                        "Zoo"};
    char id[16];
    wfs_recording recording;

    (void)snprintf(id, sizeof id, "r%02d", (i * 37) % ROWS);
    recording = test_rows_recording(id, names[i % 5]);
    recording.timestamp_ms = 1000 + (i * 7) % 9;
    recording.size_bytes = (uint64_t)(100 + (i * 5) % 7);
    recording.has_duration = i % 4 != 0;
    recording.duration_seconds = i % 4 != 0 ? (i * 3) % 8 : 0;
    return recording;
}

static void put_recording(test_rows *t, const wfs_recording *recording)
{
    wfs_upload_row row = test_rows_begin(t, recording->id, WFS_UNKNOWN);

    (void)test_rows_accept(t, row.row, 0, 10);
    assert_int_equal(
        t->api->complete(t->catalogue, row.row, 1, recording, NULL), WFS_OK);
}

static void fill(test_rows *t, wfs_recording *recordings)
{
    for (int i = 0; i < ROWS; i++) {
        recordings[i] = make_recording(i);
        put_recording(t, &recordings[i]);
        wfs_recording_release(&recordings[i]);
    }
}

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

/* "take" equals "Take": the folded names of make_recording, by first byte. */
static int rank_name(const char *name)
{
    switch (name[0]) {
    case 'T':
    case 't':
        return 1;
    case 'Z':
        return 2;
    default: /* ä: by its second letter */
        return name[2] == 'r' ? 3 : 4;
    }
}

static int compare_keys(const wfs_recording *a, const wfs_recording *b)
{
    switch (asked.sort) {
    case WFS_SORT_NAME:
        return rank_name(a->name) - rank_name(b->name);
    case WFS_SORT_SIZE:
        return compare_numbers((double)a->size_bytes, (double)b->size_bytes);
    case WFS_SORT_DURATION:
        return compare_numbers(a->duration_seconds, b->duration_seconds);
    default:
        return compare_numbers((double)a->timestamp_ms,
                               (double)b->timestamp_ms);
    }
}

static int compare(const void *left, const void *right)
{
    const wfs_recording *a = left;
    const wfs_recording *b = right;
    int by_key;

    if (asked.sort == WFS_SORT_DURATION && a->has_duration != b->has_duration) {
        return a->has_duration ? -1 : 1;
    }
    by_key = compare_keys(a, b);
    if (by_key != 0) {
        return asked.is_descending ? -by_key : by_key;
    }
    return strcmp(a->id, b->id);
}

static wfs_recording_page ask(test_rows *t, size_t limit, const char *cursor)
{
    wfs_list_query query = {limit, asked.sort, asked.is_descending, cursor,
                            NULL};
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;

    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_OK);
    return page;
}

static void read_all(test_rows *t, size_t limit, const wfs_recording *expected)
{
    size_t seen = 0;
    char *cursor = NULL;

    do {
        wfs_recording_page page = ask(t, limit, cursor);

        free(cursor);
        cursor = page.next;
        page.next = NULL;
        assert_int_equal(page.total, ROWS);
        for (size_t i = 0; i < page.count; i++) {
            assert_string_equal(page.recordings[i].id, expected[seen++].id);
        }
        assert_true(cursor == NULL || page.count == limit);
        wfs_recording_page_release(&page);
    } while (cursor != NULL);
    assert_int_equal(seen, ROWS);
}

static void every_order_is_told_page_by_page(void **state)
{
    static const size_t limits[] = {1, 2, 7, ROWS - 1, ROWS, ROWS + 1};
    wfs_recording recordings[ROWS];

    fill(*state, recordings);
    for (int i = 0; i < 8; i++) {
        asked = (order){(wfs_sort)(i / 2), i % 2 == 1};
        qsort(recordings, ROWS, sizeof *recordings, compare);
        for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
            read_all(*state, limits[l], recordings);
        }
    }
}

static void an_empty_store_has_one_empty_page(void **state)
{
    wfs_recording_page page;

    asked = (order){WFS_SORT_NAME, false};
    page = ask(*state, 10, NULL);
    assert_int_equal(page.count, 0);
    assert_int_equal(page.total, 0);
    assert_null(page.next);
    wfs_recording_page_release(&page);
}

static void what_comes_and_goes_neither_repeats_nor_skips(void **state)
{
    test_rows *t = *state;
    wfs_recording_page page;
    wfs_recording_row row;
    char *cursor;

    asked = (order){WFS_SORT_NAME, false};
    test_rows_complete(t, "b", "b", 10);
    test_rows_complete(t, "d", "d", 10);
    test_rows_complete(t, "f", "f", 10);
    page = ask(t, 2, NULL);
    assert_string_equal(page.recordings[1].id, "d");
    cursor = page.next;
    page.next = NULL;
    wfs_recording_page_release(&page);
    assert_int_equal(
        t->api->delete_recording(t->catalogue, "d", NULL, &row, NULL), WFS_OK);
    wfs_recording_release(&row.recording);
    test_rows_complete(t, "a", "a", 10);
    test_rows_complete(t, "e", "e", 10);
    page = ask(t, 9, cursor);
    free(cursor);
    assert_int_equal(page.count, 2);
    assert_string_equal(page.recordings[0].id, "e");
    assert_string_equal(page.recordings[1].id, "f");
    assert_int_equal(page.total, 4);
    assert_int_equal(page.total_bytes, 40);
    wfs_recording_page_release(&page);
}

static void a_query_out_of_bounds_is_refused(void **state)
{
    test_rows *t = *state;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page;

    query.limit = 0;
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_EINVAL);
    query.limit = WFS_LIST_LIMIT_MAX + 1;
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_EINVAL);
    query.limit = 1;
    query.cursor = "";
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_ECURSOR);
}

/* The steps of a statement's plan, as EXPLAIN QUERY PLAN words them. */
static void explain(sqlite3 *db, const char *sql, char *plan, size_t capacity)
{
    char explained[1024];
    sqlite3_stmt *statement;

    (void)snprintf(explained, sizeof explained, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(db, explained, -1, &statement, NULL),
                     SQLITE_OK);
    plan[0] = '\0';
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(statement, 3);

        strncat(plan, step, capacity - strlen(plan) - 1);
        strncat(plan, ";", capacity - strlen(plan) - 1);
    }
    (void)sqlite3_finalize(statement);
}

/* By an index, without a sort; `bound`: in it only what is asked for. */
static void expect_index(sqlite3 *db, const char *sql, const char *bound)
{
    char plan[512];

    explain(db, sql, plan, sizeof plan);
    if (strstr(plan, "USING INDEX recording_") == NULL ||
        strstr(plan, "TEMP B-TREE") != NULL ||
        (bound != NULL && strstr(plan, bound) == NULL)) {
        fail_msg("%s -- %s", sql, plan);
    }
}

static void no_page_is_sorted_or_searched_for(void **state)
{
    test_rows *t = *state;
    char path[256];
    sqlite3 *db;

    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    t->api->close(t->catalogue); /* one opener at a time */
    t->catalogue = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (int i = 0; i < 8; i++) {
        const wfs_list_sql *sql = &wfs_list_sqls[i / 2][i % 2];

        expect_index(db, sql->first, NULL);
        expect_index(db, sql->same, "=? AND id>?)");
        expect_index(db, sql->beyond, i % 2 == 0 ? ">?)" : "<?)");
    }
    (void)sqlite3_close(db);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_order_is_told_page_by_page),
        TEST(an_empty_store_has_one_empty_page),
        TEST(what_comes_and_goes_neither_repeats_nor_skips),
        TEST(a_query_out_of_bounds_is_refused),
        TEST(no_page_is_sorted_or_searched_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
