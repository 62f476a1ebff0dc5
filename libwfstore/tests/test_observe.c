/*
 * test_observe.c - what the observer of a store is told, and when.
 */
#include "support/ageing.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "store_internal.h"
#include "support/clock.h"
#include "support/writers.h"

#define SIZE 3000
#define SECOND_BYTES (44 + 96000)
#define NAP_NS 20000000

static atomic_uint told[WFS_EVENT_RETIRED + 1];
static atomic_ullong spent_ns[WFS_EVENT_RETIRED + 1];

static void note(void *data, wfs_event event, uint64_t duration_ns)
{
    assert_ptr_equal(data, told);
    atomic_fetch_add(&told[event], 1);
    atomic_fetch_add(&spent_ns[event], duration_ns);
}

static int setup_with(void **state, wfs_durability durability)
{
    static wfs_store_options options;
    test_store *self;

    test_clock_reset();
    if (test_writers_setup(state) != 0) {
        return -1;
    }
    options = (wfs_store_options)WFS_STORE_OPTIONS_INIT;
    options.durability = durability;
    options.retention_ms = 7 * TEST_DAY_MS;
    options.observer = note;
    options.observer_data = told;
    for (int i = 0; i <= WFS_EVENT_RETIRED; i++) {
        atomic_store(&told[i], 0);
        atomic_store(&spent_ns[i], 0);
    }
    self = *state;
    test_store_close(self);
    self->options = &options;
    test_store_open(self);
    return 0;
}

static int setup(void **state)
{
    return setup_with(state, WFS_DURABILITY_CHUNK);
}

static int setup_recording(void **state)
{
    return setup_with(state, WFS_DURABILITY_RECORDING);
}

static void complete(const test_store *self, const char *id)
{
    wfs_recording recording;

    assert_status(test_complete(self->store, id, 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
}

static void each_sync_and_each_transaction_of_a_chunk_is_told(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "take", 0, SIZE);
    assert_int_equal(told[WFS_EVENT_SYNCED], 1);
    assert_int_equal(told[WFS_EVENT_COMMITTED], 1);
    assert_true(spent_ns[WFS_EVENT_COMMITTED] > 0);
    test_ageing_send(self, "take", 0, SIZE); /* nothing is written */
    assert_int_equal(told[WFS_EVENT_SYNCED], 1);
    assert_int_equal(told[WFS_EVENT_COMMITTED], 1);
    complete(self, "take");
    assert_int_equal(told[WFS_EVENT_SYNCED], 2);
}

static void without_durable_chunks_only_completing_syncs(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "take", 0, SIZE);
    assert_int_equal(told[WFS_EVENT_SYNCED], 0);
    assert_int_equal(told[WFS_EVENT_COMMITTED], 1);
    complete(self, "take");
    assert_int_equal(told[WFS_EVENT_SYNCED], 1);
}

/* A disk on which a sync takes 20 ms. */
static struct {
    const wfs_blobs_api *api;
    wfs_blobs_api slow;
} disk;

static wfs_status sync_slowly(wfs_blob *blob, wfs_error *error)
{
    const struct timespec nap = {0, NAP_NS};

    nanosleep(&nap, NULL);
    return disk.api->sync(blob, error);
}

static void the_time_a_sync_takes_is_told(void **state)
{
    const test_store *self = *state;

    disk.api = self->store->blobs->api;
    disk.slow = *disk.api;
    disk.slow.sync = sync_slowly;
    self->store->blobs->api = &disk.slow;
    test_ageing_send(self, "take", 0, SIZE);
    assert_true(spent_ns[WFS_EVENT_SYNCED] >= NAP_NS);
    complete(self, "take");
    assert_true(spent_ns[WFS_EVENT_SYNCED] >= 2 * (uint64_t)NAP_NS);
    self->store->blobs->api = disk.api;
}

static void a_take_over_is_told_of_and_a_refusal_is_not(void **state)
{
    const test_store *self = *state;
    test_writer older = {test_writers_begin(self->store, 0), WFS_OK};
    wfs_chunk_spec spec = test_writers_spec(0, WFS_UNKNOWN);
    pthread_t thread;

    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    assert_int_equal(told[WFS_EVENT_TAKEN_OVER], 0);
    pthread_create(&thread, NULL, test_writers_poll, &older);
    test_writers_take_over(self->store);
    pthread_join(thread, NULL);
    assert_int_equal(told[WFS_EVENT_TAKEN_OVER], 1);
}

static void what_goes_by_itself_is_told_by_what_becomes_of_it(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "audio", 0, SECOND_BYTES);
    test_ageing_send(self, "short", 0, SIZE);
    test_ageing_send(self, "shorter", 0, SIZE);
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_int_equal(told[WFS_EVENT_SALVAGED], 1);
    assert_int_equal(told[WFS_EVENT_EXPIRED], 2);
    assert_int_equal(told[WFS_EVENT_RETIRED], 0);
    test_ageing_pass(self, 7 * TEST_DAY_MS);
    assert_false(test_has_recording(self, "audio"));
    assert_int_equal(told[WFS_EVENT_RETIRED], 1);
    assert_int_equal(told[WFS_EVENT_SALVAGED], 1);
    assert_int_equal(told[WFS_EVENT_EXPIRED], 2);
}

static void the_figures_tell_when_the_oldest_upload_began(void **state)
{
    const test_store *self = *state;
    int64_t before_ms = wfs_now_ms();

    assert_int_equal(test_get_stat(self).oldest_ms, 0);
    test_ageing_send(self, "first", 0, SIZE);
    assert_in_range(test_get_stat(self).oldest_ms, before_ms, wfs_now_ms());
    before_ms = test_get_stat(self).oldest_ms;
    test_clock_pass(60000);
    test_ageing_send(self, "second", 0, SIZE);
    assert_int_equal(test_get_stat(self).oldest_ms, before_ms);
    complete(self, "first");
    assert_true(test_get_stat(self).oldest_ms >= before_ms + 60000);
    complete(self, "second");
    assert_int_equal(test_get_stat(self).oldest_ms, 0);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, setup, test_writers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(each_sync_and_each_transaction_of_a_chunk_is_told),
        cmocka_unit_test_setup_teardown(
            without_durable_chunks_only_completing_syncs, setup_recording,
            test_writers_teardown),
        ON_STORE(the_time_a_sync_takes_is_told),
        ON_STORE(a_take_over_is_told_of_and_a_refusal_is_not),
        ON_STORE(what_goes_by_itself_is_told_by_what_becomes_of_it),
        ON_STORE(the_figures_tell_when_the_oldest_upload_began),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
