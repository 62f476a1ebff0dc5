/*
 * test_maintenance_death.c - what a store does for itself or for the one who
 * keeps it, killed after every call on files, SQLite's among them, or in the
 * middle of a write: the old state or the new one, and another run gets there.
 *
 * The short form takes every thirteenth call; WAVEFORGE_LONG=1 takes all.
 */
#include "support/chores.h"
#include "support/meet.h"

/* Every other one in the middle of what it writes, if it does. */
static void die_everywhere(void **state, const test_chore *chore)
{
    const int step = test_meet_step(13);
    test_store *self = *state;
    test_stage at;
    int n = 1;

    test_stage_make_of(self, &chore->act, &chore->view, &at);
    while (test_meet_death(self, &at, n, n % 2 == 0)) {
        n += step;
    }
    assert_true(n > 50);
    test_stage_release(&at);
}

static void death_leaves_a_lost_catalogue_or_a_new_one(void **state)
{
    die_everywhere(state, &TEST_REBUILD_LOST);
}

static void death_leaves_the_old_catalogue_or_the_new_one(void **state)
{
    die_everywhere(state, &TEST_REBUILD_REPLACED);
}

static void death_leaves_no_backup_or_the_first_one(void **state)
{
    die_everywhere(state, &TEST_BACKUP_FIRST);
}

static void death_leaves_the_old_backup_or_the_new_one(void **state)
{
    die_everywhere(state, &TEST_BACKUP_AGAIN);
}

static void death_leaves_the_old_verdict_or_the_new_one(void **state)
{
    die_everywhere(state, &TEST_VERIFY_ROT);
    die_everywhere(state, &TEST_VERIFY_MENDED);
}

static void death_leaves_an_idle_upload_or_nothing(void **state)
{
    die_everywhere(state, &TEST_EXPIRY_DROP);
}

static void death_leaves_an_idle_upload_or_its_recording(void **state)
{
    die_everywhere(state, &TEST_EXPIRY_SALVAGE);
}

static void death_leaves_an_old_recording_or_nothing(void **state)
{
    die_everywhere(state, &TEST_RETENTION);
}

static void death_leaves_the_old_tables_or_the_new_ones(void **state)
{
    die_everywhere(state, &TEST_MIGRATION);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(death_leaves_a_lost_catalogue_or_a_new_one),
        TEST(death_leaves_the_old_catalogue_or_the_new_one),
        TEST(death_leaves_no_backup_or_the_first_one),
        TEST(death_leaves_the_old_backup_or_the_new_one),
        TEST(death_leaves_the_old_verdict_or_the_new_one),
        TEST(death_leaves_an_idle_upload_or_nothing),
        TEST(death_leaves_an_idle_upload_or_its_recording),
        TEST(death_leaves_an_old_recording_or_nothing),
        TEST(death_leaves_the_old_tables_or_the_new_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
