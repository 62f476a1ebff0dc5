/*
 * test_every_fault.c - everything that writes, at every call on files, SQLite's
 * among them: it fails, and the state is the old one or the new one.
 *
 * The short form takes every third call of each act; WAVEFORGE_LONG=1 takes
 * all.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/calls.h"
#include "support/stage.h"

/* An answer is kept, a refusal has done nothing or all, a restart changes
 * nothing, the client can go on. Returns whether the act had an n-th call. */
static bool meet(test_store *self, const test_stage *at, calls_fault fault,
                 int n)
{
    wfs_status status;
    bool is_new;
    char failed[128];

    test_stage_reset(self, at);
    test_store_open(self);
    calls_reset();
    calls_include_sqlite();
    calls_fail(n, fault);
    status = at->act->act(self);
    snprintf(failed, sizeof(failed), "%s", calls_get_failed());
    calls_stop();
    if (self->store == NULL) {
        test_store_open(self);
    }
    is_new = test_stage_expect(self, at, failed, "then");
    if (status == WFS_ECORRUPT ||
        (status == WFS_OK ? !is_new : failed[0] == '\0')) {
        fail_msg("%s, %s: %s", at->act->name, failed, wfs_status_name(status));
    }
    test_store_close(self);
    test_store_open(self);
    assert_int_equal(test_stage_expect(self, at, failed, "opened again"),
                     is_new);
    test_stage_go_on(self, at, failed);
    return failed[0] != '\0';
}

static bool needs_room(calls_fault fault)
{
    return fault == CALLS_ENOSPC || fault == CALLS_EDQUOT;
}

static void meet_everywhere(void **state, calls_fault fault)
{
    const int step = getenv("WAVEFORGE_LONG") != NULL ? 1 : 3;
    test_store *self = *state;

    for (size_t i = 0; i < TEST_ACTS_COUNT; i++) {
        test_stage at;
        int n = 1 + (int)i % step;

        test_stage_make(self, &TEST_ACTS[i], &at);
        while (meet(self, &at, fault, n)) {
            n += step;
        }
        if (n <= step && !(TEST_ACTS[i].only_reads && needs_room(fault))) {
            fail_msg("%s: nothing has failed", TEST_ACTS[i].name);
        }
        test_stage_release(&at);
    }
}

static void a_disk_that_fails_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EIO);
}

static void a_full_disk_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_ENOSPC);
}

static void a_used_up_quota_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EDQUOT);
}

static void a_call_interrupted_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_EINTR);
}

static void a_call_that_does_half_leaves_the_old_or_the_new(void **state)
{
    meet_everywhere(state, CALLS_SHORT);
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
