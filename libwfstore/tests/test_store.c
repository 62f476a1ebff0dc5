/*
 * test_store.c - opening, refusing to open, figures.
 */
#include "support/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static wfs_status try_open(const char *path, bool existing)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_store *store = NULL;
    wfs_status status;

    options.existing = existing;
    status = wfs_store_open(path, &options, &store, &error);
    if (status == WFS_OK) {
        assert_int_equal(error.status, WFS_OK);
    } else {
        assert_null(store);
        assert_int_equal(error.status, status);
        assert_int_not_equal(error.detail[0], '\0');
        assert_null(strchr(error.detail, '/'));
    }
    wfs_store_close(store);
    return status;
}

static void write_text(const char *path, const char *text)
{
    FILE *stream = fopen(path, "wb");

    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void a_store_is_made_only_below_a_folder_that_exists(void **state)
{
    const test_store *self = *state;
    char path[2 * TEST_PATH_BYTES];

    snprintf(path, sizeof(path), "%s/unmounted/store", self->folder);
    assert_status(try_open(path, false), WFS_ENOSTORE);
    assert_false(test_file_exists(path));
    snprintf(path, sizeof(path), "%s/other//", self->folder);
    assert_status(try_open(path, true), WFS_ENOSTORE);
    assert_false(test_file_exists(path));
    assert_status(try_open(path, false), WFS_OK);
    assert_status(try_open(path, true), WFS_OK);
}

static void a_folder_that_is_no_store_is_not_made_one_when_told(void **state)
{
    const test_store *self = *state;
    char path[2 * TEST_PATH_BYTES];

    snprintf(path, sizeof(path), "%s/plain", self->folder);
    assert_int_equal(mkdir(path, 0750), 0);
    assert_status(try_open(path, true), WFS_ENOSTORE);
    strcat(path, "/.wfstore");
    assert_false(test_file_exists(path));
}

static void a_newer_or_unreadable_version_is_refused(void **state)
{
    test_store *self = *state;
    const char *version = test_store_get_path(self, ".wfstore/version");

    write_text(version, "2\n");
    assert_status(try_open(self->path, false), WFS_EVERSION);
    write_text(version, "one\n");
    assert_status(try_open(self->path, false), WFS_ECORRUPT);
    write_text(version, "");
    assert_status(try_open(self->path, false), WFS_ECORRUPT);
    write_text(version, "1\n");
    assert_status(try_open(self->path, false), WFS_OK);
}

static void a_lost_catalogue_is_damage_and_not_an_empty_store(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(1000, 1);
    wfs_chunk_spec spec = test_chunk_spec("lost", 0);

    test_send_ok(self->store, &spec, audio, 1000);
    wfs_store_close(self->store);
    self->store = NULL;
    unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3"));
    unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3-wal"));
    unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3-shm"));
    assert_status(try_open(self->path, false), WFS_ECORRUPT);
    free(audio);
}

static void a_file_in_the_way_is_told(void **state)
{
    const test_store *self = *state;
    char path[2 * TEST_PATH_BYTES];

    snprintf(path, sizeof(path), "%s/file", self->folder);
    write_text(path, "x");
    assert_int_not_equal(try_open(path, false), WFS_OK);
}

static void the_folder_of_the_store_may_be_a_link_but_not_within(void **state)
{
    test_store *self = *state;
    char link_path[2 * TEST_PATH_BYTES];
    char moved[2 * TEST_PATH_BYTES];

    snprintf(link_path, sizeof(link_path), "%s/link", self->folder);
    assert_int_equal(symlink(self->path, link_path), 0);
    assert_status(try_open(link_path, true), WFS_OK);
    wfs_store_close(self->store);
    self->store = NULL;
    snprintf(moved, sizeof(moved), "%s/moved", self->folder);
    assert_int_equal(rename(test_store_get_path(self, ".wfstore"), moved), 0);
    assert_int_equal(symlink(moved, test_store_get_path(self, ".wfstore")), 0);
    assert_int_not_equal(try_open(self->path, false), WFS_OK);
}

static void no_file_of_the_catalogue_may_be_a_link(void **state)
{
    test_store *self = *state;
    char path[2 * TEST_PATH_BYTES];
    char moved[2 * TEST_PATH_BYTES];
    static const char *const names[] = {"", "-wal", "-shm"};

    test_store_close(self);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/.wfstore/catalog.sqlite3%s",
                 self->path, names[i]);
        snprintf(moved, sizeof(moved), "%s/moved%s", self->folder, names[i]);
        (void)rename(path, moved);
        assert_int_equal(symlink(moved, path), 0);
        assert_status(try_open(self->path, false), WFS_ECORRUPT);
        assert_int_equal(unlink(path), 0);
        (void)rename(moved, path);
    }
    assert_status(try_open(self->path, false), WFS_OK);
}

