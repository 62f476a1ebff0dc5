/*
 * test_clock.c - when a clock is doubted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"

#define DAY_MS INT64_C(86400000)

/* What is seen of the clocks, and what follows. */
static int64_t judge(int64_t boot, int64_t boottime, int64_t realtime,
                     int64_t doubt)
{
    wfs_clock_state before = {1, 1000000, 9000000, doubt};
    wfs_clock_state now = {boot, boottime, realtime, -1};

    wfs_clock_judge(&before, &now);
    return now.doubt_ms;
}

static void
a_clock_is_doubted_when_it_jumps_and_not_when_it_drifts(void **state)
{
    const int64_t hour = 3600000;

    (void)state;
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour + 60000, 0), 0);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + 2 * hour, 0), DAY_MS);
    assert_int_equal(judge(1, 1000000 + hour, 9000000, 0), DAY_MS);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour, 2 * hour), hour);
    assert_int_equal(judge(1, 1000000 + hour, 9000000 + hour, hour), 0);
    assert_int_equal(judge(2, 5000, 9000000 + hour, 0), 0); /* a restart */
    assert_int_equal(judge(2, 5000, 9000000 + hour, 7), 7);
    assert_int_equal(judge(2, 5000, 9000000 - hour, 0), DAY_MS);
    assert_int_equal(judge(2, 5000, 9000000 + 30 * DAY_MS, 0), DAY_MS);
    assert_int_equal(judge(0, 1000000 + hour, 9000000 + hour, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_clock_is_doubted_when_it_jumps_and_not_when_it_drifts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
