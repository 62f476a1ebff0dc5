/*
 * test_backup.c - a second store, of the state at some moment.
 */
#include "support/backups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/tree.h"
#include "wfstore/append.h"

static void a_backup_is_a_store_of_its_own(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_backup_summary summary = test_back_up(self, NULL, &told);

    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, TEST_COUNT);
    assert_int_equal(summary.bytes, 3 * TEST_SIZE + 3);
    assert_int_equal(summary.copied + summary.cloned, TEST_COUNT);
    assert_int_equal(summary.linked, 0);
    test_expect_backup(self, "abc");
}

static void the_catalogue_of_a_backup_is_not_for_all_to_read(void **state)
{
    test_store *self = *state;
    const test_store backup = test_backup_of(self);
    mode_t before = umask(0);
    struct stat info;

    (void)test_back_up(self, NULL, NULL);
    umask(before);
    assert_int_equal(
        stat(test_store_get_path(&backup, ".wfstore/catalog.sqlite3"), &info),
        0);
    assert_int_equal(info.st_mode & 07777, 0640);
}

static void create_noted(const test_store *self, const char *id)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = id;
    spec.size_bytes = 0;
    spec.note = "kept with it";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
}

static bool has_note(const test_store *self, const char *id)
{
    char *note = NULL;
    bool answer;

    assert_status(wfs_upload_get_note(self->store, id, &note, NULL), WFS_OK);
    answer = note != NULL && strcmp(note, "kept with it") == 0;
    free(note);
    return answer;
}

static void notes_of_recordings_come_along_and_of_uploads_do_not(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    create_noted(self, "done");
    create_noted(self, "open");
    spec.id = "done";
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    (void)test_back_up(self, NULL, NULL);
    assert_true(has_note(self, "open"));
    test_store_open(&backup);
    assert_true(has_note(&backup, "done"));
    assert_false(has_note(&backup, "open"));
    test_store_close(&backup);
}

static void only_what_is_new_is_copied_again(void **state)
{
    test_store *self = *state;
    wfs_backup_summary summary;

    (void)test_back_up(self, NULL, NULL);
    test_add_recording(self, "d", TEST_SIZE);
    summary = test_back_up(self, NULL, NULL);
    assert_int_equal(summary.unchanged, TEST_COUNT);
    assert_int_equal(summary.copied + summary.cloned, 1);
    test_expect_backup(self, "abcd");
    summary = test_back_up(self, NULL, NULL);
    assert_int_equal(summary.unchanged, TEST_COUNT + 1);
    assert_int_equal(summary.copied + summary.cloned, 0);
    test_expect_backup(self, "abcd");
}

static void changes_of_name_and_metadata_come_along(void **state)
{
    test_store *self = *state;
    wfs_recording_change change = {.name = "New"};
    wfs_recording recording = WFS_RECORDING_INIT;

    (void)test_back_up(self, NULL, NULL);
    assert_status(
        wfs_recording_update(self->store, "b", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    (void)test_back_up(self, NULL, NULL);
    test_expect_backup(self, "abc");
}

static void a_damaged_file_of_the_backup_is_replaced(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    char *path;

    (void)test_back_up(self, NULL, NULL);
    test_store_open(&backup);
    path = strdup(test_recording_path(&backup, "a"));
    test_store_close(&backup);
    assert_int_equal(truncate(path, 100), 0);
    free(path);
    assert_int_equal(test_back_up(self, NULL, NULL).unchanged, TEST_COUNT - 1);
    test_expect_backup(self, "abc");
}

static uint64_t get_inode(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_ino;
}

static void links_are_made_when_they_are_wanted(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    wfs_backup_summary summary;
    char *here = strdup(test_recording_path(self, "a"));
    const char *there = test_store_get_path(&backup, strrchr(here, '/') + 1);

    options.method = WFS_BACKUP_LINK;
    summary = test_back_up(self, &options, NULL);
    assert_int_equal(summary.linked, TEST_COUNT);
    assert_int_equal(get_inode(here), get_inode(there));
    assert_int_equal(test_back_up(self, &options, NULL).unchanged, TEST_COUNT);
    test_expect_backup(self, "abc");
    options.method = WFS_BACKUP_COPY; /* which a link is not */
    summary = test_back_up(self, &options, NULL);
    assert_int_equal(summary.copied, TEST_COUNT);
    there = test_store_get_path(&backup, strrchr(here, '/') + 1);
    assert_true(get_inode(here) != get_inode(there));
    test_expect_backup(self, "abc");
    free(here);
}

static void a_backup_put_in_place_is_the_store(void **state)
{
    test_store *self = *state;
    test_store backup = test_backup_of(self);
    uint8_t *bytes = test_audio_make(TEST_SIZE, 7);
    wfs_chunk_spec spec = test_chunk_spec("new", 0);

    (void)test_back_up(self, NULL, NULL);
    test_store_close(self);
    test_tree_remove(self->path);
    assert_int_equal(rename(backup.path, self->path), 0);
    test_store_open(self);
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    test_complete_ok(self, "new", 1, bytes, TEST_SIZE);
    free(test_recording_json(self, "a"));
    free(bytes);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_upkeep_setup,                   \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_backup_is_a_store_of_its_own),
        TEST(the_catalogue_of_a_backup_is_not_for_all_to_read),
        TEST(notes_of_recordings_come_along_and_of_uploads_do_not),
        TEST(only_what_is_new_is_copied_again),
        TEST(changes_of_name_and_metadata_come_along),
        TEST(a_damaged_file_of_the_backup_is_replaced),
        TEST(links_are_made_when_they_are_wanted),
        TEST(a_backup_put_in_place_is_the_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
