/*
 * test_commit_here.c - receipts written by the thread that submits.
 */
#include "support/store.h"

#include <pthread.h>
#include <stdlib.h>

#include "support/gate.h"
#include "support/outcomes.h"

#define COUNT 20
#define CHUNK TEST_OUTCOMES_CHUNK_BYTES

static void a_lone_chunk_is_written_by_who_submits_it(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(2 * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;

    for (uint64_t i = 0; i < 2; i++) {
        wfs_chunk *chunk = test_fill(self->store, i, audio);

        assert_status(
            wfs_chunk_submit_here(chunk, test_outcomes_note, &told, NULL),
            WFS_OK);
        assert_int_equal(told.accepted, i + 1);
        assert_true(pthread_equal(told.by, pthread_self()));
    }
    test_complete_ok(self, "group", 2, audio, 2 * CHUNK);
    free(audio);
}

static void beside_another_chunk_nobody_waits_for_the_transaction(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(2 * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;
    wfs_chunk *other;

    other = test_fill(self->store, 1, audio);
    test_gate_close(self->store, WFS_OK);
    assert_status(wfs_chunk_submit_here(test_fill(self->store, 0, audio),
                                        test_outcomes_note, &told, NULL),
                  WFS_OK);
    test_gate_await_group();
    assert_int_equal(told.done, 0);
    test_gate_open();
    test_outcomes_await(&told, 1);
    assert_false(pthread_equal(told.by, pthread_self()));
    assert_status(wfs_chunk_submit(other, test_outcomes_note, &told, NULL),
                  WFS_OK);
    test_outcomes_await(&told, 2);
    test_complete_ok(self, "group", 2, audio, 2 * CHUNK);
    free(audio);
}

typedef struct leader {
    wfs_chunk *chunk;
    test_outcomes *told;
} leader;

static void *lead(void *data)
{
    const leader *self = data;

    return wfs_chunk_submit_here(self->chunk, test_outcomes_note, self->told,
                                 NULL) == WFS_OK
               ? NULL
               : data;
}

static void
what_comes_while_a_lone_one_is_written_is_not_forgotten(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    test_outcomes told = TEST_OUTCOMES_INIT;
    leader first = {test_fill(self->store, 0, audio), &told};
    pthread_t thread;
    void *fault = NULL;

    test_gate_close(self->store, WFS_OK);
    test_gate.is_inside = true;
    assert_int_equal(pthread_create(&thread, NULL, lead, &first), 0);
    test_gate_await_group();
    for (uint64_t i = 1; i < COUNT; i++) {
        test_submit(self->store, i, audio, &told);
    }
    assert_int_equal(told.done, 0);
    test_gate_open();
    test_outcomes_await(&told, COUNT);
    assert_int_equal(pthread_join(thread, &fault), 0);
    assert_null(fault);
    assert_int_equal(test_gate.groups, 2);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_lone_chunk_is_written_by_who_submits_it),
        ON_STORE(beside_another_chunk_nobody_waits_for_the_transaction),
        ON_STORE(what_comes_while_a_lone_one_is_written_is_not_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
