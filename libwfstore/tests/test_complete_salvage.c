/*
 * test_complete_salvage.c - completing what will never be all there.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 100000
#define PIECE 30001

static uint8_t *audio;

static int setup(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void send(wfs_store *store, uint64_t index, size_t from, size_t length)
{
    wfs_chunk_spec spec = test_chunk_spec("part", index);

    spec.total_chunks = 9;
    test_send_ok(store, &spec, audio + from, length);
}

static wfs_complete_spec make_spec(void)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    spec.id = "part";
    spec.salvage = true;
    return spec;
}

static wfs_status complete(wfs_store *store, const wfs_complete_spec *spec,
                           wfs_recording *ret_recording)
{
    bool was_complete = false;

    return wfs_upload_complete(store, spec, ret_recording, &was_complete, NULL);
}

/* The first `length` bytes, at a whole sample, with the sizes in the header. */
static void expect_cut(const test_store *self, size_t length)
{
    size_t kept = length - length % 2;
    uint8_t *expected = malloc(kept);
    uint32_t riff = (uint32_t)kept - 8;
    uint32_t data = (uint32_t)kept - 44;

    assert_non_null(expected);
    memcpy(expected, audio, kept);
    for (size_t i = 0; i < 4; i++) {
        expected[4 + i] = (uint8_t)(riff >> (8 * i));
        expected[40 + i] = (uint8_t)(data >> (8 * i));
    }
    test_expect_recording(self, "part", expected, kept);
    free(expected);
}

static void salvage_ok(const test_store *self, size_t length)
{
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(complete(self->store, &spec, &recording), WFS_OK);
    assert_string_equal(recording.metadata, "{\"salvaged\":true}");
    assert_true(recording.has_duration);
    assert_true(recording.duration_seconds ==
                (double)((length - 44) / 2) / 48000.0);
    wfs_recording_release(&recording);
    expect_cut(self, length);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void what_came_of_an_upload_becomes_a_recording(void **state)
{
    const test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;

    send(self->store, 0, 0, PIECE);
    send(self->store, 1, PIECE, PIECE);
    assert_status(test_complete(self->store, "part", 9, &recording),
                  WFS_EMISSING);
    salvage_ok(self, 2 * (size_t)PIECE);
}

static void what_lies_behind_a_gap_is_lost(void **state)
{
    const test_store *self = *state;

    send(self->store, 0, 0, PIECE);
    send(self->store, 2, (size_t)2 * PIECE, PIECE);
    assert_int_equal(test_store_count_uploads(self, ".2"), 1);
    salvage_ok(self, PIECE);
}

static void a_provisional_head_is_put_in_front(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("part", 0);

    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, 1000);
    send(self->store, 1, 1000, PIECE);
    salvage_ok(self, 1000 + (size_t)PIECE);
}

static void what_the_client_says_is_kept_beside(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;

    send(self->store, 0, 0, PIECE);
    spec.name = "Half a take";
    spec.metadata = "{\"a\":1}";
    spec.metadata_length = strlen(spec.metadata);
    spec.total_chunks = 9;
    spec.size_bytes = SIZE;
    assert_status(complete(self->store, &spec, &recording), WFS_OK);
    assert_string_equal(recording.name, "Half a take");
    assert_string_equal(recording.metadata, "{\"a\":1,\"salvaged\":true}");
    wfs_recording_release(&recording);
}

/* What was not checked the first time does not contradict the second. */
static void a_repeat_gets_the_same_whatever_it_tells(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;

    send(self->store, 0, 0, PIECE);
    spec.total_chunks = 9;
    spec.size_bytes = SIZE;
    spec.has_sha256 = true;
    assert_status(complete(self->store, &spec, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_status(wfs_upload_complete(self->store, &spec, &recording,
                                      &was_complete, NULL),
                  WFS_OK);
    assert_true(was_complete);
    wfs_recording_release(&recording);
    expect_cut(self, PIECE);
}

static void nothing_is_no_recording(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(complete(self->store, &spec, &recording), WFS_ENOUPLOAD);
    send(self->store, 1, PIECE, PIECE);
    assert_status(complete(self->store, &spec, &recording), WFS_EMISSING);
}

/* Of a WAV file's header alone nothing plays: it can still be gone on with. */
static void what_does_not_play_stays_as_it_was(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;

    send(self->store, 0, 0, 44);
    assert_status(complete(self->store, &spec, &recording), WFS_ETYPE);
    send(self->store, 1, 44, PIECE);
    salvage_ok(self, 44 + (size_t)PIECE);
}

/* Broken off after the bytes were mended: only salvaging can go on. */
static void a_salvage_that_breaks_off_is_taken_up_again(void **state)
{
    test_store *self = *state;
    wfs_complete_spec spec = make_spec();
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_chunk_spec late = test_chunk_spec("part", 2);

    send(self->store, 0, 0, PIECE);
    send(self->store, 1, PIECE, PIECE);
    spec.limits.types = WFS_TYPE_MP3;
    assert_status(complete(self->store, &spec, &recording), WFS_ETYPE);
    test_store_reopen(self);
    assert_status(test_send(self->store, &late, audio, 10, NULL),
                  WFS_ECOMPLETE);
    spec = make_spec();
    spec.salvage = false;
    assert_status(complete(self->store, &spec, &recording), WFS_OK);
    assert_string_equal(recording.metadata, "{\"salvaged\":true}");
    wfs_recording_release(&recording);
    expect_cut(self, 2 * (size_t)PIECE);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(what_came_of_an_upload_becomes_a_recording),
        ON_STORE(what_lies_behind_a_gap_is_lost),
        ON_STORE(a_provisional_head_is_put_in_front),
        ON_STORE(what_the_client_says_is_kept_beside),
        ON_STORE(a_repeat_gets_the_same_whatever_it_tells),
        ON_STORE(nothing_is_no_recording),
        ON_STORE(what_does_not_play_stays_as_it_was),
        ON_STORE(a_salvage_that_breaks_off_is_taken_up_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
