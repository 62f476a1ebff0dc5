/*
 * test_verify.c - what was stored is what is there, or it is told.
 */
#include "support/told.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SIZE 3000

static int setup(void **state)
{
    int result = test_store_setup(state);

    if (result == 0) {
        test_add_recording(*state, "a", SIZE);
        test_add_recording(*state, "b", SIZE + 1);
        test_add_recording(*state, "c", SIZE + 2);
    }
    return result;
}

static void touch(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x", 1), 1);
    assert_int_equal(close(fd), 0);
}

static wfs_verify_summary expect(test_store *self, const char *log)
{
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told t = {.log = ""};

    assert_status(
        wfs_store_verify(self->store, NULL, test_told_keep, &t, &summary, NULL),
        WFS_OK);
    assert_string_equal(t.log, log);
    return summary;
}

static uint64_t count_damaged(test_store *self)
{
    wfs_store_stat stat;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    return stat.damaged;
}

static void a_whole_store_has_no_findings(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary = expect(self, "");

    assert_int_equal(summary.recordings, 3);
    assert_int_equal(summary.bytes, 3 * SIZE + 3);
    assert_int_equal(summary.undigested, 0);
    assert_int_equal(count_damaged(self), 0);
}

static void a_flipped_bit_is_rot_until_it_is_mended(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary;

    test_flip_bit(test_recording_path(self, "b"), SIZE / 2);
    summary = expect(self, "rot:b");
    assert_int_equal(summary.rotten, 1);
    assert_int_equal(summary.recordings, 3);
    assert_int_equal(count_damaged(self), 1);
    (void)expect(self, "rot:b");
    assert_int_equal(count_damaged(self), 1);
    test_store_reopen(self);
    assert_int_equal(count_damaged(self), 1);
    test_flip_bit(test_recording_path(self, "b"), SIZE / 2);
    (void)expect(self, "");
    assert_int_equal(count_damaged(self), 0);
}

static void other_damage_is_told_by_its_kind(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary;

    assert_int_equal(truncate(test_recording_path(self, "a"), SIZE - 1), 0);
    assert_int_equal(unlink(test_recording_path(self, "b")), 0);
    assert_int_equal(unlink(test_recording_path(self, "c")), 0);
    assert_int_equal(symlink("/etc/passwd", test_recording_path(self, "c")), 0);
    summary = expect(self, "size:a missing:b unreadable:c");
    assert_int_equal(summary.rotten, 1);
    assert_int_equal(summary.missing, 1);
    assert_int_equal(summary.unreadable, 1);
    assert_int_equal(count_damaged(self), 3);
}

static void a_deleted_recording_is_bad_no_longer(void **state)
{
    test_store *self = *state;

    test_flip_bit(test_recording_path(self, "a"), 100);
    (void)expect(self, "rot:a");
    assert_status(wfs_recording_delete(self->store, "a", NULL), WFS_OK);
    assert_int_equal(count_damaged(self), 0);
    (void)expect(self, "");
}

static void what_nobody_owns_is_a_stray_and_stays(void **state)
{
    static const char *const names[] = {
        "notes.txt",
        "recording_20240115_140456_nobody.webm",
        "recording_19990115_140456_a.wav",
        ".wfstore/uploads/zzz.99.part",
        ".wfstore/uploads/zzz.99.3",
    };
    test_store *self = *state;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told t = {.log = ""};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        touch(test_store_get_path(self, names[i]));
    }
    assert_status(
        wfs_store_verify(self->store, NULL, test_told_keep, &t, &summary, NULL),
        WFS_OK);
    assert_int_equal(summary.strays, 5);
    assert_int_equal(t.count, 5);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char expected[128];

        snprintf(expected, sizeof expected, "stray:%s", names[i]);
        assert_non_null(strstr(t.log, expected));
        assert_true(test_file_exists(test_store_get_path(self, names[i])));
    }
    assert_int_equal(count_damaged(self), 0);
}

static void files_of_uploads_are_no_strays(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(SIZE, 7);

    test_send_ok(self->store, &spec, bytes, SIZE);
    spec.index = 2; /* loose */
    test_send_ok(self->store, &spec, bytes, SIZE);
    free(bytes);
    assert_int_equal(test_store_count_uploads(self, ""), 2);
    (void)expect(self, "");
}

