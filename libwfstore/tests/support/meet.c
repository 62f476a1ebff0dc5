/*
 * meet.c - acts that fail or die.
 */
#include "support/meet.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int test_meet_step(int step)
{
    return getenv("WAVEFORGE_LONG") != NULL ? 1 : step;
}

bool test_needs_room(calls_fault fault)
{
    return fault == CALLS_ENOSPC || fault == CALLS_EDQUOT;
}

static wfs_status act_and_fail(test_store *self, const test_stage *at,
                               calls_fault fault, int n)
{
    wfs_status status;

    test_stage_reset(self, at);
    test_stage_open(self, at);
    calls_reset();
    calls_include_sqlite();
    calls_fail(n, fault);
    status = at->act->act(self);
    calls_stop();
    test_stage_open(self, at);
    return status;
}

/* What the state is now, and that a restart changes nothing. */
static bool look(test_store *self, const test_stage *at, const char *what)
{
    bool is_new = test_stage_expect(self, at, what, "then");

    test_store_close(self);
    test_stage_open(self, at);
    assert_int_equal(test_stage_expect(self, at, what, "opened again"), is_new);
    return is_new;
}

bool test_meet_fault(test_store *self, const test_stage *at, calls_fault fault,
                     int n)
{
    wfs_status status = act_and_fail(self, at, fault, n);
    char failed[128];
    bool is_new;

    snprintf(failed, sizeof(failed), "%s", calls_get_failed());
    if (status == WFS_OK && failed[0] != '\0' && at->view->is_less != NULL &&
        at->view->is_less()) {
        at->view->expect_less(self);
        return true;
    }
    is_new = look(self, at, failed);
    if (status == WFS_ECORRUPT ||
        (status == WFS_OK ? !is_new : failed[0] == '\0')) {
        fail_msg("%s, %s: %s", at->act->name, failed, wfs_status_name(status));
    }
    test_stage_go_on(self, at, failed);
    return failed[0] != '\0';
}

int test_meet_faults(test_store *self, const test_stage *at, calls_fault fault,
                     int first, int step)
{
    int count = 0;

    while (test_meet_fault(self, at, fault, first + count * step)) {
        count++;
    }
    return count;
}

/* In a child: exits with 0 if the act has succeeded. */
static void act_and_die(const test_store *self, const test_stage *at, int n,
                        bool is_torn)
{
    test_store own = *self;

    if (!at->view->is_closed &&
        wfs_store_open(own.path, own.options, &own.store, NULL) != WFS_OK) {
        _exit(2);
    }
    calls_reset();
    calls_include_sqlite();
    calls_kill(n, is_torn);
    _exit(at->act->act(&own) == WFS_OK ? 0 : 1);
}

/* Returns whether it was killed. */
static bool run_child(const test_store *self, const test_stage *at, int n,
                      bool is_torn)
{
    int result = -1;
    pid_t child = fork();

    if (child == 0) {
        act_and_die(self, at, n, is_torn);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    if (WIFSIGNALED(result)) {
        assert_int_equal(WTERMSIG(result), SIGKILL);
        return true;
    }
    assert_int_equal(WEXITSTATUS(result), 0);
    return false;
}

bool test_meet_death(test_store *self, const test_stage *at, int n,
                     bool is_torn)
{
    char what[32];
    bool is_killed;
    bool is_new;

    snprintf(what, sizeof(what), "call %d", n);
    test_stage_reset(self, at);
    is_killed = run_child(self, at, n, is_torn);
    test_stage_open(self, at);
    is_new = look(self, at, what);
    assert_true(is_killed || is_new);
    test_stage_go_on(self, at, what);
    return is_killed;
}
