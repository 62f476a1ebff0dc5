/*
 * test_answer.c - who sends a chunk is told when the digest has caught up.
 */
#include "support/store.h"

#include <stdlib.h>
#include <unistd.h>

#include "store_internal.h"
#include "support/clock.h"
#include "support/steps.h"

#define CHUNK TEST_STEPS_CHUNK
#define COUNT 3

/* A catalogue that takes its time to keep how far the digest has come. */
static const wfs_catalogue_api *real_api;
static wfs_catalogue_api slow_api;

static wfs_status put_digest(wfs_catalogue *catalogue, int64_t row,
                             uint64_t from_chunks, uint64_t prefix_chunks,
                             uint64_t prefix_bytes,
                             const wfs_digest_state *state, bool is_patient,
                             wfs_error *error)
{
    usleep(20000);
    return real_api->put_digest(catalogue, row, from_chunks, prefix_chunks,
                                prefix_bytes, state, is_patient, error);
}

static void slow_down(wfs_store *store)
{
    real_api = store->catalogue->api;
    slow_api = *real_api;
    slow_api.put_digest = put_digest;
    store->catalogue->api = &slow_api;
}

static wfs_chunk *begin(wfs_store *store, const uint8_t *audio, uint64_t index)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);
    wfs_chunk *chunk = NULL;

    spec.chunk_size = CHUNK;
    assert_status(wfs_upload_begin_chunk(store, &spec, &chunk, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio + index * CHUNK, CHUNK, NULL),
                  WFS_OK);
    return chunk;
}

static void commit(wfs_chunk *chunk)
{
    wfs_receipt receipt;

    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
}

static void the_last_answer_leaves_nothing_to_digest(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 1);
    wfs_chunk *chunks[COUNT];

    test_clock_stop();
    slow_down(self->store);
    for (uint64_t i = 0; i < COUNT; i++) {
        chunks[i] = begin(self->store, audio, i);
    }
    for (uint64_t i = COUNT; i-- > 0;) {
        commit(chunks[i]);
    }
    assert_int_equal(test_steps_get_row(self->store, "take").prefix_chunks,
                     COUNT);
    test_clock_reset();
    self->store->catalogue->api = real_api;
    test_complete_ok(self, "take", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

static void each_answer_waits_for_its_own_chunk(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(COUNT * CHUNK, 2);
    wfs_chunk *chunks[COUNT];

    test_clock_stop();
    slow_down(self->store);
    for (uint64_t i = 0; i < COUNT; i++) {
        chunks[i] = begin(self->store, audio, i);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        commit(chunks[i]);
        assert_int_equal(test_steps_get_row(self->store, "take").prefix_chunks,
                         i + 1);
    }
    test_clock_reset();
    self->store->catalogue->api = real_api;
    test_complete_ok(self, "take", COUNT, audio, COUNT * CHUNK);
    free(audio);
}

/* As somebody who digests, in another process. */
static wfs_blob *lock_digest(wfs_store *store)
{
    wfs_upload_row row = test_steps_get_row(store, "take");
    wfs_blob_owner owner = {row.id, row.row};
    wfs_blob *part = NULL;

    assert_status(
        store->blobs->api->open_part(store->blobs, owner, &part, NULL, NULL),
        WFS_OK);
    assert_status(store->blobs->api->lock(part, WFS_LOCK_DIGEST, 1, NULL),
                  WFS_OK);
    return part;
}

typedef struct outcome {
    int told;
    int accepted;
} outcome;

static void note(void *data, wfs_status status, const wfs_receipt *receipt,
                 const wfs_error *error)
{
    outcome *self = data;

    (void)error;
    __atomic_add_fetch(&self->accepted,
                       status == WFS_OK && receipt->size_bytes == CHUNK,
                       __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&self->told, 1, __ATOMIC_SEQ_CST);
}

/* Chunks 0 and 1 at once, while somebody else digests, by `part`: the
 * answer to the latter has to wait. */
static void submit_two(wfs_store *store, wfs_store *other, const uint8_t *audio,
                       wfs_blob **ret_part, outcome *told)
{
    wfs_chunk *first = begin(store, audio, 0);
    wfs_chunk *second = begin(store, audio, 1);

    *ret_part = lock_digest(other);
    assert_status(wfs_chunk_submit(first, note, told, NULL), WFS_OK);
    assert_status(wfs_chunk_submit(second, note, told, NULL), WFS_OK);
}

static void who_waits_for_another_process_is_told_in_the_end(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(2 * CHUNK, 3);
    wfs_blob *part = NULL;
    outcome told = {0, 0};

    submit_two(self->store, self->store, audio, &part, &told);
    while (__atomic_load_n(&told.told, __ATOMIC_SEQ_CST) < 2) {
        usleep(1000);
    }
    assert_int_equal(told.accepted, 2);
    assert_int_equal(test_steps_get_row(self->store, "take").prefix_chunks, 1);
    self->store->blobs->api->close_blob(part);
    test_complete_ok(self, "take", 2, audio, 2 * CHUNK);
    free(audio);
}

static void closing_gives_the_answers_that_wait(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(2 * CHUNK, 4);
    wfs_store *other = NULL;
    wfs_blob *part = NULL;
    outcome told = {0, 0};

    assert_status(wfs_store_open(self->path, NULL, &other, NULL), WFS_OK);
    test_clock_stop();
    submit_two(self->store, other, audio, &part, &told);
    test_store_reopen(self);
    test_clock_reset();
    assert_int_equal(told.told, 2);
    assert_int_equal(told.accepted, 2);
    other->blobs->api->close_blob(part);
    wfs_store_close(other);
    test_complete_ok(self, "take", 2, audio, 2 * CHUNK);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(the_last_answer_leaves_nothing_to_digest),
        ON_STORE(each_answer_waits_for_its_own_chunk),
        ON_STORE(who_waits_for_another_process_is_told_in_the_end),
        ON_STORE(closing_gives_the_answers_that_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
