/*
 * test_commit.c - the committer: groups, outcomes, order, closing.
 */
#include "support/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "commit.h"
#include "store_internal.h"

#define COUNT 20
#define CHUNK 2000

/* Put in front of the catalogue: the first group waits at a gate. */
static struct {
    const wfs_catalogue_api *api;
    wfs_catalogue_api gated;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_open;
    bool is_waiting;
    int groups;
    size_t largest;
    wfs_status outcome;
    bool commits_all_the_same;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER,
          .changed = PTHREAD_COND_INITIALIZER};

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               const wfs_receipt_spec *specs, size_t count,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    wfs_status outcome;

    pthread_mutex_lock(&gate.mutex);
    gate.groups++;
    gate.largest = count > gate.largest ? count : gate.largest;
    gate.is_waiting = true;
    pthread_cond_broadcast(&gate.changed);
    while (!gate.is_open) {
        pthread_cond_wait(&gate.changed, &gate.mutex);
    }
    outcome = gate.outcome;
    pthread_mutex_unlock(&gate.mutex);
    if (gate.commits_all_the_same) {
        gate.api->put_receipts(catalogue, specs, count, ret_results, error);
    }
    if (outcome != WFS_OK) {
        error->status = outcome;
        return outcome;
    }
    return gate.api->put_receipts(catalogue, specs, count, ret_results, error);
}

static void close_gate(wfs_store *store, wfs_status outcome)
{
    gate.api = store->catalogue->api;
    gate.gated = *gate.api;
    gate.gated.put_receipts = put_receipts;
    gate.is_open = false;
    gate.is_waiting = false;
    gate.groups = 0;
    gate.largest = 0;
    gate.outcome = outcome;
    gate.commits_all_the_same = false;
    store->catalogue->api = &gate.gated;
}

static void await_first_group(void)
{
    pthread_mutex_lock(&gate.mutex);
    while (!gate.is_waiting) {
        pthread_cond_wait(&gate.changed, &gate.mutex);
    }
    pthread_mutex_unlock(&gate.mutex);
}

static void open_gate(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.is_open = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.mutex);
}

/* What the callbacks told. */
typedef struct outcomes {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int done;
    int accepted;
    wfs_status last;
} outcomes;

static void note(void *data, wfs_status status, const wfs_receipt *receipt,
                 const wfs_error *error)
{
    outcomes *self = data;

    pthread_mutex_lock(&self->mutex);
    self->done++;
    self->accepted += status == WFS_OK && receipt != NULL ? 1 : 0;
    self->last = status;
    if (status != WFS_OK && (error == NULL || error->status != status)) {
        self->last = WFS_ECORRUPT; /* the error must tell the same */
    }
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->mutex);
}

static void await_outcomes(outcomes *self, int count)
{
    pthread_mutex_lock(&self->mutex);
    while (self->done < count) {
        pthread_cond_wait(&self->changed, &self->mutex);
    }
    pthread_mutex_unlock(&self->mutex);
}

static void submit(wfs_store *store, uint64_t index, const uint8_t *audio,
                   outcomes *told)
{
    wfs_chunk_spec spec = test_chunk_spec("group", index);
    wfs_chunk *chunk = NULL;

    spec.chunk_size = CHUNK;
    assert_status(wfs_upload_begin_chunk(store, &spec, &chunk, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio + index * CHUNK, CHUNK, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_submit(chunk, note, told, NULL), WFS_OK);
}

static void submit_behind_the_gate(wfs_store *store, const uint8_t *audio,
                                   outcomes *told, wfs_status outcome)
{
    close_gate(store, outcome);
    submit(store, 0, audio, told);
    await_first_group();
    for (uint64_t i = 1; i < COUNT; i++) {
        submit(store, i, audio, told);
    }
    assert_int_equal(told->done, 0);
    open_gate();
    await_outcomes(told, COUNT);
}

static void what_waits_is_written_in_one_transaction(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    outcomes told = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                     .changed = PTHREAD_COND_INITIALIZER};

    submit_behind_the_gate(self->store, audio, &told, WFS_OK);
    assert_int_equal(told.accepted, COUNT);
    assert_int_equal(gate.groups, 2);
    assert_int_equal(gate.largest, COUNT - 1);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void when_a_transaction_fails_none_of_it_is_accepted(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    wfs_upload_info info;
    outcomes told = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                     .changed = PTHREAD_COND_INITIALIZER};

    submit_behind_the_gate(self->store, audio, &told, WFS_ELOCKED);
    assert_int_equal(told.accepted, 0);
    assert_status(told.last, WFS_ELOCKED);
    assert_status(wfs_upload_get(self->store, "group", false, &info, NULL),
                  WFS_ENOUPLOAD);
    gate.outcome = WFS_OK; /* the locks are free again: all can be sent anew */
    told.done = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        submit(self->store, i, audio, &told);
    }
    await_outcomes(&told, COUNT);
    assert_int_equal(told.accepted, COUNT);
    test_complete_ok(self, "group", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void one_refused_receipt_does_not_harm_the_others(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    outcomes told = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                     .changed = PTHREAD_COND_INITIALIZER};
    wfs_chunk_spec other = test_chunk_spec("other", 0);
    wfs_chunk *late = NULL;

    test_send_ok(self->store, &other, audio, 100);
    other.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &other, &late, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(late, audio, 100, NULL), WFS_OK);
    close_gate(self->store, WFS_OK);
    submit(self->store, 0, audio, &told);
    await_first_group();
    assert_status(wfs_chunk_submit(late, note, &told, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "other", NULL), WFS_OK);
    submit(self->store, 1, audio, &told);
    open_gate();
    await_outcomes(&told, 3);
    assert_int_equal(told.accepted, 2);
    free(audio);
}

/* The disk failed after the transaction was written and before it was told. */
static void accepted_bytes_stay_though_the_answer_was_a_failure(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(3 * CHUNK, 1);
    wfs_receipt receipt;

    close_gate(self->store, WFS_EIO);
    gate.commits_all_the_same = true;
    open_gate();
    for (uint64_t i = 3; i-- > 0;) {
        wfs_chunk_spec spec = test_chunk_spec("unsure", i);

        assert_status(
            test_send(self->store, &spec, audio + i * CHUNK, CHUNK, NULL),
            WFS_EIO);
    }
    self->store->catalogue->api = gate.api;
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
    outcomes told = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                     .changed = PTHREAD_COND_INITIALIZER};

    for (uint64_t i = COUNT; i-- > 0;) {
        submit(self->store, i, audio, &told);
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
        ON_STORE(when_a_transaction_fails_none_of_it_is_accepted),
        ON_STORE(one_refused_receipt_does_not_harm_the_others),
        ON_STORE(accepted_bytes_stay_though_the_answer_was_a_failure),
        ON_STORE(closing_writes_what_is_queued),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
