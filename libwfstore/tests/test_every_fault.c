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
#include <string.h>

#include "support/acts.h"
#include "support/calls.h"
#include "support/tree.h"

typedef struct stage {
    const test_act *act;
    char made[TEST_PATH_BYTES]; /* the store as `prepare` leaves it */
    char *old;                  /* what is seen of it */
    char *new;                  /* and after the act */
} stage;

static void open_store(test_store *self)
{
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_store_open(self->path, NULL, &self->store, &error) != WFS_OK) {
        fail_msg("opening: %s %s", wfs_status_name(error.status), error.detail);
    }
}

static void close_store(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

static void take_old_store(test_store *self, const stage *at)
{
    close_store(self);
    test_tree_remove(self->path);
    test_tree_copy(at->made, self->path);
    open_store(self);
}

static void set_stage(test_store *self, const test_act *act, stage *ret_stage)
{
    stage at = {.act = act};

    snprintf(at.made, sizeof(at.made), "%.200s/made", self->folder);
    close_store(self);
    test_tree_remove(self->path);
    test_tree_remove(at.made);
    open_store(self);
    act->prepare(self);
    close_store(self);
    test_tree_copy(self->path, at.made);
    take_old_store(self, &at);
    at.old = test_acts_describe(self);
    assert_status(act->act(self), WFS_OK);
    at.new = test_acts_describe(self);
    *ret_stage = at;
}

static void clear_stage(stage *at)
{
    free(at->old);
    free(at->new);
}

/* Returns whether it is the new one. */
static bool expect_old_or_new(test_store *self, const stage *at,
                              const char *when)
{
    char *text = test_acts_describe(self);
    bool is_new = strcmp(text, at->new) == 0;

    if (!is_new && strcmp(text, at->old) != 0) {
        fail_msg("%s, %s, %s:\n  %s\nis neither\n  %s\nnor\n  %s",
                 at->act->name, calls_get_failed(), when, text, at->old,
                 at->new);
    }
    free(text);
    return is_new;
}

/* An answer is kept, a refusal has done nothing or all, a restart changes
 * nothing, the client can go on. Returns whether the act had an n-th call. */
static bool meet(test_store *self, const stage *at, calls_fault fault, int n)
{
    wfs_status status;
    bool is_new;
    char failed[128];

    take_old_store(self, at);
    calls_reset();
    calls_include_sqlite();
    calls_fail(n, fault);
    status = at->act->act(self);
    snprintf(failed, sizeof(failed), "%s", calls_get_failed());
    calls_stop();
    if (self->store == NULL) {
        open_store(self);
    }
    is_new = expect_old_or_new(self, at, "then");
    if (status == WFS_OK ? !is_new : failed[0] == '\0') {
        fail_msg("%s, %s: %s", at->act->name, failed, wfs_status_name(status));
    }
    if (status == WFS_ECORRUPT) {
        fail_msg("%s, %s: taken for damage", at->act->name, failed);
    }
    close_store(self);
    open_store(self);
    assert_int_equal(expect_old_or_new(self, at, "opened again"), is_new);
    assert_status(at->act->act(self), WFS_OK);
    if (!expect_old_or_new(self, at, "repeated")) {
        fail_msg("%s, %s: repeated in vain", at->act->name, failed);
    }
    test_acts_finish(self);
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
        stage at;
        int n = 1 + (int)i % step;

        set_stage(self, &TEST_ACTS[i], &at);
        while (meet(self, &at, fault, n)) {
            n += step;
        }
        if (n <= step && !(TEST_ACTS[i].only_reads && needs_room(fault))) {
            fail_msg("%s: nothing has failed", TEST_ACTS[i].name);
        }
        clear_stage(&at);
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
