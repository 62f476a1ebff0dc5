/*
 * test_search.c - recordings are found by a part of their name, in any case,
 * in pages whose cost is bounded.
 */
#include "support/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_LIST (WFS_LIST_LOOKS_MAX + 500)

/* Ids found, with blanks between, over all pages of `limit`. */
static const char *find(test_rows *t, const char *q, size_t limit,
                        size_t *ret_pages)
{
    static char found[4096];
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    char *cursor = NULL;
    size_t pages = 0;

    found[0] = '\0';
    query.limit = limit;
    query.sort = WFS_SORT_NAME;
    query.descending = false;
    query.q = q;
    do {
        wfs_recording_page page = WFS_RECORDING_PAGE_INIT;

        query.cursor = cursor;
        assert_int_equal(
            t->api->list_recordings(t->catalogue, &query, &page, NULL), WFS_OK);
        assert_true(page.count <= limit);
        for (size_t i = 0; i < page.count; i++) {
            strcat(found, found[0] == '\0' ? "" : " ");
            strcat(found, page.recordings[i].id);
        }
        free(cursor);
        cursor = page.next == NULL ? NULL : strdup(page.next);
        wfs_recording_page_release(&page);
        pages++;
    } while (cursor != NULL);
    if (ret_pages != NULL) {
        *ret_pages = pages;
    }
    return found;
}

static void add_names(test_rows *t)
{
    test_rows_complete(t, "a", "Interview Bärbel", 10);
    test_rows_complete(t, "b", "interview ЖАННА", 10);
    test_rows_complete(t, "c", "Notes", 10);
    test_rows_complete(t, "d", "INTERVIEW 100%_x", 10);
}

static void names_are_found_whatever_their_case(void **state)
{
    test_rows *t = *state;

    add_names(t);
    assert_string_equal(find(t, "INTERview", 10, NULL), "d a b");
    assert_string_equal(find(t, "BÄRBEL", 10, NULL), "a");
    assert_string_equal(find(t, "жанна", 10, NULL), "b");
    assert_string_equal(find(t, "bar", 10, NULL), "");
    assert_string_equal(find(t, "", 10, NULL), "d a b c");
}

static void signs_of_patterns_mean_themselves(void **state)
{
    test_rows *t = *state;

    add_names(t);
    assert_string_equal(find(t, "%", 10, NULL), "d");
    assert_string_equal(find(t, "_", 10, NULL), "d");
    assert_string_equal(find(t, "*", 10, NULL), "");
    assert_string_equal(find(t, "'", 10, NULL), "");
}

static void pages_go_on_behind_what_was_found(void **state)
{
    test_rows *t = *state;
    size_t pages;

    add_names(t);
    assert_string_equal(find(t, "interview", 1, &pages), "d a b");
    assert_true(pages >= 3);
    assert_string_equal(find(t, "interview", 2, NULL), "d a b");
}

static char *get_next(test_rows *t, const char *q)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    char *next;

    query.limit = 1;
    query.q = q;
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_OK);
    assert_non_null(page.next);
    next = strdup(page.next);
    wfs_recording_page_release(&page);
    return next;
}

static wfs_status list_from(test_rows *t, const char *cursor, const char *q)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_status status;

    query.q = q;
    query.cursor = cursor;
    status = t->api->list_recordings(t->catalogue, &query, &page, NULL);
    wfs_recording_page_release(&page);
    return status;
}

static void a_cursor_is_bound_to_what_is_searched_for(void **state)
{
    test_rows *t = *state;
    char *searching;
    char *listing;

    add_names(t);
    searching = get_next(t, "Interview");
    listing = get_next(t, NULL);
    assert_int_equal(list_from(t, searching, "iNTERVIEW"), WFS_OK);
    assert_int_equal(list_from(t, searching, "notes"), WFS_ECURSOR);
    assert_int_equal(list_from(t, searching, NULL), WFS_ECURSOR);
    assert_int_equal(list_from(t, listing, "interview"), WFS_ECURSOR);
    assert_int_equal(list_from(t, listing, ""), WFS_OK);
    free(searching);
    free(listing);
}

static void totals_are_unknown_while_searching(void **state)
{
    test_rows *t = *state;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;

    add_names(t);
    query.q = "notes";
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_OK);
    assert_true(page.total == WFS_UNKNOWN);
    assert_true(page.total_bytes == WFS_UNKNOWN);
    assert_int_equal(page.count, 1);
    wfs_recording_page_release(&page);
}

static void what_is_no_name_is_refused(void **state)
{
    test_rows *t = *state;
    char long_text[WFS_NAME_MAX_BYTES + 2];

    memset(long_text, 'x', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(list_from(t, NULL, long_text), WFS_EINVAL);
    assert_int_equal(list_from(t, NULL, "\x01"), WFS_EINVAL);
    assert_int_equal(list_from(t, NULL, "\xff\xfe"), WFS_EINVAL);
}

/* Many rows at once, by SQL: this is about reading them. */
static void add_many(test_rows *t)
{
    char sql[1024];

    (void)snprintf(sql, sizeof sql,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                   " FROM n WHERE i < %d) INSERT INTO recording(id, chunks,"
                   " filename, name, folded, timestamp, stored, size, mime,"
                   " channels, rate, metadata) SELECT 'n' || i, 1, 'f' || i,"
                   " 'Take', 'take', i, i, 1, 'audio/wav', 1, 48000, '{}'"
                   " FROM n; SELECT 1",
                   LONG_LIST);
    assert_int_equal(test_rows_ask(t, sql), 1);
}

static void a_request_looks_at_a_bounded_number_of_rows(void **state)
{
    test_rows *t = *state;
    size_t pages;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;

    add_many(t);
    test_rows_complete(t, "z", "Zebra", 10);
    query.sort = WFS_SORT_NAME;
    query.descending = false;
    query.q = "zebra";
    assert_int_equal(t->api->list_recordings(t->catalogue, &query, &page, NULL),
                     WFS_OK);
    assert_int_equal(page.count, 0);
    assert_non_null(page.next);
    wfs_recording_page_release(&page);
    assert_string_equal(find(t, "zebra", 100, &pages), "z");
    assert_int_equal(pages, 2);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_found_whatever_their_case),
        TEST(signs_of_patterns_mean_themselves),
        TEST(pages_go_on_behind_what_was_found),
        TEST(a_cursor_is_bound_to_what_is_searched_for),
        TEST(totals_are_unknown_while_searching),
        TEST(what_is_no_name_is_refused),
        TEST(a_request_looks_at_a_bounded_number_of_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
