/*
 * test_rebuild_files.c - whose each file is that rebuilding comes upon.
 */
#include "support/rebuilt.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void put_copy(test_store *self, const char *id, const char *as)
{
    char command[2048];
    char *path = test_rebuilt_path(self, id);

    snprintf(command, sizeof command, "cp '%s' '%s'", path,
             test_store_get_path(self, as));
    assert_int_equal(system(command), 0);
    free(path);
}

static void an_id_counts_once(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;

    put_copy(self, "a", "recording_20010101_000000_b.wav");
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "duplicate:b");
    assert_int_equal(summary.duplicates, 1);
    assert_int_equal(summary.recordings, TEST_COUNT);
    assert_true(test_file_exists(
        test_store_get_path(self, "recording_20010101_000000_b.wav")));
}

static void strange_files_are_told_and_left(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;

    test_store_put_file(self, "recording_20010101_000000_text.wav", "hello");
    test_store_put_file(self, "recording_20010101_000000_empty.wav", "");
    test_store_put_file(self, "any\n\x1b[31mthing", "hello");
    assert_int_equal(
        mkfifo(test_store_get_path(self, "recording_20010101_000000_pipe.wav"),
               0640),
        0);
    assert_int_equal(
        symlink("/etc/passwd", test_store_get_path(
                                   self, "recording_20010101_000000_link.wav")),
        0);
    assert_int_equal(
        mkdir(test_store_get_path(self, "recording_20010101_000000_dir.wav"),
              0750),
        0);
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_int_equal(summary.recordings, TEST_COUNT);
    assert_int_equal(summary.strays, 6);
    assert_int_equal(told.count, 6);
    test_told_expect(&told, "not-audio:text");
    test_told_expect(&told, "not-audio:empty");
    test_told_expect(&told, "unreadable:pipe");
    test_told_expect(&told, "unreadable:link");
    test_told_expect(&told, "unreadable:dir");
    test_told_expect(&told, "stray:any\n");
}

static void what_holds_no_audio_is_taken_if_it_may_be(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};

    options.accept_any = true;
    test_store_put_file(self, "recording_20010101_000000_text.bin", "hello");
    test_lose_catalogue(self);
    (void)test_rebuild(self, &options, &told);
    assert_string_equal(told.log, "found:text");
}

static void unfinished_uploads_are_set_aside(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(TEST_SIZE, 7);
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char command[1024];

    test_store_open(self);
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    spec.index = 2;
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    test_store_close(self);
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "part:up part:up");
    assert_int_equal(summary.parts, 2);
    snprintf(command, sizeof command,
             "test $(ls '%s/.wfstore/uploads.%s' | wc -l) = 2", self->path,
             summary.aside);
    assert_int_equal(system(command), 0);
    test_store_open(self);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    spec.index = 0;
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    test_complete_ok(self, "up", 1, bytes, TEST_SIZE);
    free(bytes);
}

static void a_file_not_yet_renamed_is_its_recordings(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    char *before = test_describe(self);

    test_rebuilt_unname(self);
    test_lose_catalogue(self);
    (void)test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "");
    test_expect_described(self, before);
    assert_int_equal(test_rebuilt_stat(self).damaged, 0);
}

/* Only the same bytes are believed to be the recording's. */
static void another_uploads_bytes_are_no_recording(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};

    test_rebuilt_unname(self);
    test_flip_bit(test_store_get_path(self, TEST_UNNAMED), TEST_SIZE / 2);
    test_lose_catalogue(self);
    (void)test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "missing:b part:b");
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rebuilt_setup,                  \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_id_counts_once),
        TEST(strange_files_are_told_and_left),
        TEST(what_holds_no_audio_is_taken_if_it_may_be),
        TEST(unfinished_uploads_are_set_aside),
        TEST(a_file_not_yet_renamed_is_its_recordings),
        TEST(another_uploads_bytes_are_no_recording),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
