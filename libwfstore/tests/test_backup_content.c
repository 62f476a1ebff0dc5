/*
 * test_backup_content.c - what of a store is in its backup when the store is
 * not just whole recordings.
 */
#include "support/backups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void what_was_deleted_stays_as_a_file_unless_pruned(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_backup_summary summary;
    char *name = strdup(strrchr(test_recording_path(self, "b"), '/') + 1);
    char expected[256];

    (void)test_back_up(self, NULL, NULL);
    assert_status(wfs_recording_delete(self->store, "b", NULL, NULL), WFS_OK);
    summary = test_back_up(self, NULL, &told);
    snprintf(expected, sizeof expected, "stray:%s", name);
    assert_string_equal(told.log, expected);
    assert_int_equal(summary.strays, 1);
    assert_int_equal(summary.pruned, 0);
    assert_true(test_file_exists(test_store_get_path(&backup, name)));
    test_store_put_file(&backup, "notes.txt", "mine");
    options.prune = true;
    summary = test_back_up(self, &options, NULL);
    assert_int_equal(summary.pruned, 1);
    assert_false(test_file_exists(test_store_get_path(&backup, name)));
    assert_true(test_file_exists(test_store_get_path(&backup, "notes.txt")));
    assert_int_equal(unlink(test_store_get_path(&backup, "notes.txt")), 0);
    test_expect_backup(self, "ac");
    free(name);
}

static void unfinished_uploads_are_left_out(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(TEST_SIZE, 7);
    wfs_store_stat stat;

    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    assert_int_equal(test_back_up(self, NULL, NULL).uploads_out, 1);
    test_store_open(&backup);
    stat = test_store_get_stat(&backup);
    assert_int_equal(stat.uploads, 0);
    assert_int_equal(stat.upload_bytes, 0);
    test_store_close(&backup);
    test_expect_backup(self, "abc");
    test_complete_ok(self, "up", 1, bytes, TEST_SIZE); /* the store goes on */
    free(bytes);
}

static void a_file_not_yet_renamed_comes_under_its_name(void **state)
{
    test_store *self = *state;

    test_unname_file(self);
    test_store_close(self);
    test_know_unnamed(self);
    test_store_open(self);
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

/* Between the copy of the catalogue and that of the files. */
static bool delete_and_add(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    (void)total;
    if (wfs_recording_delete(self->store, "c", NULL, NULL) == WFS_OK) {
        test_add_recording(self, "d", TEST_SIZE);
    }
    return true;
}

static void what_changes_meanwhile_does_not_matter(void **state)
{
    test_store *self = *state;
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_backup_summary summary;

    options.progress = delete_and_add;
    options.progress_data = self;
    summary = test_back_up(self, &options, &told);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, 2);
    test_expect_backup(self, "ab");
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abd");
}

static void what_the_store_has_lost_is_told(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    test_told told = {.log = ""};
    wfs_backup_summary summary;
    wfs_store_stat stat;

    assert_int_equal(unlink(test_recording_path(self, "a")), 0);
    assert_int_equal(truncate(test_recording_path(self, "b"), 10), 0);
    summary = test_back_up(self, NULL, &told);
    assert_string_equal(told.log, "missing:a size:b");
    assert_int_equal(summary.missing, 1);
    assert_int_equal(summary.recordings, TEST_COUNT);
    test_store_open(&backup);
    stat = test_store_get_stat(&backup);
    assert_int_equal(stat.damaged, 2);
    test_store_close(&backup);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_upkeep_setup,                   \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_deleted_stays_as_a_file_unless_pruned),
        TEST(unfinished_uploads_are_left_out),
        TEST(a_file_not_yet_renamed_comes_under_its_name),
        TEST(what_changes_meanwhile_does_not_matter),
        TEST(what_the_store_has_lost_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
