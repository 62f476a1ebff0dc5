/*
 * test_catch_up.c - the digest keeps step, and catches up where it did not.
 */
#include "support/steps.h"

#include <stdlib.h>

/* The digest of what the row's state has seen. */
static void expect_prefix(const wfs_upload_row *row, const uint8_t *audio,
                          uint64_t chunks)
{
    wfs_digest expected = test_digest(audio, (size_t)chunks * TEST_STEPS_CHUNK);
    wfs_hasher *hasher = NULL;
    wfs_digest digest;

    assert_int_equal(row->prefix_chunks, chunks);
    assert_int_equal(row->prefix_bytes, chunks * TEST_STEPS_CHUNK);
    assert_status(wfs_hasher_restore(&row->digest, &hasher), WFS_OK);
    wfs_hasher_finish(hasher, &digest);
    assert_true(wfs_digest_is_equal(&digest, &expected));
    wfs_hasher_close(hasher);
}

static void in_order(test_store *self, uint64_t chunk_size)
{
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_upload_row row;

    test_steps_count(self->store);
    for (uint64_t i = 0; i < TEST_STEPS_COUNT; i++) {
        test_steps_send(self->store, "step", i, audio, chunk_size);
        row = test_steps_get_row(self->store, "step");
        expect_prefix(&row, audio, i + 1);
    }
    test_store_reopen(self);
    assert_int_equal(test_steps_puts, 0);
    free(audio);
}

static void in_order_the_digest_comes_with_the_receipts(void **state)
{
    in_order(*state, TEST_STEPS_CHUNK);
}

static void in_order_on_the_tail_it_does_too(void **state)
{
    in_order(*state, WFS_UNKNOWN);
}

static void finish(wfs_store *store, const char *id)
{
    wfs_upload_row row = test_steps_get_row(store, id);
    wfs_catch_up *job = NULL;
    bool is_done = false;

    while (wfs_catch_up_open(store, id, row.row, &job, NULL) == WFS_EBUSY) {
        /* the committer is at it; it lets go by itself */
    }
    assert_non_null(job);
    for (int i = 0; i < 100 && !is_done; i++) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    assert_true(is_done);
    wfs_catch_up_close(job);
}

static void backwards(const test_store *self, const char *id,
                      uint64_t chunk_size)
{
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_upload_row row;

    for (uint64_t i = TEST_STEPS_COUNT; i-- > 0;) {
        test_steps_send(self->store, id, i, audio, chunk_size);
    }
    finish(self->store, id);
    row = test_steps_get_row(self->store, id);
    expect_prefix(&row, audio, TEST_STEPS_COUNT);
    assert_int_equal(row.placed_chunks, TEST_STEPS_COUNT);
    assert_false(wfs_catch_up_is_due(self->store, &row));
    test_complete_ok(self, id, TEST_STEPS_COUNT, audio, TEST_STEPS_SIZE);
    free(audio);
}

static void backwards_it_catches_up(void **state)
{
    backwards(*state, "fixed", TEST_STEPS_CHUNK);
    backwards(*state, "loose", WFS_UNKNOWN);
}

static void up_to_a_gap_and_on_when_it_closes(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    static const uint64_t first[] = {1, 0, 3, 5};
    static const uint64_t then[] = {2, 4};
    wfs_upload_row row;

    for (size_t i = 0; i < 4; i++) {
        test_steps_send(self->store, "gap", first[i], audio, TEST_STEPS_CHUNK);
    }
    finish(self->store, "gap");
    row = test_steps_get_row(self->store, "gap");
    expect_prefix(&row, audio, 2);
    for (size_t i = 0; i < 2; i++) {
        test_steps_send(self->store, "gap", then[i], audio, TEST_STEPS_CHUNK);
    }
    finish(self->store, "gap");
    row = test_steps_get_row(self->store, "gap");
    expect_prefix(&row, audio, 6);
    free(audio);
}

static void a_provisional_head_is_left_to_completing(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);
    wfs_upload_row row;

    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, 1000);
    spec.is_provisional = false;
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + 1000, TEST_STEPS_SIZE - 1000);
    row = test_steps_get_row(self->store, "head");
    assert_int_equal(row.prefix_chunks, 0);
    assert_false(wfs_catch_up_is_due(self->store, &row));
    test_complete_ok(self, "head", 2, audio, TEST_STEPS_SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(in_order_the_digest_comes_with_the_receipts),
        ON_STORE(in_order_on_the_tail_it_does_too),
        ON_STORE(backwards_it_catches_up),
        ON_STORE(up_to_a_gap_and_on_when_it_closes),
        ON_STORE(a_provisional_head_is_left_to_completing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
