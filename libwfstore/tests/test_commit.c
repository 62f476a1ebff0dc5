/*
 * test_commit.c - the committer: groups, outcomes, order, closing.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#include "commit.h"
#include "store_internal.h"
#include "support/gate.h"
#include "support/outcomes.h"

#define COUNT 20
#define CHUNK TEST_OUTCOMES_CHUNK_BYTES

/* All but the first come while that one waits at the gate, or inside. */
static void submit_behind_the_gate(wfs_store *store, const uint8_t *audio,
                                   test_outcomes *told)
{
    test_submit(store, 0, audio, told);
    test_gate_await_group();
    for (uint64_t i = 1; i < COUNT; i++) {
        test_submit(store, i, audio, told);
    }
    assert_int_equal(told->done, 0);
    test_gate_open();
    test_outcomes_await(told, COUNT);
}

static void what_waits_is_written_in_one_transaction(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;

    test_gate_close(self->store, WFS_OK);
    test_gate.is_inside = true;
    submit_behind_the_gate(self->store, audio, &told);
    assert_int_equal(told.accepted, COUNT);
    assert_int_equal(test_gate.groups, 2);
    assert_int_equal(test_gate.largest, COUNT - 1);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void what_comes_while_others_write_goes_along(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;

    test_gate_close(self->store, WFS_OK);
    submit_behind_the_gate(self->store, audio, &told);
    assert_int_equal(told.accepted, COUNT);
    assert_int_equal(test_gate.groups, 1);
    assert_int_equal(test_gate.largest, COUNT);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void when_a_transaction_fails_none_of_it_is_accepted(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    wfs_upload_info info;
    test_outcomes told = TEST_OUTCOMES_INIT;

    test_gate_close(self->store, WFS_ELOCKED);
    submit_behind_the_gate(self->store, audio, &told);
    assert_int_equal(told.accepted, 0);
    assert_status(told.last, WFS_ELOCKED);
    assert_status(wfs_upload_get(self->store, "group", false, &info, NULL),
                  WFS_ENOUPLOAD);
    test_gate.outcome =
        WFS_OK; /* the locks are free again: all can be sent anew */
    told.done = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        test_submit(self->store, i, audio, &told);
    }
    test_outcomes_await(&told, COUNT);
    assert_int_equal(told.accepted, COUNT);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void one_refused_receipt_does_not_harm_the_others(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;
    wfs_chunk_spec other = test_chunk_spec("other", 0);
    wfs_chunk *late = NULL;

    test_send_ok(self->store, &other, audio, 100);
    other.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &other, &late, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(late, audio, 100, NULL), WFS_OK);
    test_gate_close(self->store, WFS_OK);
    test_submit(self->store, 0, audio, &told);
    test_gate_await_group();
    assert_status(wfs_chunk_submit(late, test_outcomes_note, &told, NULL),
                  WFS_OK);
    assert_status(wfs_upload_delete(self->store, "other", NULL), WFS_OK);
    test_submit(self->store, 1, audio, &told);
    test_gate_open();
    test_outcomes_await(&told, 3);
    assert_int_equal(told.accepted, 2);
    free(audio);
}

/* The disk failed after the transaction was written and before it was told. */
static void accepted_bytes_stay_though_the_answer_was_a_failure(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(3 * CHUNK, 1);
    wfs_receipt receipt;

    test_gate_close(self->store, WFS_EIO);
    test_gate.commits_all_the_same = true;
    test_gate_open();
    for (uint64_t i = 3; i-- > 0;) {
        wfs_chunk_spec spec = test_chunk_spec("unsure", i);

        assert_status(
            test_send(self->store, &spec, audio + i * CHUNK, CHUNK, NULL),
            WFS_EIO);
    }
    self->store->catalogue->api = test_gate.api;
    for (uint64_t i = 0; i < 3; i++) {
        wfs_chunk_spec spec = test_chunk_spec("unsure", i);

        assert_status(
            test_send(self->store, &spec, audio + i * CHUNK, CHUNK, &receipt),
            WFS_OK);
        assert_true(receipt.existed);
    }
    test_complete_ok(self, "unsure", 3, audio, 3 * CHUNK);
    free(audio);
}

static void closing_writes_what_is_queued(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;

    for (uint64_t i = COUNT; i-- > 0;) {
        test_submit(self->store, i, audio, &told);
    }
    test_store_reopen(self);
    assert_int_equal(told.accepted, COUNT);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(what_waits_is_written_in_one_transaction),
        ON_STORE(what_comes_while_others_write_goes_along),
        ON_STORE(when_a_transaction_fails_none_of_it_is_accepted),
        ON_STORE(one_refused_receipt_does_not_harm_the_others),
        ON_STORE(accepted_bytes_stay_though_the_answer_was_a_failure),
        ON_STORE(closing_writes_what_is_queued),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
