/*
 * test_backup.c - a second store, of the state at some moment.
 */
#include "support/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/tree.h"

#define SIZE 3000

static const char *const IDS[] = {"a", "b", "c"};
#define COUNT (sizeof IDS / sizeof IDS[0])

/* The backup of a test's store, as a store that can be asked. */
static test_store backup_of(const test_store *self)
{
    test_store backup = {.store = NULL};

    snprintf(backup.folder, sizeof backup.folder, "%s", self->folder);
    snprintf(backup.path, sizeof backup.path, "%.200s/backup", self->folder);
    return backup;
}

static int setup(void **state)
{
    int result = test_store_setup(state);

    for (size_t i = 0; result == 0 && i < COUNT; i++) {
        test_add_recording(*state, IDS[i], SIZE + i);
    }
    return result;
}

static wfs_backup_summary back_up(const test_store *self,
                                  const wfs_backup_options *options,
                                  test_told *told)
{
    test_store backup = backup_of(self);
    wfs_backup_summary summary = WFS_BACKUP_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_told ignored = {.log = ""};
    wfs_status status =
        wfs_store_backup(self->store, backup.path, options, test_told_keep,
                         told == NULL ? &ignored : told, &summary, &error);

    if (status != WFS_OK) {
        fail_msg("%s: %s (%s)", wfs_status_name(status), error.detail,
                 error.step == NULL ? "" : error.step);
    }
    return summary;
}

static wfs_status try_backup(const test_store *self)
{
    test_store backup = backup_of(self);
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_store_backup(self->store, backup.path, NULL, NULL,
                                         NULL, NULL, &error);

    assert_status(error.status, status);
    return status;
}

static void open_backup(test_store *backup)
{
    assert_status(wfs_store_open(backup->path, NULL, &backup->store, NULL),
                  WFS_OK);
}

static void close_backup(test_store *backup)
{
    wfs_store_close(backup->store);
    backup->store = NULL;
}

/* The backup has these recordings as the store has them, whole, and nothing
 * else; and its list shows them. */
static void expect_backup(test_store *self, const char *ids)
{
    test_store backup = backup_of(self);
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told told = {.log = ""};
    char *list;
    size_t length;

    list = (char *)test_file_read(test_store_get_path(&backup, "metadata.json"),
                                  &length);
    open_backup(&backup);
    for (const char *id = ids; *id != '\0'; id++) {
        char name[2] = {*id, '\0'};
        char *there = test_recording_json(&backup, name);
        char *here = test_recording_json(self, name);

        assert_string_equal(there, here);
        assert_true(memmem(list, length, there, strlen(there)) != NULL);
        free(there);
        free(here);
    }
    assert_status(wfs_store_verify(backup.store, NULL, test_told_keep, &told,
                                   &summary, NULL),
                  WFS_OK);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, strlen(ids));
    close_backup(&backup);
    free(list);
}

static void a_backup_is_a_store_of_its_own(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_backup_summary summary = back_up(self, NULL, &told);

    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, COUNT);
    assert_int_equal(summary.bytes, 3 * SIZE + 3);
    assert_int_equal(summary.copied + summary.cloned, COUNT);
    assert_int_equal(summary.linked, 0);
    expect_backup(self, "abc");
}

static void only_what_is_new_is_copied_again(void **state)
{
    test_store *self = *state;
    wfs_backup_summary summary;

    (void)back_up(self, NULL, NULL);
    test_add_recording(self, "d", SIZE);
    summary = back_up(self, NULL, NULL);
    assert_int_equal(summary.unchanged, COUNT);
    assert_int_equal(summary.copied + summary.cloned, 1);
    expect_backup(self, "abcd");
    summary = back_up(self, NULL, NULL);
    assert_int_equal(summary.unchanged, COUNT + 1);
    assert_int_equal(summary.copied + summary.cloned, 0);
    expect_backup(self, "abcd");
}

