/*
 * test_verify_run.c - how a run of verifying goes: others delete
 * meanwhile, its caller slows it down or ends it.
 */
#include "support/upkeep.h"

#include <time.h>
#include <unistd.h>

static bool delete_others(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    assert_int_equal(total, 3 * TEST_SIZE + 3);
    (void)wfs_recording_delete(self->store, "b", NULL, NULL);
    (void)wfs_recording_delete(self->store, "c", NULL, NULL);
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
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

static bool delete_first(void *data, uint64_t done, uint64_t total)
{
    test_store *self = data;

    (void)done;
    (void)total;
    (void)wfs_recording_delete(self->store, "a", NULL, NULL);
    return true;
}

static void rot_of_what_is_deleted_meanwhile_is_no_finding(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    test_told t = {.log = ""};

    options.progress = delete_first;
    options.progress_data = self;
    test_flip_bit(test_recording_path(self, "a"), TEST_SIZE / 2);
    assert_status(
        wfs_store_verify(self->store, &options, test_told_keep, &t, NULL, NULL),
        WFS_OK);
    assert_string_equal(t.log, "");
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

static void either_callback_can_cancel(void **state)
{
    test_store *self = *state;
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    wfs_verify_summary summary = WFS_VERIFY_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_told t = {.log = "", .stop = true};

    options.progress = test_refuse;
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
    test_store_put_file(self, "stray", "x");
    assert_status(
        wfs_store_verify(self->store, &options, test_told_keep, &t, NULL, NULL),
        WFS_OK);
    assert_string_equal(t.log, "rot:a");
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_upkeep_setup,                   \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_deleted_meanwhile_is_no_finding),
        TEST(rot_of_what_is_deleted_meanwhile_is_no_finding),
        TEST(either_callback_can_cancel),
        TEST(a_limit_slows_it_down),
        TEST(nothing_is_remembered_unless_it_may_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
