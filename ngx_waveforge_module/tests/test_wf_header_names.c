/*
 * Lists of header names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_header_names.h"


static bool
is_valid(const char *list)
{
    return wf_header_names_are_valid(list, strlen(list));
}


static void
names_stand_between_commas(void **state)
{
    (void) state;

    assert_true(is_valid("content-type"));
    assert_true(is_valid("content-digest,x-a"));
    assert_true(is_valid("Content-Digest , \tX_A!#$%&'*+.^`|~9"));

    assert_false(is_valid(""));
    assert_false(is_valid(","));
    assert_false(is_valid("a,"));
    assert_false(is_valid(",a"));
    assert_false(is_valid("a,,b"));
    assert_false(is_valid("a, "));
}


static void
nothing_else_may_stand_in_a_header(void **state)
{
    (void) state;

    assert_false(is_valid("a b"));
    assert_false(is_valid("a\r\nb"));
    assert_false(is_valid("a:b"));
    assert_false(is_valid("a;b"));
    assert_false(is_valid("\"a\""));
    assert_false(is_valid("\xc3\xa4"));
    assert_false(wf_header_names_are_valid("a\0b", 3));
}


static void
a_list_is_bounded(void **state)
{
    char list[WF_HEADER_NAMES_MAX_BYTES + 1];

    (void) state;

    memset(list, 'a', sizeof(list));

    assert_true(wf_header_names_are_valid(list, sizeof(list) - 1));
    assert_false(wf_header_names_are_valid(list, sizeof(list)));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stand_between_commas),
        cmocka_unit_test(nothing_else_may_stand_in_a_header),
        cmocka_unit_test(a_list_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
