/*
 * test_every_fault.c - everything that writes, at every call on files, SQLite's
 * among them: it fails, and the state is the old one or the new one.
 *
 * A disk fails at every call: how many there are, and so which is every third,
 * depends on the machine (SQLite calls fchown for root alone), but not what
 * each failure leads to. The short form takes every third call for the other
 * faults; WAVEFORGE_LONG=1 takes all.
 */
#include "support/meet.h"

static void meet_everywhere(void **state, calls_fault fault, int step)
{
    test_store *self = *state;

    for (size_t i = 0; i < TEST_ACTS_COUNT; i++) {
        test_stage at;
        int count;

        test_stage_make(self, &TEST_ACTS[i], &at);
        count = test_meet_faults(self, &at, fault, 1 + (int)i % step, step);
        if (count == 0 &&
            !(TEST_ACTS[i].only_reads && test_needs_room(fault))) {
            fail_msg("%s: nothing has failed", TEST_ACTS[i].name);
        }
        test_stage_release(&at);
    }
}

static void a_disk_that_fails_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EIO, 1);
}

static void a_full_disk_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_ENOSPC, test_meet_step(3));
}

static void a_used_up_quota_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EDQUOT, test_meet_step(3));
}

static void a_call_interrupted_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EINTR, test_meet_step(3));
}

static void a_call_that_does_half_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_SHORT, test_meet_step(3));
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_disk_that_fails_leaves_the_old_or_the_new),
        ON_STORE(a_full_disk_leaves_the_old_or_the_new),
        ON_STORE(a_used_up_quota_leaves_the_old_or_the_new),
        ON_STORE(a_call_interrupted_leaves_the_old_or_the_new),
        ON_STORE(a_call_that_does_half_leaves_the_old_or_the_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
