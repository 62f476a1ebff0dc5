/*
 * test_every_death.c - everything that writes, killed after every call on
 * files, SQLite's among them, and in the middle of every write.
 *
 * The short form takes every ninth call of each act; WAVEFORGE_LONG=1 takes
 * all.
 */
#include "support/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/calls.h"
#include "support/stage.h"

/* In a child: exits with 0 if the act has succeeded. */
static void act_and_die(const test_store *at, const test_act *act, int n,
                        bool is_torn)
{
    test_store self = *at;

    if (wfs_store_open(self.path, NULL, &self.store, NULL) != WFS_OK) {
        _exit(2);
    }
    calls_reset();
    calls_include_sqlite();
    calls_kill(n, is_torn);
    _exit(act->act(&self) == WFS_OK ? 0 : 1);
}

/* Returns whether it was killed. */
static bool run_child(const test_store *self, const test_act *act, int n,
                      bool is_torn)
{
    int result = -1;
    pid_t child = fork();

    if (child == 0) {
        act_and_die(self, act, n, is_torn);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    if (WIFSIGNALED(result)) {
        assert_int_equal(WTERMSIG(result), SIGKILL);
        return true;
    }
    assert_int_equal(WEXITSTATUS(result), 0);
    return false;
}

/* Returns whether the act had an n-th call. */
static bool die_and_go_on(test_store *self, const test_stage *at, int n,
                          bool is_torn)
{
    char what[32];
    bool is_killed;
    bool is_new;

    snprintf(what, sizeof(what), "call %d", n);
    test_stage_reset(self, at);
    is_killed = run_child(self, at->act, n, is_torn);
    test_store_open(self);
    is_new = test_stage_expect(self, at, what, "then");
    assert_true(is_killed || is_new);
    test_store_close(self);
    test_store_open(self);
    assert_int_equal(test_stage_expect(self, at, what, "opened again"), is_new);
    test_stage_go_on(self, at, what);
    return is_killed;
}

static void die_everywhere(void **state, bool is_torn)
{
    const int step = getenv("WAVEFORGE_LONG") != NULL ? 1 : 9;
    test_store *self = *state;

    for (size_t i = 0; i < TEST_ACTS_COUNT; i++) {
        test_stage at;
        int n = 1 + (int)i % step;

        test_stage_make(self, &TEST_ACTS[i], &at);
        while (die_and_go_on(self, &at, n, is_torn)) {
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