static void changes_of_name_and_metadata_come_along(void **state)
{
    test_store *self = *state;
    wfs_recording_change change = {.name = "New"};
    wfs_recording recording = WFS_RECORDING_INIT;

    (void)back_up(self, NULL, NULL);
    assert_status(
        wfs_recording_update(self->store, "b", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    (void)back_up(self, NULL, NULL);
    expect_backup(self, "abc");
}

static void a_damaged_file_of_the_backup_is_replaced(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    char *path;

    (void)back_up(self, NULL, NULL);
    open_backup(&backup);
    path = strdup(test_recording_path(&backup, "a"));
    close_backup(&backup);
    assert_int_equal(truncate(path, 100), 0);
    free(path);
    assert_int_equal(back_up(self, NULL, NULL).unchanged, COUNT - 1);
    expect_backup(self, "abc");
}

static void what_was_deleted_stays_as_a_file_unless_pruned(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_backup_summary summary;
    char *name = strdup(strrchr(test_recording_path(self, "b"), '/') + 1);
    char expected[256];

    (void)back_up(self, NULL, NULL);
    assert_status(wfs_recording_delete(self->store, "b", NULL), WFS_OK);
    summary = back_up(self, NULL, &told);
    snprintf(expected, sizeof expected, "stray:%s", name);
    assert_string_equal(told.log, expected);
    assert_int_equal(summary.strays, 1);
    assert_int_equal(summary.pruned, 0);
    assert_true(test_file_exists(test_store_get_path(&backup, name)));
    test_store_put_file(&backup, "notes.txt", "mine");
    options.prune = true;
    summary = back_up(self, &options, NULL);
    assert_int_equal(summary.pruned, 1);
    assert_false(test_file_exists(test_store_get_path(&backup, name)));
    assert_true(test_file_exists(test_store_get_path(&backup, "notes.txt")));
    assert_int_equal(unlink(test_store_get_path(&backup, "notes.txt")), 0);
    expect_backup(self, "ac");
    free(name);
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
    test_store backup = backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;
    wfs_backup_summary summary;
    char *here = strdup(test_recording_path(self, "a"));
    const char *there = test_store_get_path(&backup, strrchr(here, '/') + 1);

    options.method = WFS_BACKUP_LINK;
    summary = back_up(self, &options, NULL);
    assert_int_equal(summary.linked, COUNT);
    assert_int_equal(get_inode(here), get_inode(there));
    assert_int_equal(back_up(self, &options, NULL).unchanged, COUNT);
    expect_backup(self, "abc");
    options.method = WFS_BACKUP_COPY; /* which a link is not */
    summary = back_up(self, &options, NULL);
    assert_int_equal(summary.copied, COUNT);
    there = test_store_get_path(&backup, strrchr(here, '/') + 1);
    assert_true(get_inode(here) != get_inode(there));
    expect_backup(self, "abc");
    free(here);
}

static void unfinished_uploads_are_left_out(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(SIZE, 7);
    wfs_store_stat stat;

    test_send_ok(self->store, &spec, bytes, SIZE);
    assert_int_equal(back_up(self, NULL, NULL).uploads_out, 1);
    open_backup(&backup);
    assert_status(wfs_store_get_stat(backup.store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.uploads, 0);
    assert_int_equal(stat.upload_bytes, 0);
    close_backup(&backup);
    expect_backup(self, "abc");
    test_complete_ok(self, "up", 1, bytes, SIZE); /* the store goes on */
    free(bytes);
}

/* As a crash between the commit of completing and the rename leaves it. */
static void a_file_not_yet_renamed_comes_under_its_name(void **state)
{
    test_store *self = *state;
    char *b = strdup(test_recording_path(self, "b"));

    assert_int_equal(
        rename(b, test_store_get_path(self, ".wfstore/uploads/b.77.part")), 0);
    wfs_store_close(self->store);
    self->store = NULL;
    test_run_sql(self, "UPDATE recording SET part = 77 WHERE id = 'b'");
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    (void)back_up(self, NULL, NULL);
    expect_backup(self, "abc");
    free(b);
}

/* Between the copy of the catalogue and that of the files. */
static bool delete_and_add(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    (void)total;
    if (wfs_recording_delete(self->store, "c", NULL) == WFS_OK) {
        test_add_recording(self, "d", SIZE);
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
    summary = back_up(self, &options, &told);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.recordings, 2);
    expect_backup(self, "ab");
    (void)back_up(self, NULL, NULL);
    expect_backup(self, "abd");
}

static void what_the_store_has_lost_is_told(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    test_told told = {.log = ""};
    wfs_backup_summary summary;
    wfs_store_stat stat;

    assert_int_equal(unlink(test_recording_path(self, "a")), 0);
    assert_int_equal(truncate(test_recording_path(self, "b"), 10), 0);
    summary = back_up(self, NULL, &told);
    assert_string_equal(told.log, "missing:a size:b");
    assert_int_equal(summary.missing, 1);
    assert_int_equal(summary.recordings, COUNT);
    open_backup(&backup);
    assert_status(wfs_store_get_stat(backup.store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.damaged, 2);
    close_backup(&backup);
}

static void another_folder_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    wfs_error error = WFS_ERROR_INIT;

    assert_status(wfs_store_backup(self->store, self->path, NULL, NULL, NULL,
                                   NULL, &error),
                  WFS_ECONFLICT);
    assert_int_equal(mkdir(backup.path, 0750), 0);
    test_store_put_file(&backup, "notes.txt", "mine");
    assert_status(try_backup(self), WFS_ECONFLICT);
    assert_false(test_file_exists(test_store_get_path(&backup, ".wfstore")));
    assert_int_equal(unlink(test_store_get_path(&backup, "notes.txt")), 0);
    (void)back_up(self, NULL, NULL);
    expect_backup(self, "abc");
}

static void another_store_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store other = backup_of(self);

    open_backup(&other);
    test_add_recording(&other, "x", SIZE);
    close_backup(&other);
    assert_status(try_backup(self), WFS_ECONFLICT);
    open_backup(&other);
    free(test_recording_json(&other, "x"));
    close_backup(&other);
}

static void a_backup_in_use_is_left_alone(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);

    (void)back_up(self, NULL, NULL);
    open_backup(&backup);
    assert_status(try_backup(self), WFS_EBUSY);
    test_add_recording(&backup, "x", SIZE);
    close_backup(&backup);
    assert_status(try_backup(self), WFS_ECONFLICT);
    open_backup(&backup);
    free(test_recording_json(&backup, "x"));
    close_backup(&backup);
}

static void looking_at_a_backup_is_no_use_of_it(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);

    (void)back_up(self, NULL, NULL);
    open_backup(&backup);
    test_tend(&backup);
    free(test_recording_json(&backup, "a"));
    close_backup(&backup);
    (void)back_up(self, NULL, NULL);
    expect_backup(self, "abc");
}

