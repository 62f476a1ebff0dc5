/*
 * test_take_over.c - a newer writer ends an older one of the same chunk.
 */
#include "support/writers.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "store_internal.h"

static void a_newer_writer_takes_the_chunk_of_an_idle_one(void **state)
{
    const test_store *self = *state;
    test_writer older = {test_writers_begin(self->store, 0), WFS_OK};
    pthread_t thread;

    assert_status(wfs_chunk_write(older.chunk, test_writers_audio, 1000, NULL),
                  WFS_OK);
    pthread_create(&thread, NULL, test_writers_poll, &older);
    test_writers_take_over(self->store);
    pthread_join(thread, NULL);
    assert_status(older.stop, WFS_EBUSY);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void one_that_receives_is_left_alone(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, TEST_WRITERS_HOUR_MS);
    wfs_chunk *older = test_writers_begin(self->store, 0);
    wfs_chunk *chunk;
    wfs_receipt receipt;
    wfs_error error = WFS_ERROR_INIT;

    assert_status(wfs_chunk_write(older, test_writers_audio, 1000, NULL),
                  WFS_OK);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, &error),
                  WFS_EBUSY);
    assert_non_null(strstr(error.detail, "is being received already"));
    spec.take_over_ms = WFS_UNKNOWN;
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    assert_status(wfs_chunk_get_stop(older), WFS_OK);
    wfs_chunk_touch(older);
    assert_status(wfs_chunk_write(older, test_writers_audio + 1000,
                                  TEST_WRITERS_CHUNK - 1000, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

static void one_that_is_taken_over_can_neither_write_nor_submit(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_chunk *older = test_writers_begin(self->store, 0);
    wfs_receipt receipt;

    assert_status(
        wfs_chunk_write(older, test_writers_audio, TEST_WRITERS_CHUNK, NULL),
        WFS_OK);
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    assert_status(wfs_chunk_write(older, test_writers_audio, 1, NULL),
                  WFS_EBUSY);
    wfs_chunk_discard(older);
    older = test_writers_begin(self->store, 0);
    assert_status(
        wfs_chunk_write(older, test_writers_audio, TEST_WRITERS_CHUNK, NULL),
        WFS_OK);
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_EBUSY);
    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

static void other_chunks_of_the_upload_are_left_alone(void **state)
{
    const test_store *self = *state;
    wfs_chunk *other = test_writers_begin(self->store, 1);
    test_writer older = {test_writers_begin(self->store, 0), WFS_OK};
    pthread_t thread;
    wfs_receipt receipt;

    pthread_create(&thread, NULL, test_writers_poll, &older);
    test_writers_take_over(self->store);
    pthread_join(thread, NULL);
    assert_status(wfs_chunk_get_stop(other), WFS_OK);
    assert_status(wfs_chunk_write(other,
                                  test_writers_audio + TEST_WRITERS_CHUNK,
                                  TEST_WRITERS_CHUNK, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(other, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 2, test_writers_audio,
                     (size_t)2 * TEST_WRITERS_CHUNK);
}

/* A catalogue that holds receipts back, so that a chunk stays queued. */
static struct {
    const wfs_catalogue_api *api;
    wfs_catalogue_api gated;
    pthread_mutex_t mutex;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               wfs_receipts_gather gather, void *data,
                               const wfs_receipt_spec *specs,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    pthread_mutex_lock(&gate.mutex);
    pthread_mutex_unlock(&gate.mutex);
    return gate.api->put_receipts(catalogue, gather, data, specs, ret_results,
                                  error);
}

static void note(void *data, wfs_status status, const wfs_receipt *receipt,
                 const wfs_error *error)
{
    (void)receipt;
    (void)error;
    __atomic_store_n((int *)data, status == WFS_OK ? 1 : -1, __ATOMIC_SEQ_CST);
}

static void a_queued_chunk_is_not_taken_over(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_chunk *older = test_writers_begin(self->store, 0);
    wfs_receipt receipt;
    int outcome = 0;

    gate.api = self->store->catalogue->api;
    gate.gated = *gate.api;
    gate.gated.put_receipts = put_receipts;
    self->store->catalogue->api = &gate.gated;
    assert_status(
        wfs_chunk_write(older, test_writers_audio, TEST_WRITERS_CHUNK, NULL),
        WFS_OK);
    pthread_mutex_lock(&gate.mutex);
    assert_status(wfs_chunk_submit(older, note, &outcome, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    pthread_mutex_unlock(&gate.mutex);
    while (__atomic_load_n(&outcome, __ATOMIC_SEQ_CST) == 0) {
        usleep(1000);
    }
    assert_int_equal(outcome, 1);
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    self->store->catalogue->api = gate.api;
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

/* A disk on which a newer writer comes while the older one syncs. */
static struct {
    const wfs_blobs_api *api;
    wfs_blobs_api hooked;
    wfs_store *store;
} slow_disk;

static wfs_status sync_and_be_stopped(wfs_blob *blob, wfs_error *error)
{
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_chunk *newer = NULL;

    slow_disk.store->blobs->api = slow_disk.api;
    assert_status(wfs_upload_begin_chunk(slow_disk.store, &spec, &newer, NULL),
                  WFS_EBUSY);
    return slow_disk.api->sync(blob, error);
}

static void one_that_is_stopped_while_it_syncs_is_not_queued(void **state)
{
    const test_store *self = *state;
    wfs_chunk *older = test_writers_begin(self->store, 0);
    wfs_receipt receipt;

    slow_disk.store = self->store;
    slow_disk.api = self->store->blobs->api;
    slow_disk.hooked = *slow_disk.api;
    slow_disk.hooked.sync = sync_and_be_stopped;
    assert_status(
        wfs_chunk_write(older, test_writers_audio, TEST_WRITERS_CHUNK, NULL),
        WFS_OK);
    self->store->blobs->api = &slow_disk.hooked;
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_EBUSY);
    test_writers_take_over(self->store);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_writers_setup,                  \
                                    test_writers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_newer_writer_takes_the_chunk_of_an_idle_one),
        ON_STORE(one_that_receives_is_left_alone),
        ON_STORE(one_that_is_taken_over_can_neither_write_nor_submit),
        ON_STORE(other_chunks_of_the_upload_are_left_alone),
        ON_STORE(a_queued_chunk_is_not_taken_over),
        ON_STORE(one_that_is_stopped_while_it_syncs_is_not_queued),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
