/*
 * Which page of a list a query asks for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_list.h"


static bool
parse(wf_list *list, const char *query)
{
    wf_list_init(list);

    return wf_list_parse_recordings(list, (wf_span) {query, strlen(query)});
}


static void
assert_refused(const char *query, const char *culprit)
{
    wf_list list;

    assert_false(parse(&list, query));
    assert_string_equal(list.culprit, culprit);
}


static void
without_fields_it_is_the_first_hundred_of_all(void **state)
{
    wf_list list;
    wfs_list_query query;

    (void) state;

    assert_true(parse(&list, ""));
    wf_list_get_query(&list, &query);

    assert_int_equal(query.limit, 100);
    assert_int_equal(query.sort, WFS_SORT_TIMESTAMP);
    assert_true(query.descending);
    assert_null(query.cursor);
    assert_null(query.q);
}


static void
each_field_is_read(void **state)
{
    wf_list list;
    wfs_list_query query;

    (void) state;

    assert_true(parse(&list, "limit=7&cursor=AB-_&sort=name&q=L%C3%BCneburg+2"
                             "&other=%zz"));
    wf_list_get_query(&list, &query);

    assert_int_equal(query.limit, 7);
    assert_string_equal(query.cursor, "AB-_");
    assert_int_equal(query.sort, WFS_SORT_NAME);
    assert_false(query.descending);
    assert_string_equal(query.q, "L\xc3\xbcneburg 2");
}


static void
each_order_has_a_name(void **state)
{
    wf_list list;

    (void) state;

    assert_true(parse(&list, "sort=timestamp"));
    assert_int_equal(list.sort, WFS_SORT_TIMESTAMP);
    assert_false(list.descending);
    assert_true(parse(&list, "sort=-duration"));
    assert_int_equal(list.sort, WFS_SORT_DURATION);
    assert_true(list.descending);
    assert_true(parse(&list, "sort=-size"));
    assert_int_equal(list.sort, WFS_SORT_SIZE);
}


static void
what_is_wrong_is_named(void **state)
{
    (void) state;

    assert_refused("limit=0", "limit");
    assert_refused("limit=1001", "limit");
    assert_refused("limit=", "limit");
    assert_refused("limit=+5", "limit");
    assert_refused("sort=colour", "sort");
    assert_refused("sort=", "sort");
    assert_refused("sort=--name", "sort");
    assert_refused("cursor=%00", "cursor");
    assert_refused("cursor=%4", "cursor");
    assert_refused("q=%ff", "q");
    assert_refused("q=a%0ab", "q");
    assert_refused("q=a%00b", "q");
    assert_refused("q=%e2%80%ae", "q");
}


static void
nothing_is_longer_than_it_may_be(void **state)
{
    char text[WF_LIST_CURSOR_BYTES + 8] = "q=";
    wf_list list;

    (void) state;

    memset(text + 2, 'x', WFS_NAME_MAX_BYTES);
    assert_true(parse(&list, text));
    assert_int_equal(strlen(list.q), WFS_NAME_MAX_BYTES);
    text[2 + WFS_NAME_MAX_BYTES] = 'x';
    assert_refused(text, "q");

    memset(text, 0, sizeof(text));
    memcpy(text, "cursor=", 7);
    memset(text + 7, 'x', WF_LIST_CURSOR_BYTES - 1);
    assert_true(parse(&list, text));
    assert_int_equal(strlen(list.cursor), WF_LIST_CURSOR_BYTES - 1);
    text[7 + WF_LIST_CURSOR_BYTES - 1] = 'x';
    text[7 + WF_LIST_CURSOR_BYTES] = '\0';
    assert_refused(text, "cursor");
}


static void
an_empty_cursor_is_no_first_page(void **state)
{
    wf_list list;
    wfs_list_query query;

    (void) state;

    assert_true(parse(&list, "cursor=&q="));
    wf_list_get_query(&list, &query);
    assert_string_equal(query.cursor, "");
    assert_null(query.q);
}


static void
uploads_have_one_order_and_are_not_searched(void **state)
{
    wf_list list;
    const char *query = "limit=3&cursor=x&sort=colour&q=%ff";

    (void) state;

    wf_list_init(&list);
    assert_true(wf_list_parse_uploads(&list,
                                      (wf_span) {query, strlen(query)}));
    assert_int_equal(list.limit, 3);
    assert_string_equal(list.cursor, "x");
    assert_string_equal(list.q, "");

    query = "limit=1001";
    assert_false(wf_list_parse_uploads(&list,
                                       (wf_span) {query, strlen(query)}));
    assert_string_equal(list.culprit, "limit");
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_fields_it_is_the_first_hundred_of_all),
        cmocka_unit_test(each_field_is_read),
        cmocka_unit_test(each_order_has_a_name),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(nothing_is_longer_than_it_may_be),
        cmocka_unit_test(an_empty_cursor_is_no_first_page),
        cmocka_unit_test(uploads_have_one_order_and_are_not_searched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
