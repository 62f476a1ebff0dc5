/*
 * test_rebuild.c - a store that has lost its catalogue gets another.
 */
#include "support/rebuilt.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void the_list_brings_back_everything(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    char *before = test_describe(self);
    char *after;
    size_t length;
    char *old = (char *)test_file_read(
        test_store_get_path(self, "metadata.json"), &length);
    wfs_rebuild_summary summary;

    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.from_list, TEST_COUNT);
    assert_int_equal(summary.recordings, TEST_COUNT);
    assert_int_equal(summary.bytes, 3 * TEST_SIZE + 3);
    assert_string_equal(summary.aside, "");
    after = test_describe(self);
    assert_string_equal(after, before);
    free(after);
    after = (char *)test_file_read(test_store_get_path(self, "metadata.json"),
                                   &length);
    assert_memory_equal(after, old, length); /* the order, too */
    free(after);
    free(old);
    free(before);
    assert_int_equal(test_rebuilt_stat(self).damaged, 0);
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT);
}

static void files_alone_bring_back_the_audio(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_recording before = WFS_RECORDING_INIT;
    wfs_recording after = WFS_RECORDING_INIT;
    wfs_rebuild_summary summary;

    test_store_open(self);
    assert_status(wfs_recording_get(self->store, "b", &before, NULL), WFS_OK);
    test_store_close(self);
    test_lose_catalogue(self);
    assert_int_equal(unlink(test_store_get_path(self, "metadata.json")), 0);
    summary = test_rebuild(self, NULL, &told);
    assert_int_equal(summary.from_files, TEST_COUNT);
    assert_int_equal(told.count, TEST_COUNT);
    test_told_expect(&told, "found:b");
    test_store_open(self);
    assert_status(wfs_recording_get(self->store, "b", &after, NULL), WFS_OK);
    assert_string_equal(after.filename, before.filename);
    assert_string_equal(after.name, before.filename);
    assert_int_equal(after.timestamp_ms, before.timestamp_ms / 1000 * 1000);
    assert_int_equal(after.size_bytes, before.size_bytes);
    assert_string_equal(after.mime_type, before.mime_type);
    assert_string_equal(after.codec, before.codec);
    assert_int_equal(after.sample_rate, before.sample_rate);
    assert_true(after.duration_seconds == before.duration_seconds);
    assert_true(after.has_sha256);
    assert_memory_equal(after.sha256, before.sha256, WFS_SHA256_BYTES);
    wfs_recording_release(&before);
    wfs_recording_release(&after);
}

static void a_lost_folder_is_no_obstacle(void **state)
{
    test_store *self = *state;
    char command[1024];
    char *before = test_describe(self);

    snprintf(command, sizeof command, "rm -r '%s/.wfstore'", self->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(test_rebuild(self, NULL, NULL).from_list, TEST_COUNT);
    test_expect_described(self, before);
}

static void what_is_no_store_stays_none(void **state)
{
    test_store *self = *state;
    char path[TEST_PATH_BYTES + 16];
    char below[TEST_PATH_BYTES + 32];

    snprintf(path, sizeof path, "%s/other", self->folder);
    assert_status(wfs_store_rebuild(path, NULL, NULL, NULL, NULL, NULL),
                  WFS_ENOSTORE);
    assert_int_equal(mkdir(path, 0750), 0);
    assert_status(wfs_store_rebuild(path, NULL, NULL, NULL, NULL, NULL),
                  WFS_ENOSTORE);
    snprintf(below, sizeof below, "%s/.wfstore", path);
    assert_false(test_file_exists(below));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rebuilt_setup,                  \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_list_brings_back_everything),
        TEST(files_alone_bring_back_the_audio),
        TEST(a_lost_folder_is_no_obstacle),
        TEST(what_is_no_store_stays_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