/* Of the catalogue and of what SQLite keeps beside it while it is open. */
static void expect_modes(const char *root, mode_t mode)
{
    static const char *const names[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[3 * TEST_PATH_BYTES];
        struct stat info;

        snprintf(path, sizeof path, "%s/.wfstore/catalog.sqlite3%s", root,
                 names[i]);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 07777, mode);
    }
}

static void the_catalogue_is_not_for_all_to_read(void **state)
{
    const test_store *self = *state;
    char root[2 * TEST_PATH_BYTES];
    mode_t before = umask(0);
    wfs_store *store = NULL;

    snprintf(root, sizeof root, "%s/other", self->folder);
    assert_status(wfs_store_open(root, NULL, &store, NULL), WFS_OK);
    expect_modes(root, 0640);
    wfs_store_close(store);
    umask(before);
}

static void a_catalogue_keeps_the_mode_it_was_given(void **state)
{
    const test_store *self = *state;
    char path[3 * TEST_PATH_BYTES];
    char root[2 * TEST_PATH_BYTES];
    wfs_store *store = NULL;

    snprintf(root, sizeof root, "%s/older", self->folder);
    assert_status(wfs_store_open(root, NULL, &store, NULL), WFS_OK);
    wfs_store_close(store);
    snprintf(path, sizeof path, "%s/.wfstore/catalog.sqlite3", root);
    assert_int_equal(chmod(path, 0644), 0);
    assert_status(wfs_store_open(root, NULL, &store, NULL), WFS_OK);
    expect_modes(root, 0644);
    wfs_store_close(store);
}

static void many_processes_may_make_the_store_at_once(void **state)
{
    test_store *self = *state;
    char path[2 * TEST_PATH_BYTES];
    pid_t pids[6];

    test_store_close(self); /* nothing is open across a fork */
    snprintf(path, sizeof(path), "%s/together", self->folder);
    for (int i = 0; i < 6; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            wfs_store *store = NULL;
            wfs_status status = wfs_store_open(path, NULL, &store, NULL);

            wfs_store_close(store);
            _exit(status == WFS_OK ? 0 : 1);
        }
    }
    for (int i = 0; i < 6; i++) {
        int result = 0;

        waitpid(pids[i], &result, 0);
        assert_int_equal(result, 0);
    }
    assert_status(try_open(path, true), WFS_OK);
}

static void the_figures_follow_uploads_and_recordings(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(5000, 1);
    wfs_chunk_spec spec = test_chunk_spec("figures", 0);
    wfs_store_stat stat;
    uint64_t generation;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.uploads, 0);
    assert_true(stat.is_writable);
    assert_true(stat.free_bytes > 0);
    generation = stat.generation;
    test_send_ok(self->store, &spec, audio, 5000);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.uploads, 1);
    assert_int_equal(stat.upload_bytes, 5000);
    assert_int_equal(stat.generation, generation);
    test_complete_ok(self, "figures", 1, audio, 5000);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.uploads, 0);
    assert_int_equal(stat.upload_bytes, 0);
    assert_int_equal(stat.recordings, 1);
    assert_int_equal(stat.recording_bytes, 5000);
    assert_true(stat.generation > generation);
    assert_true(stat.is_published);
    assert_false(stat.publish_failed);
    free(audio);
}

static void everything_is_there_after_a_restart(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(6000, 1);
    wfs_chunk_spec spec = test_chunk_spec("again", 2);
    wfs_upload_info info;

    test_send_ok(self->store, &spec, audio + 4000, 2000);
    spec.index = 0;
    test_send_ok(self->store, &spec, audio, 2000);
    test_store_reopen(self);
    assert_status(wfs_upload_get(self->store, "again", true, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.received_chunks, 2);
    assert_int_equal(info.prefix_chunks, 1);
    assert_int_equal(info.prefix_bytes, 2000);
    assert_int_equal(info.missing_count, 1);
    wfs_upload_info_release(&info);
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + 2000, 2000);
    test_store_reopen(self);
    test_complete_ok(self, "again", 3, audio, 6000);
    test_store_reopen(self);
    test_expect_recording(self, "again", audio, 6000);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_store_is_made_only_below_a_folder_that_exists),
        ON_STORE(a_folder_that_is_no_store_is_not_made_one_when_told),
        ON_STORE(a_newer_or_unreadable_version_is_refused),
        ON_STORE(a_lost_catalogue_is_damage_and_not_an_empty_store),
        ON_STORE(a_file_in_the_way_is_told),
        ON_STORE(the_folder_of_the_store_may_be_a_link_but_not_within),
        ON_STORE(no_file_of_the_catalogue_may_be_a_link),
        ON_STORE(the_catalogue_is_not_for_all_to_read),
        ON_STORE(a_catalogue_keeps_the_mode_it_was_given),
        ON_STORE(many_processes_may_make_the_store_at_once),
        ON_STORE(the_figures_follow_uploads_and_recordings),
        ON_STORE(everything_is_there_after_a_restart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
