/*
 * test_expiry_audio.c - what can be heard outlives its idle upload, and goes
 * when it was kept long enough.
 */
#include "support/ageing.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 3000
#define SECOND_BYTES (44 + 96000)

static void audio_of_an_idle_upload_becomes_a_recording(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;

    test_ageing_send(self, "audio", 0, SECOND_BYTES + 1000);
    test_ageing_send(self, "audio", 2,
                     SIZE); /* behind a gap: it cannot be kept */
    test_ageing_send(self, "short", 0, SECOND_BYTES - 1000);
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_false(test_has_upload(self, "audio"));
    assert_false(test_has_upload(self, "short"));
    assert_false(test_has_recording(self, "short"));
    assert_status(wfs_recording_get(self->store, "audio", &recording, NULL),
                  WFS_OK);
    assert_int_equal(recording.size_bytes, SECOND_BYTES + 1000);
    assert_non_null(strstr(recording.metadata, "\"salvaged\":true"));
    wfs_recording_release(&recording);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    assert_int_equal(test_get_stat(self).reserved_bytes, 0);
}

/* Its first bytes lie in the catalogue until they are final. */
static void audio_under_a_provisional_header_is_kept_too(void **state)
{
    const size_t length = SECOND_BYTES + 1000;
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(length, 1);
    wfs_chunk_spec head = test_chunk_spec("live", 0);
    wfs_chunk_spec rest = test_chunk_spec("live", 1);

    head.is_provisional = true;
    test_send_ok(self->store, &head, bytes, SIZE);
    test_send_ok(self->store, &rest, bytes + SIZE, length - SIZE);
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_false(test_has_upload(self, "live"));
    test_expect_recording(self, "live", bytes, length);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(bytes);
}

static void audio_is_not_kept_where_that_is_not_wanted(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "audio", 0, SECOND_BYTES);
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_false(test_has_upload(self, "audio"));
    assert_false(test_has_recording(self, "audio"));
}

static void recordings_go_when_they_were_kept_long_enough(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;
    char *listed;
    size_t length;

    test_ageing_send(self, "old", 0, SIZE);
    assert_status(test_complete(self->store, "old", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    test_ageing_pass(self, 6 * TEST_DAY_MS);
    test_ageing_send(self, "new", 0, SIZE);
    assert_status(test_complete(self->store, "new", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_true(test_has_recording(self, "old"));
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_false(test_has_recording(self, "old"));
    assert_true(test_has_recording(self, "new"));
    assert_int_equal(test_get_stat(self).recordings, 1);
    listed = (char *)test_file_read(test_store_get_path(self, "metadata.json"),
                                    &length);
    listed[length - 1] = '\0';
    assert_non_null(strstr(listed, "_new.wav"));
    assert_null(strstr(listed, "_old.wav"));
    free(listed);
}

static void without_retention_recordings_stay(void **state)
{
    const test_store *self = *state;
    wfs_recording recording;

    test_ageing_send(self, "old", 0, SIZE);
    assert_status(test_complete(self->store, "old", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    for (int i = 0; i < 3; i++) {
        test_ageing_pass(self, 400 * TEST_DAY_MS);
    }
    assert_true(test_has_recording(self, "old"));
}

#define TEST(name, setup)                                                      \
    cmocka_unit_test_setup_teardown(name, setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(audio_of_an_idle_upload_becomes_a_recording, test_ageing_setup),
        TEST(audio_under_a_provisional_header_is_kept_too, test_ageing_setup),
        TEST(audio_is_not_kept_where_that_is_not_wanted,
             test_ageing_setup_delete),
        TEST(recordings_go_when_they_were_kept_long_enough,
             test_ageing_setup_retention),
        TEST(without_retention_recordings_stay, test_ageing_setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
