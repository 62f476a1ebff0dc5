/*
 * test_compare.c - repeats of accepted chunks, and provisional ones.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 200000
#define CHUNK 70000

static wfs_chunk_state begin_state(wfs_store *store, const wfs_chunk_spec *spec)
{
    wfs_chunk *chunk = NULL;
    wfs_chunk_state state;

    assert_status(wfs_upload_begin_chunk(store, spec, &chunk, NULL), WFS_OK);
    state = wfs_chunk_get_state(chunk);
    wfs_chunk_discard(chunk);
    return state;
}

static void the_same_bytes_are_told_as_existing(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("repeat", 0);
    wfs_receipt receipt;

    test_send_ok(self->store, &spec, audio, CHUNK);
    assert_int_equal(begin_state(self->store, &spec), WFS_CHUNK_COMPARING);
    assert_status(test_send(self->store, &spec, audio, CHUNK, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    assert_int_equal(receipt.received_chunks, 1);
    assert_int_equal(receipt.received_bytes, CHUNK);
    free(audio);
}

static void other_bytes_are_a_conflict_wherever_they_differ(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("other", 0);

    test_send_ok(self->store, &spec, audio, CHUNK);
    audio[CHUNK - 1] ^= 1;
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL),
                  WFS_ECONFLICT);
    audio[CHUNK - 1] ^= 1;
    assert_status(test_send(self->store, &spec, audio, CHUNK - 1, NULL),
                  WFS_ECONFLICT);
    assert_status(test_send(self->store, &spec, audio, CHUNK + 1, NULL),
                  WFS_ECONFLICT);
    spec.length = CHUNK - 1; /* told before the body */
    assert_status(test_send(self->store, &spec, audio, CHUNK - 1, NULL),
                  WFS_ECONFLICT);
    spec.length = CHUNK;
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_OK);
    free(audio);
}

static void size_and_digest_answer_before_the_body(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("known", 0);
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;

    spec.length = CHUNK;
    spec.digest = test_digest(audio, CHUNK);
    test_send_ok(self->store, &spec, audio, CHUNK);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_int_equal(wfs_chunk_get_state(chunk), WFS_CHUNK_PRESENT);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    assert_true(receipt.existed);
    assert_true(receipt.has_sha256);
    assert_int_equal(receipt.size_bytes, CHUNK);
    assert_memory_equal(receipt.sha256, spec.digest.bytes, WFS_SHA256_BYTES);

    spec.digest.bytes[0] ^= 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_ECONFLICT);
    spec.digest.kind = WFS_DIGEST_NONE;
    spec.length = CHUNK + 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_ECONFLICT);
    free(audio);
}

static void a_repeat_with_a_wrong_digest_is_told_so(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("wrong", 0);

    test_send_ok(self->store, &spec, audio, CHUNK);
    spec.digest = test_digest("else", 4);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL),
                  WFS_EDIGEST);
    free(audio);
}

static void repeats_of_loose_chunks_are_compared_where_they_lie(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("loose", 1);
    wfs_receipt receipt;

    test_send_ok(self->store, &spec, audio + CHUNK, CHUNK);
    assert_int_equal(test_store_count_uploads(self, ".1"), 1);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL),
                  WFS_ECONFLICT);
    assert_status(test_send(self->store, &spec, audio + CHUNK, CHUNK, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    spec.index = 0;
    test_send_ok(self->store, &spec, audio, CHUNK);
    spec.index = 1;
    assert_status(test_send(self->store, &spec, audio + CHUNK, CHUNK, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    test_complete_ok(self, "loose", 2, audio, 2 * CHUNK);
    free(audio);
}

static void a_repeat_may_tell_the_total(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("total", 0);
    wfs_receipt receipt;

    test_send_ok(self->store, &spec, audio, SIZE);
    spec.total_chunks = 1;
    assert_status(test_send(self->store, &spec, audio, SIZE, &receipt), WFS_OK);
    assert_true(receipt.existed);
    assert_int_equal(receipt.total_chunks, 1);
    test_complete_ok(self, "total", WFS_UNKNOWN, audio, SIZE);
    free(audio);
}

static void expect_provisional(wfs_store *store, const char *id, bool expected)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, id, false, &info, NULL), WFS_OK);
    assert_int_equal(info.is_provisional, expected);
    wfs_upload_info_release(&info);
}

