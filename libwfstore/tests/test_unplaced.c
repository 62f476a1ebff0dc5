/*
 * test_unplaced.c - chunks whose fields come after their bytes.
 */
#include "support/store.h"

#include <stdlib.h>

#define SIZE 200000
#define CHUNK 70000

static wfs_chunk *begin_with(wfs_store *store, const uint8_t *bytes,
                             size_t length)
{
    wfs_limits limits = WFS_LIMITS_INIT;
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_unplaced_chunk(store, &limits, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, bytes, length / 3, NULL), WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, bytes + length / 3, length - length / 3, NULL),
        WFS_OK);
    return chunk;
}

static wfs_status place_and_commit(wfs_store *store, const uint8_t *bytes,
                                   size_t length, const wfs_chunk_spec *spec,
                                   wfs_receipt *ret_receipt)
{
    wfs_chunk *chunk = begin_with(store, bytes, length);
    wfs_status status = wfs_chunk_place(chunk, spec, NULL);

    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, ret_receipt, NULL);
}

static void send_unplaced(wfs_store *store, const wfs_chunk_spec *spec,
                          const uint8_t *audio)
{
    size_t from = (size_t)spec->index * CHUNK;
    size_t left = SIZE - from;
    wfs_receipt receipt;

    assert_status(place_and_commit(store, audio + from,
                                   left < CHUNK ? left : CHUNK, spec, &receipt),
                  WFS_OK);
    assert_false(receipt.existed);
}

static void they_go_to_fixed_places(void **state)
{
    static const uint64_t order[] = {2, 0, 1};
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);

    for (size_t i = 0; i < 3; i++) {
        wfs_chunk_spec spec = test_chunk_spec("fixed", order[i]);

        spec.chunk_size = CHUNK;
        send_unplaced(self->store, &spec, audio);
    }
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    test_complete_ok(self, "fixed", WFS_UNKNOWN, audio, SIZE);
    free(audio);
}

static void they_go_to_the_tail_or_lie_loose(void **state)
{
    static const uint64_t order[] = {2, 0, 1};
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);

    for (size_t i = 0; i < 3; i++) {
        wfs_chunk_spec spec = test_chunk_spec("tail", order[i]);

        send_unplaced(self->store, &spec, audio);
        if (i == 0) {
            assert_int_equal(test_store_count_uploads(self, ".2"), 1);
        }
    }
    test_complete_ok(self, "tail", 3, audio, SIZE);
    free(audio);
}

static void their_digest_and_type_are_checked_when_placed(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("check", 0);
    wfs_receipt receipt;

    spec.digest = test_digest("else", 4);
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_EDIGEST);
    spec.digest = test_digest(audio, CHUNK);
    assert_status(
        place_and_commit(self->store, audio + 1, CHUNK, &spec, &receipt),
        WFS_ETYPE);
    spec.length = CHUNK + 1;
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_ECONFLICT);
    spec.length = CHUNK;
    spec.id = "../up";
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_EID);
    spec.id = "check";
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_OK);
    assert_true(receipt.has_sha256);
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    free(audio);
}

static void a_repeat_is_compared(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("again", 0);
    wfs_receipt receipt;

    send_unplaced(self->store, &spec, audio);
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    audio[100] ^= 1;
    assert_status(place_and_commit(self->store, audio, CHUNK, &spec, &receipt),
                  WFS_ECONFLICT);
    free(audio);
}

static void one_that_is_given_up_leaves_nothing(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk = begin_with(self->store, audio, CHUNK);

    assert_status(wfs_chunk_submit(chunk, NULL, NULL, &error), WFS_ECANCELED);
    wfs_chunk_discard(chunk);
    chunk = begin_with(self->store, audio, CHUNK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_ECANCELED);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void a_provisional_one_goes_to_the_catalogue(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(3000, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);
    wfs_receipt receipt;

    spec.is_provisional = true;
    assert_status(place_and_commit(self->store, audio, 3000, &spec, &receipt),
                  WFS_OK);
    test_complete_ok(self, "head", 1, audio, 3000);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(they_go_to_fixed_places),
        ON_STORE(they_go_to_the_tail_or_lie_loose),
        ON_STORE(their_digest_and_type_are_checked_when_placed),
        ON_STORE(a_repeat_is_compared),
        ON_STORE(one_that_is_given_up_leaves_nothing),
        ON_STORE(a_provisional_one_goes_to_the_catalogue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
