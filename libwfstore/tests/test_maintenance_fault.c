/*
 * test_maintenance_fault.c - what a store does for itself or for the one who
 * keeps it, at every call on files, SQLite's among them: it fails, and the
 * state is the old one or the new one.
 *
 * The short form takes every twenty-third call; WAVEFORGE_LONG=1 takes all.
 */
#include "support/chores.h"
#include "support/meet.h"

#define STEP 23

static void meet_all_of(void **state, const test_chore *chore,
                        const calls_fault *faults, size_t count)
{
    const int step = test_meet_step(STEP);
    test_stage at;

    test_stage_make_of(*state, &chore->act, &chore->view, &at);
    for (size_t i = 0; i < count; i++) {
        if (test_meet_faults(*state, &at, faults[i], 1 + (int)i % step, step) ==
            0) {
            fail_msg("%s: nothing has failed", chore->act.name);
        }
    }
    test_stage_release(&at);
}

static void meet(void **state, const test_chore *chore)
{
    static const calls_fault faults[] = {CALLS_EIO, CALLS_ENOSPC, CALLS_EDQUOT,
                                         CALLS_EINTR, CALLS_SHORT};

    meet_all_of(state, chore, faults, sizeof(faults) / sizeof(faults[0]));
}

static void a_fault_leaves_a_lost_catalogue_or_a_new_one(void **state)
{
    meet(state, &TEST_REBUILD_LOST);
}

static void a_fault_leaves_the_old_catalogue_or_the_new_one(void **state)
{
    meet(state, &TEST_REBUILD_REPLACED);
}

static void a_fault_leaves_no_backup_or_the_first_one(void **state)
{
    meet(state, &TEST_BACKUP_FIRST);
}

static void a_fault_leaves_the_old_backup_or_the_new_one(void **state)
{
    static const calls_fault faults[] = {CALLS_EIO, CALLS_EINTR, CALLS_SHORT};

    meet_all_of(state, &TEST_BACKUP_AGAIN, faults, 3);
}

static void a_full_disk_leaves_the_old_backup_or_the_new_one(void **state)
{
    static const calls_fault faults[] = {CALLS_ENOSPC, CALLS_EDQUOT};

    meet_all_of(state, &TEST_BACKUP_AGAIN, faults, 2);
}

static void a_disk_that_shares_nothing_is_copied(void **state)
{
    static const calls_fault fault = CALLS_UNABLE;
    test_stage at;

    test_stage_make_of(*state, &TEST_BACKUP_AGAIN.act, &TEST_BACKUP_AGAIN.view,
                       &at);
    assert_true(test_meet_faults(*state, &at, fault, 1, 1) > 0);
    test_stage_release(&at);
}

static void a_fault_leaves_the_old_verdict_or_the_new_one(void **state)
{
    meet(state, &TEST_VERIFY_ROT);
    meet(state, &TEST_VERIFY_MENDED);
}

static void a_fault_leaves_an_idle_upload_or_nothing(void **state)
{
    meet(state, &TEST_EXPIRY_DROP);
}

static void a_fault_leaves_an_idle_upload_or_its_recording(void **state)
{
    meet(state, &TEST_EXPIRY_SALVAGE);
}

static void a_fault_leaves_an_old_recording_or_nothing(void **state)
{
    meet(state, &TEST_RETENTION);
}

static void a_fault_leaves_the_old_tables_or_the_new_ones(void **state)
{
    meet(state, &TEST_MIGRATION);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_fault_leaves_a_lost_catalogue_or_a_new_one),
        TEST(a_fault_leaves_the_old_catalogue_or_the_new_one),
        TEST(a_fault_leaves_no_backup_or_the_first_one),
        TEST(a_fault_leaves_the_old_backup_or_the_new_one),
        TEST(a_full_disk_leaves_the_old_backup_or_the_new_one),
        TEST(a_disk_that_shares_nothing_is_copied),
        TEST(a_fault_leaves_the_old_verdict_or_the_new_one),
        TEST(a_fault_leaves_an_idle_upload_or_nothing),
        TEST(a_fault_leaves_an_idle_upload_or_its_recording),
        TEST(a_fault_leaves_an_old_recording_or_nothing),
        TEST(a_fault_leaves_the_old_tables_or_the_new_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