static bool refuse(void *data, uint64_t done, uint64_t total)
{
    (void)data;
    (void)done;
    (void)total;
    return false;
}

static void a_cancelled_one_leaves_the_one_before(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;

    (void)back_up(self, NULL, NULL);
    test_add_recording(self, "d", SIZE);
    options.progress = refuse;
    assert_status(wfs_store_backup(self->store, backup.path, &options, NULL,
                                   NULL, NULL, NULL),
                  WFS_ECANCELED);
    assert_false(
        test_file_exists(test_store_get_path(&backup, ".wfstore/rebuild")));
    open_backup(&backup);
    free(test_recording_json(&backup, "c"));
    assert_status(
        wfs_recording_get(backup.store, "d", &(wfs_recording){0}, NULL),
        WFS_ENORECORDING);
    close_backup(&backup);
}

static void a_backup_put_in_place_is_the_store(void **state)
{
    test_store *self = *state;
    test_store backup = backup_of(self);
    uint8_t *bytes = test_audio_make(SIZE, 7);
    wfs_chunk_spec spec = test_chunk_spec("new", 0);

    (void)back_up(self, NULL, NULL);
    wfs_store_close(self->store);
    self->store = NULL;
    test_tree_remove(self->path);
    assert_int_equal(rename(backup.path, self->path), 0);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    test_send_ok(self->store, &spec, bytes, SIZE);
    test_complete_ok(self, "new", 1, bytes, SIZE);
    free(test_recording_json(self, "a"));
    free(bytes);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_backup_is_a_store_of_its_own),
        TEST(only_what_is_new_is_copied_again),
        TEST(changes_of_name_and_metadata_come_along),
        TEST(a_damaged_file_of_the_backup_is_replaced),
        TEST(what_was_deleted_stays_as_a_file_unless_pruned),
        TEST(links_are_made_when_they_are_wanted),
        TEST(unfinished_uploads_are_left_out),
        TEST(a_file_not_yet_renamed_comes_under_its_name),
        TEST(what_changes_meanwhile_does_not_matter),
        TEST(what_the_store_has_lost_is_told),
        TEST(another_folder_is_left_alone),
        TEST(another_store_is_left_alone),
        TEST(a_backup_in_use_is_left_alone),
        TEST(looking_at_a_backup_is_no_use_of_it),
        TEST(a_cancelled_one_leaves_the_one_before),
        TEST(a_backup_put_in_place_is_the_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
