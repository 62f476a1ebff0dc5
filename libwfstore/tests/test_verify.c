/*
 * test_verify.c - what was stored is what is there, or it is told.
 */
#include "support/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void a_whole_store_has_no_findings(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary = expect(self, "");

    assert_int_equal(summary.recordings, 3);
    assert_int_equal(summary.bytes, 3 * TEST_SIZE + 3);
    assert_int_equal(summary.undigested, 0);
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

static void a_flipped_bit_is_rot_until_it_is_mended(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary;

    test_flip_bit(test_recording_path(self, "b"), TEST_SIZE / 2);
    summary = expect(self, "rot:b");
    assert_int_equal(summary.rotten, 1);
    assert_int_equal(summary.recordings, 3);
    assert_int_equal(test_store_get_stat(self).damaged, 1);
    (void)expect(self, "rot:b");
    assert_int_equal(test_store_get_stat(self).damaged, 1);
    test_store_reopen(self);
    assert_int_equal(test_store_get_stat(self).damaged, 1);
    test_flip_bit(test_recording_path(self, "b"), TEST_SIZE / 2);
    (void)expect(self, "");
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

static void other_damage_is_told_by_its_kind(void **state)
{
    test_store *self = *state;
    wfs_verify_summary summary;

    assert_int_equal(truncate(test_recording_path(self, "a"), TEST_SIZE - 1),
                     0);
    assert_int_equal(unlink(test_recording_path(self, "b")), 0);
    assert_int_equal(unlink(test_recording_path(self, "c")), 0);
    assert_int_equal(symlink("/etc/passwd", test_recording_path(self, "c")), 0);
    summary = expect(self, "size:a missing:b unreadable:c");
    assert_int_equal(summary.rotten, 1);
    assert_int_equal(summary.missing, 1);
    assert_int_equal(summary.unreadable, 1);
    assert_int_equal(test_store_get_stat(self).damaged, 3);
}

static void a_deleted_recording_is_bad_no_longer(void **state)
{
    test_store *self = *state;

    test_flip_bit(test_recording_path(self, "a"), 100);
    (void)expect(self, "rot:a");
    assert_status(wfs_recording_delete(self->store, "a", NULL, NULL), WFS_OK);
    assert_int_equal(test_store_get_stat(self).damaged, 0);
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
        test_store_put_file(self, names[i], "x");
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
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

static void files_of_uploads_are_no_strays(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(TEST_SIZE, 7);

    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    spec.index = 2; /* loose */
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    free(bytes);
    assert_int_equal(test_store_count_uploads(self, ""), 2);
    (void)expect(self, "");
}

/* As a crash between the commit of completing and the rename leaves it. */
static void a_recording_not_yet_renamed_is_whole(void **state)
{
    test_store *self = *state;

    test_unname_file(self);
    test_store_close(self);
    test_know_unnamed(self);
    test_store_open(self);
    (void)expect(self, "");
    test_flip_bit(test_store_get_path(self, TEST_UNNAMED), 200);
    (void)expect(self, "rot:b");
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_upkeep_setup,                   \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_store_has_no_findings),
        TEST(a_flipped_bit_is_rot_until_it_is_mended),
        TEST(other_damage_is_told_by_its_kind),
        TEST(a_deleted_recording_is_bad_no_longer),
        TEST(what_nobody_owns_is_a_stray_and_stays),
        TEST(files_of_uploads_are_no_strays),
        TEST(a_recording_not_yet_renamed_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
