/*
 * If-Match.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_etag.h"


static bool
is_listed(const char *list)
{
    return wf_etag_is_listed(list, strlen(list), "abc");
}


static void
an_etag_is_one_of_a_list(void **state)
{
    (void) state;

    assert_true(is_listed("\"abc\""));
    assert_true(is_listed("W/\"abc\""));
    assert_true(is_listed("\"x\" ,\t\"abc\""));
    assert_true(is_listed(" * "));

    assert_false(is_listed(""));
    assert_false(is_listed("abc"));
    assert_false(is_listed("\"ab\", \"abcd\""));
    assert_false(is_listed("\""));
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_etag_is_one_of_a_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