static void a_provisional_chunk_is_replaced_until_completion(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    uint8_t first[1000];
    wfs_chunk_spec head = test_chunk_spec("live", 0);
    wfs_chunk_spec spec = test_chunk_spec("live", 1);
    wfs_receipt receipt;

    memcpy(first, audio, sizeof(first));
    first[40] ^= 0xff;
    head.is_provisional = true;
    test_send_ok(self->store, &head, first, sizeof(first));
    test_send_ok(self->store, &spec, audio + 1000, SIZE - 1000);
    expect_provisional(self->store, "live", true);
    assert_status(test_send(self->store, &head, audio, 999, NULL),
                  WFS_ECONFLICT);
    assert_status(test_send(self->store, &head, audio, 1001, NULL),
                  WFS_ECONFLICT);
    assert_status(test_send(self->store, &head, audio, 1000, &receipt), WFS_OK);
    assert_false(receipt.existed);
    assert_int_equal(receipt.received_bytes, SIZE);
    assert_int_equal(receipt.received_chunks, 2);
    assert_status(test_send(self->store, &head, audio, 1000, &receipt), WFS_OK);
    assert_true(receipt.existed);
    test_complete_ok(self, "live", 2, audio, SIZE);
    free(audio);
}

static void a_sealed_head_may_not_change(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    uint8_t first[1000];
    wfs_chunk_spec head = test_chunk_spec("sealed", 0);
    wfs_chunk_spec spec = test_chunk_spec("sealed", 1);
    wfs_receipt receipt;

    memcpy(first, audio, sizeof(first));
    first[40] ^= 0xff;
    head.is_provisional = true;
    test_send_ok(self->store, &head, first, sizeof(first));
    head.is_provisional = false;
    test_send_ok(self->store, &head, audio, 1000);
    expect_provisional(self->store, "sealed", false);
    assert_status(test_send(self->store, &head, first, 1000, NULL),
                  WFS_ECONFLICT);
    head.is_provisional = true;
    assert_status(test_send(self->store, &head, first, 1000, NULL),
                  WFS_ECONFLICT);
    assert_status(test_send(self->store, &head, audio, 1000, &receipt), WFS_OK);
    assert_true(receipt.existed);
    test_send_ok(self->store, &spec, audio + 1000, SIZE - 1000);
    test_complete_ok(self, "sealed", 2, audio, SIZE);
    free(audio);
}

static void a_provisional_chunk_must_be_a_small_first_one(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec head = test_chunk_spec("bad", 1);
    wfs_chunk *chunk = NULL;

    head.is_provisional = true;
    assert_status(wfs_upload_begin_chunk(self->store, &head, &chunk, NULL),
                  WFS_EINVAL);
    head.index = 0;
    head.chunk_size = 100;
    assert_status(wfs_upload_begin_chunk(self->store, &head, &chunk, NULL),
                  WFS_EINVAL);
    head.chunk_size = WFS_UNKNOWN;
    head.length = WFS_HEAD_MAX_BYTES + 1;
    assert_status(wfs_upload_begin_chunk(self->store, &head, &chunk, NULL),
                  WFS_EINVAL);
    head.length = WFS_UNKNOWN;
    assert_status(
        test_send(self->store, &head, audio, WFS_HEAD_MAX_BYTES + 1, NULL),
        WFS_EINVAL);
    test_send_ok(self->store, &head, audio, WFS_HEAD_MAX_BYTES);
    free(audio);
}

static void a_provisional_chunk_alone_becomes_a_recording(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(3000, 1);
    wfs_chunk_spec head = test_chunk_spec("only", 0);

    head.is_provisional = true;
    test_send_ok(self->store, &head, audio, 3000);
    test_complete_ok(self, "only", 1, audio, 3000);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(the_same_bytes_are_told_as_existing),
        ON_STORE(other_bytes_are_a_conflict_wherever_they_differ),
        ON_STORE(size_and_digest_answer_before_the_body),
        ON_STORE(a_repeat_with_a_wrong_digest_is_told_so),
        ON_STORE(repeats_of_loose_chunks_are_compared_where_they_lie),
        ON_STORE(a_repeat_may_tell_the_total),
        ON_STORE(a_provisional_chunk_is_replaced_until_completion),
        ON_STORE(a_sealed_head_may_not_change),
        ON_STORE(a_provisional_chunk_must_be_a_small_first_one),
        ON_STORE(a_provisional_chunk_alone_becomes_a_recording),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
