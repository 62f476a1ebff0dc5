/*
 * test_complete.c - an upload becomes a recording.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 100000

static void a_recording_says_what_it_is(void **state)
{
    static const char metadata[] = "{ \"a\" : 1 }";
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_complete_spec spec = test_complete_spec("what");
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = true;

    test_send_pieces(self->store, "what", audio, 10, 10000);
    spec.total_chunks = 10;
    spec.name = "My take";
    spec.has_timestamp = true;
    spec.timestamp_ms = INT64_C(1705327496123);
    spec.has_duration = true;
    spec.duration_seconds = 99; /* the container knows better */
    spec.metadata = metadata;
    spec.metadata_length = sizeof(metadata) - 1;
    assert_status(
        test_complete_with(self->store, &spec, &recording, &was_complete),
        WFS_OK);
    assert_false(was_complete);
    assert_string_equal(recording.filename,
                        "recording_20240115_140456_what.wav");
    assert_string_equal(recording.name, "My take");
    assert_string_equal(recording.mime_type, "audio/wav");
    assert_string_equal(recording.metadata, "{\"a\":1}");
    assert_int_equal(recording.channels, 1);
    assert_int_equal(recording.sample_rate, 48000);
    assert_true(recording.has_duration);
    assert_true(recording.duration_seconds < 2);
    wfs_recording_release(&recording);
    free(audio);
}

static void a_repeat_gets_the_same_answer(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_complete_spec spec = test_complete_spec("twice");
    wfs_recording first = WFS_RECORDING_INIT;
    wfs_recording second = WFS_RECORDING_INIT;
    bool was_complete = false;

    test_send_pieces(self->store, "twice", audio, 10, 10000);
    spec.total_chunks = 10;
    assert_status(test_complete_with(self->store, &spec, &first, &was_complete),
                  WFS_OK);
    spec.name = "Another name";
    assert_status(
        test_complete_with(self->store, &spec, &second, &was_complete), WFS_OK);
    assert_true(was_complete);
    assert_string_equal(second.name, first.name);
    assert_string_equal(second.filename, first.filename);
    assert_int_equal(second.stored_ms, first.stored_ms);
    spec.total_chunks = 11;
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    spec.total_chunks = 10;
    spec.size_bytes = SIZE - 1;
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    spec.size_bytes = WFS_UNKNOWN;
    spec.has_sha256 = true;
    assert_status(test_try_complete(self->store, &spec), WFS_EDIGEST);
    wfs_recording_release(&first);
    wfs_recording_release(&second);
    free(audio);
}

static void a_recording_takes_no_more_chunks(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("done", 0);
    wfs_upload_info info;

    test_send_ok(self->store, &spec, audio, SIZE);
    test_complete_ok(self, "done", 1, audio, SIZE);
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL),
                  WFS_ECOMPLETE);
    assert_status(wfs_upload_get(self->store, "done", false, &info, NULL),
                  WFS_ECOMPLETE);
    assert_status(wfs_upload_delete(self->store, "done", NULL), WFS_ECOMPLETE);
    free(audio);
}

static void a_writer_that_does_not_end_holds_completing_up(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("live", 0);
    wfs_complete_spec complete = test_complete_spec("live");
    wfs_chunk *late = NULL;

    test_send_ok(self->store, &spec, audio, SIZE);
    spec.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &late, NULL),
                  WFS_OK);
    complete.size_bytes = SIZE;
    assert_status(test_try_complete(self->store, &complete), WFS_EBUSY);
    assert_status(wfs_chunk_get_stop(late), WFS_ECOMPLETE);
    assert_status(wfs_chunk_write(late, audio, 10, NULL), WFS_ECOMPLETE);
    wfs_chunk_discard(late);
    assert_status(test_try_complete(self->store, &complete), WFS_OK);
    free(audio);
}

static void bytes_of_a_chunk_given_up_are_cut_off(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("cut", 0);
    wfs_chunk *given_up = NULL;

    spec.chunk_size = 60000;
    test_send_ok(self->store, &spec, audio, 60000);
    spec.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &given_up, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(given_up, audio, 50000, NULL), WFS_OK);
    wfs_chunk_discard(given_up);
    test_send_ok(self->store, &spec, audio + 60000, SIZE - 60000);
    test_complete_ok(self, "cut", WFS_UNKNOWN, audio, SIZE);
    free(audio);
}

static void a_store_without_digests_has_none(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_digest digest = test_digest(audio, SIZE);
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_complete_spec spec = test_complete_spec("none");
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;

    wfs_store_close(self->store);
    options.no_digest = true;
    assert_status(wfs_store_open(self->path, &options, &self->store, NULL),
                  WFS_OK);
    test_send_pieces(self->store, "none", audio, 10, 10000);
    spec.has_sha256 = true; /* checked all the same */
    assert_status(test_try_complete(self->store, &spec), WFS_EDIGEST);
    memcpy(spec.sha256, digest.bytes, WFS_SHA256_BYTES);
    assert_status(
        test_complete_with(self->store, &spec, &recording, &was_complete),
        WFS_OK);
    assert_int_equal(recording.size_bytes, SIZE);
    wfs_recording_release(&recording);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_recording_says_what_it_is),
        ON_STORE(a_repeat_gets_the_same_answer),
        ON_STORE(a_recording_takes_no_more_chunks),
        ON_STORE(a_writer_that_does_not_end_holds_completing_up),
        ON_STORE(bytes_of_a_chunk_given_up_are_cut_off),
        ON_STORE(a_store_without_digests_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
