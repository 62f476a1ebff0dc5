/*
 * Upload-Limit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wf_upload_limit.h"
#include "wfstore/types.h"

static void
assert_written(wf_upload_limit limit, const char *expected)
{
    char text[WF_UPLOAD_LIMIT_BYTES];

    assert_int_equal(wf_upload_limit_format(&limit, text), strlen(expected));
    assert_string_equal(text, expected);
}


static void
limits_that_there_are_are_told(void **state)
{
    (void) state;

    assert_written((wf_upload_limit) {104857600, 16777216, 86400},
                   "max-size=104857600, max-append-size=16777216, "
                   "max-age=86400");
    assert_written((wf_upload_limit) {WFS_UNKNOWN, 5, WFS_UNKNOWN},
                   "max-append-size=5");
    assert_written((wf_upload_limit) {WFS_UNKNOWN, WFS_UNKNOWN, 0},
                   "max-age=0");
}


static void
the_largest_ones_fit(void **state)
{
    const uint64_t max = 999999999999999;

    (void) state;

    assert_written((wf_upload_limit) {max, max, max},
                   "max-size=999999999999999, "
                   "max-append-size=999999999999999, "
                   "max-age=999999999999999");
    assert_written((wf_upload_limit) {max + 1, 7, max + 1},
                   "max-append-size=7");
}


static void
no_limit_at_all_is_told_as_a_least_size_of_0(void **state)
{
    (void) state;

    assert_written((wf_upload_limit) {WFS_UNKNOWN, WFS_UNKNOWN, WFS_UNKNOWN},
                   "min-size=0");
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_that_there_are_are_told),
        cmocka_unit_test(the_largest_ones_fit),
        cmocka_unit_test(no_limit_at_all_is_told_as_a_least_size_of_0),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