/* As a crash between the commit of completing and the rename leaves it. */
static void a_recording_not_yet_renamed_is_whole(void **state)
{
    test_store *self = *state;
    char part[TEST_PATH_BYTES * 2];

    snprintf(part, sizeof part, "%s/.wfstore/uploads/b.77.part", self->path);
    assert_int_equal(rename(test_recording_path(self, "b"), part), 0);
    wfs_store_close(self->store);
    self->store = NULL;
    test_run_sql(self, "UPDATE recording SET part = 77 WHERE id = 'b'");
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    (void)expect(self, "");
    test_flip_bit(part, 200);
    (void)expect(self, "rot:b");
}

static bool delete_others(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    assert_int_equal(total, 3 * SIZE + 3);
    (void)wfs_recording_delete(self->store, "b", NULL);
    (void)wfs_recording_delete(self->store, "c", NULL);
    return true;
}

static void what_is_deleted_meanwhile_is_no_finding(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    test_told t = {.log = ""};

    options.progress = delete_others;
    options.progress_data = self;
    assert_status(wfs_store_verify(self->store, &options, test_told_keep, &t,
                                   &summary, NULL),
                  WFS_OK);
    assert_string_equal(t.log, "");
    assert_int_equal(summary.recordings, 1);
    assert_int_equal(count_damaged(self), 0);
}

static bool delete_first(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    (void)total;
    (void)wfs_recording_delete(self->store, "a", NULL);
    return true;
}

static void rot_of_what_is_deleted_meanwhile_is_no_finding(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    test_told t = {.log = ""};

    options.progress = delete_first;
    options.progress_data = self;
    test_flip_bit(test_recording_path(self, "a"), SIZE / 2);
    assert_status(
        wfs_store_verify(self->store, &options, test_told_keep, &t, NULL, NULL),
        WFS_OK);
    assert_string_equal(t.log, "");
    assert_int_equal(count_damaged(self), 0);
}

static bool refuse(void *data, uint64_t done, uint64_t total)
{
    (void)data;
    (void)done;
    (void)total;
    return false;
}

static void either_callback_can_cancel(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_told t = {.log = "", .stop = true};

    options.progress = refuse;
    assert_status(wfs_store_verify(self->store, &options, test_told_keep, &t,
                                   &summary, &error),
                  WFS_ECANCELED);
    assert_status(error.status, WFS_ECANCELED);
    assert_int_equal(summary.recordings, 0);
    assert_int_equal(unlink(test_recording_path(self, "a")), 0);
    assert_int_equal(unlink(test_recording_path(self, "b")), 0);
    assert_status(
        wfs_store_verify(self->store, NULL, test_told_keep, &t, &summary, NULL),
        WFS_ECANCELED);
    assert_int_equal(t.count, 1);
    assert_int_equal(summary.missing, 1);
}

static void a_limit_slows_it_down(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    struct timespec begun;
    struct timespec ended;

    options.bytes_per_second = 30000; /* for 9 kB */
    clock_gettime(CLOCK_MONOTONIC, &begun);
    assert_status(
        wfs_store_verify(self->store, &options, NULL, NULL, NULL, NULL),
        WFS_OK);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    assert_true((ended.tv_sec - begun.tv_sec) * 1000 +
                    (ended.tv_nsec - begun.tv_nsec) / 1000000 >=
                250);
}

static void nothing_is_remembered_unless_it_may_be(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    test_told t = {.log = ""};

    options.no_memory = true;
    options.no_strays = true;
    test_flip_bit(test_recording_path(self, "a"), 100);
    touch(test_store_get_path(self, "stray"));
    assert_status(
        wfs_store_verify(self->store, &options, test_told_keep, &t, NULL, NULL),
        WFS_OK);
    assert_string_equal(t.log, "rot:a");
    assert_int_equal(count_damaged(self), 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_store_has_no_findings),
        TEST(a_flipped_bit_is_rot_until_it_is_mended),
        TEST(other_damage_is_told_by_its_kind),
        TEST(a_deleted_recording_is_bad_no_longer),
        TEST(what_nobody_owns_is_a_stray_and_stays),
        TEST(files_of_uploads_are_no_strays),
        TEST(a_recording_not_yet_renamed_is_whole),
        TEST(what_is_deleted_meanwhile_is_no_finding),
        TEST(rot_of_what_is_deleted_meanwhile_is_no_finding),
        TEST(either_callback_can_cancel),
        TEST(a_limit_slows_it_down),
        TEST(nothing_is_remembered_unless_it_may_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
