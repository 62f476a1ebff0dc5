/*
 * test_complete_check.c - what does not become a recording is told why.
 */
#include "support/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 100000

static void an_unknown_upload_is_told(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = test_complete_spec("nothing");
    wfs_chunk_spec chunk_spec = test_chunk_spec("empty", 0);
    wfs_chunk *chunk = NULL;

    assert_status(test_try_complete(self->store, &spec), WFS_ENOUPLOAD);
    spec.id = "../nothing";
    assert_status(test_try_complete(self->store, &spec), WFS_EID);
    assert_status(
        wfs_upload_begin_chunk(self->store, &chunk_spec, &chunk, NULL), WFS_OK);
    spec.id = "empty"; /* no chunk accepted: not there for clients */
    spec.total_chunks = 1;
    assert_status(test_try_complete(self->store, &spec), WFS_ENOUPLOAD);
    wfs_chunk_discard(chunk);
}

static void a_lost_tail_does_not_pass(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_complete_spec spec = test_complete_spec("tail");
    wfs_recording recording;
    wfs_error error = WFS_ERROR_INIT;

    test_send_pieces(self->store, "tail", audio, 9, 10000);
    assert_status(
        wfs_upload_complete(self->store, &spec, &recording, NULL, &error),
        WFS_EMISSING);
    assert_int_equal(error.expected, 0); /* nobody has told */
    spec.total_chunks = 10;
    assert_status(test_try_complete(self->store, &spec), WFS_EMISSING);
    spec.total_chunks = WFS_UNKNOWN;
    spec.size_bytes = SIZE;
    assert_status(test_try_complete(self->store, &spec), WFS_EMISSING);
    test_send_pieces(self->store, "tail", audio, 10, 10000);
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    test_expect_recording(self, "tail", audio, SIZE);
    free(audio);
}

static void a_gap_does_not_pass(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_complete_spec spec = test_complete_spec("gap");
    wfs_chunk_spec chunk_spec = test_chunk_spec("gap", 2);
    wfs_upload_info info;

    test_send_pieces(self->store, "gap", audio, 1, 10000);
    test_send_ok(self->store, &chunk_spec, audio + 20000, SIZE - 20000);
    spec.size_bytes = SIZE - 10000;
    assert_status(test_try_complete(self->store, &spec), WFS_EMISSING);
    spec.total_chunks = 3;
    assert_status(test_try_complete(self->store, &spec), WFS_EMISSING);
    assert_status(wfs_upload_get(self->store, "gap", false, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.missing_count, 1);
    assert_int_equal(info.missing[0].first, 1);
    assert_int_equal(info.missing[0].last, 1);
    wfs_upload_info_release(&info);
    free(audio);
}

static void what_is_told_is_checked(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_digest digest = test_digest(audio, SIZE);
    wfs_complete_spec spec = test_complete_spec("check");

    test_send_pieces(self->store, "check", audio, 10, 10000);
    spec.total_chunks = 9;
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    spec.total_chunks = 10;
    spec.size_bytes = SIZE + 1;
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    spec.size_bytes = SIZE;
    spec.has_sha256 = true;
    assert_status(test_try_complete(self->store, &spec), WFS_EDIGEST);
    memcpy(spec.sha256, digest.bytes, WFS_SHA256_BYTES);
    spec.limits.recording_max_bytes = SIZE - 1;
    assert_status(test_try_complete(self->store, &spec), WFS_ETOOLARGE);
    spec.limits.recording_max_bytes = SIZE;
    spec.limits.types = WFS_TYPE_OGG;
    assert_status(test_try_complete(self->store, &spec), WFS_ETYPE);
    spec.limits.types = WFS_TYPE_WAV;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    test_expect_recording(self, "check", audio, SIZE);
    free(audio);
}

static void the_digest_alone_proves_that_all_is_there(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_digest digest = test_digest(audio, SIZE);
    wfs_complete_spec spec = test_complete_spec("digest");

    test_send_pieces(self->store, "digest", audio, 9, 10000);
    spec.has_sha256 = true;
    memcpy(spec.sha256, digest.bytes, WFS_SHA256_BYTES);
    assert_status(test_try_complete(self->store, &spec), WFS_EDIGEST);
    test_send_pieces(self->store, "digest", audio, 10, 10000);
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    free(audio);
}

static void bad_words_are_refused_before_anything(void **state)
{
    static const char deep[] = "{\"a\":[1,2}";
    const test_store *self = *state;
    wfs_complete_spec spec = test_complete_spec("words");

    spec.metadata = deep;
    spec.metadata_length = sizeof(deep) - 1;
    assert_status(test_try_complete(self->store, &spec), WFS_EFORMAT);
    spec.metadata = NULL;
    spec.name = "\xff";
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
    spec.name = NULL;
    spec.has_timestamp = true;
    spec.timestamp_ms = -1;
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
    spec.timestamp_ms = INT64_MAX;
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
    spec.has_timestamp = false;
    spec.total_chunks = 0;
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
    spec.total_chunks = WFS_UNKNOWN;
    spec.has_duration = true;
    spec.duration_seconds = -1;
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
    spec.duration_seconds = NAN;
    assert_status(test_try_complete(self->store, &spec), WFS_EINVAL);
}

static void another_total_than_before_is_a_conflict(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_complete_spec spec = test_complete_spec("two");
    wfs_chunk_spec chunk = test_chunk_spec("two", 0);

    chunk.total_chunks = 2;
    test_send_ok(self->store, &chunk, audio, SIZE / 2);
    spec.total_chunks = 1;
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    chunk.index = 1;
    test_send_ok(self->store, &chunk, audio + SIZE / 2, SIZE / 2);
    assert_status(test_try_complete(self->store, &spec), WFS_ECONFLICT);
    spec.total_chunks = 2;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    free(audio);
}

/* AIFF is known by its first bytes alone. */
static void the_client_tells_a_duration_that_the_file_does_not(void **state)
{
    const test_store *self = *state;
    size_t length = 0;
    uint8_t *audio = test_file_read(WFS_TEST_DATA "/aiff.aiff", &length);
    wfs_complete_spec spec = test_complete_spec("aiff");
    wfs_chunk_spec chunk = test_chunk_spec("aiff", 0);
    wfs_recording recording;
    bool was_complete;

    chunk.total_chunks = 1;
    test_send_ok(self->store, &chunk, audio, length);
    spec.has_duration = true;
    spec.duration_seconds = 0.5;
    assert_status(
        test_complete_with(self->store, &spec, &recording, &was_complete),
        WFS_OK);
    assert_true(recording.has_duration);
    assert_true(recording.duration_seconds > 0.49);
    assert_true(recording.duration_seconds < 0.51);
    wfs_recording_release(&recording);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(an_unknown_upload_is_told),
        ON_STORE(a_lost_tail_does_not_pass),
        ON_STORE(a_gap_does_not_pass),
        ON_STORE(what_is_told_is_checked),
        ON_STORE(the_digest_alone_proves_that_all_is_there),
        ON_STORE(bad_words_are_refused_before_anything),
        ON_STORE(another_total_than_before_is_a_conflict),
        ON_STORE(the_client_tells_a_duration_that_the_file_does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
