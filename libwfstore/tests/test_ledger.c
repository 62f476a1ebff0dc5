/*
 * test_ledger.c - how much space an upload keeps for itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger.h"

#define STEP WFS_LEDGER_STEP_BYTES

static void the_whole_is_what_was_declared_or_all_chunks(void **state)
{
    (void)state;
    assert_int_equal(wfs_ledger_get_whole(700, 3, 1000), 700);
    assert_int_equal(wfs_ledger_get_whole(WFS_UNKNOWN, 3, 1000), 3000);
    assert_true(wfs_ledger_get_whole(WFS_UNKNOWN, WFS_UNKNOWN, 1000) ==
                WFS_UNKNOWN);
    assert_true(wfs_ledger_get_whole(WFS_UNKNOWN, 3, WFS_UNKNOWN) ==
                WFS_UNKNOWN);
    assert_true(wfs_ledger_get_whole(WFS_UNKNOWN, WFS_CHUNKS_MAX,
                                     INT64_MAX / 2) == WFS_UNKNOWN);
}

static void what_is_known_is_reserved_at_once(void **state)
{
    (void)state;
    assert_int_equal(wfs_ledger_choose(0, 10, 5000, WFS_UNKNOWN), 5000);
    assert_int_equal(wfs_ledger_choose(5000, 4999, 5000, WFS_UNKNOWN), 5000);
    assert_int_equal(wfs_ledger_choose(5000, 6000, 5000, WFS_UNKNOWN), STEP);
}

static void what_is_not_known_is_reserved_in_steps(void **state)
{
    (void)state;
    assert_int_equal(wfs_ledger_choose(0, 1, WFS_UNKNOWN, WFS_UNKNOWN), STEP);
    assert_int_equal(wfs_ledger_choose(STEP, STEP, WFS_UNKNOWN, WFS_UNKNOWN),
                     STEP);
    assert_int_equal(
        wfs_ledger_choose(STEP, STEP + 1, WFS_UNKNOWN, WFS_UNKNOWN), 2 * STEP);
}

static void little_room_gives_less_than_a_step_but_what_is_needed(void **state)
{
    (void)state;
    assert_int_equal(wfs_ledger_choose(0, 100, WFS_UNKNOWN, 150), 150);
    assert_int_equal(wfs_ledger_choose(0, 100, 200, 150), 150);
    assert_int_equal(wfs_ledger_choose(0, 100, WFS_UNKNOWN, 100), 100);
    assert_true(wfs_ledger_choose(0, 101, WFS_UNKNOWN, 100) == WFS_UNKNOWN);
}

static void what_is_reserved_stays_when_the_quota_shrinks(void **state)
{
    (void)state;
    assert_int_equal(wfs_ledger_choose(500, 400, WFS_UNKNOWN, 0), 500);
    assert_true(wfs_ledger_choose(500, 501, WFS_UNKNOWN, 0) == WFS_UNKNOWN);
}

static void room_is_what_recordings_and_others_leave(void **state)
{
    wfs_totals totals = {.recording_bytes = 100, .reserved_bytes = 50};

    (void)state;
    assert_true(wfs_ledger_get_room(&totals, 20, 0) ==
                WFS_LEDGER_MAX_BYTES - 130);
    assert_int_equal(wfs_ledger_get_room(&totals, 20, 1000), 870);
    assert_int_equal(wfs_ledger_get_room(&totals, 20, 130), 0);
    assert_int_equal(wfs_ledger_get_room(&totals, 20, 10), 0);
}

/* A client may say 2^63 - 1 where nobody has set a limit. */
static void no_quota_lets_the_sums_of_the_catalogue_overflow(void **state)
{
    wfs_totals totals = {.recording_bytes = 100, .reserved_bytes = 0};
    uint64_t room = wfs_ledger_get_room(&totals, 0, INT64_MAX);

    (void)state;
    assert_true(room == wfs_ledger_get_room(&totals, 0, 0));
    assert_true(wfs_ledger_choose(0, INT64_MAX, INT64_MAX, room) ==
                WFS_UNKNOWN);
    totals.reserved_bytes = wfs_ledger_choose(0, room, room, room);
    assert_true(totals.reserved_bytes == room);
    assert_int_equal(wfs_ledger_get_room(&totals, 0, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_is_what_was_declared_or_all_chunks),
        cmocka_unit_test(what_is_known_is_reserved_at_once),
        cmocka_unit_test(what_is_not_known_is_reserved_in_steps),
        cmocka_unit_test(little_room_gives_less_than_a_step_but_what_is_needed),
        cmocka_unit_test(what_is_reserved_stays_when_the_quota_shrinks),
        cmocka_unit_test(room_is_what_recordings_and_others_leave),
        cmocka_unit_test(no_quota_lets_the_sums_of_the_catalogue_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
