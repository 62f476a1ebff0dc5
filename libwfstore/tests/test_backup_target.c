/*
 * test_backup_target.c - which folders a backup is made in, and what is in them
 * before and after.
 */
#include "support/backups.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void another_folder_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_error error = WFS_ERROR_INIT;

    assert_status(wfs_store_backup(self->store, self->path, NULL, NULL, NULL,
                                   NULL, &error),
                  WFS_ECONFLICT);
    assert_int_equal(mkdir(backup.path, 0750), 0);
    test_store_put_file(&backup, "notes.txt", "mine");
    assert_status(test_try_backup(self, NULL), WFS_ECONFLICT);
    assert_false(test_file_exists(test_store_get_path(&backup, ".wfstore")));
    assert_int_equal(unlink(test_store_get_path(&backup, "notes.txt")), 0);
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

static void another_store_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store other = test_backup_of(self);

    test_store_open(&other);
    test_add_recording(&other, "x", TEST_SIZE);
    test_store_close(&other);
    assert_status(test_try_backup(self, NULL), WFS_ECONFLICT);
    test_store_open(&other);
    free(test_recording_json(&other, "x"));
    test_store_close(&other);
}

static void a_backup_in_use_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_error error = WFS_ERROR_INIT;

    (void)test_back_up(self, NULL, NULL);
    test_store_open(&backup);
    assert_status(wfs_store_backup(self->store, backup.path, NULL, NULL, NULL,
                                   NULL, &error),
                  WFS_EBUSY);
    assert_string_equal(error.detail, "a process has the backup open");
    test_add_recording(&backup, "x", TEST_SIZE);
    test_store_close(&backup);
    assert_status(test_try_backup(self, NULL), WFS_ECONFLICT);
    test_store_open(&backup);
    free(test_recording_json(&backup, "x"));
    test_store_close(&backup);
}

static void looking_at_a_backup_is_no_use_of_it(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);

    (void)test_back_up(self, NULL, NULL);
    test_store_open(&backup);
    test_tend(&backup);
    free(test_recording_json(&backup, "a"));
    test_store_close(&backup);
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

static void a_cancelled_one_leaves_the_one_before(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;

    (void)test_back_up(self, NULL, NULL);
    test_add_recording(self, "d", TEST_SIZE);
    options.progress = test_refuse;
    assert_status(test_try_backup(self, &options), WFS_ECANCELED);
    assert_false(
        test_file_exists(test_store_get_path(&backup, ".wfstore/rebuild")));
    test_store_open(&backup);
    free(test_recording_json(&backup, "c"));
    assert_status(
        wfs_recording_get(backup.store, "d", &(wfs_recording){0}, NULL),
        WFS_ENORECORDING);
    test_store_close(&backup);
}

/* All that there is of it: the folders, and a mark without a byte. */
static void one_that_ended_at_its_mark_is_gone_on_with(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);

    assert_int_equal(mkdir(backup.path, 0750), 0);
    assert_int_equal(mkdir(test_store_get_path(&backup, ".wfstore"), 0750), 0);
    test_store_put_file(&backup, ".wfstore/backup", "");
    test_store_put_file(&backup, ".wfstore/lock", "");
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

/* It had not come to its mark, and left a lock. */
static void one_that_somebody_tried_to_open_is_gone_on_with(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);

    assert_int_equal(mkdir(backup.path, 0750), 0);
    assert_int_equal(mkdir(test_store_get_path(&backup, ".wfstore"), 0750), 0);
    test_store_put_file(&backup, ".wfstore/lock", "");
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_upkeep_setup,                   \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(another_folder_is_left_alone),
        TEST(another_store_is_left_alone),
        TEST(a_backup_in_use_is_left_alone),
        TEST(looking_at_a_backup_is_no_use_of_it),
        TEST(a_cancelled_one_leaves_the_one_before),
        TEST(one_that_ended_at_its_mark_is_gone_on_with),
        TEST(one_that_somebody_tried_to_open_is_gone_on_with),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
