/*
 * test_every_death.c - everything that writes, killed after every call on
 * files, SQLite's among them, and in the middle of every write.
 *
 * The short form takes every ninth call of each act; WAVEFORGE_LONG=1 takes
 * all.
 */
#include "support/meet.h"

static void die_everywhere(void **state, bool is_torn)
{
    const int step = test_meet_step(9);
    test_store *self = *state;

    for (size_t i = 0; i < TEST_ACTS_COUNT; i++) {
        test_stage at;
        int n = 1 + (int)i % step;

        test_stage_make(self, &TEST_ACTS[i], &at);
        while (test_meet_death(self, &at, n, is_torn)) {
            n += step;
        }
        assert_true(n > step);
        test_stage_release(&at);
    }
}

static void death_after_any_call_leaves_the_old_or_the_new(void **state)
{
    die_everywhere(state, false);
}

static void death_in_the_middle_of_a_write_does_so_too(void **state)
{
    die_everywhere(state, true);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(death_after_any_call_leaves_the_old_or_the_new),
        ON_STORE(death_in_the_middle_of_a_write_does_so_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
