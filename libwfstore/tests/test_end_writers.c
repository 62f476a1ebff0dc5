/*
 * test_end_writers.c - deleting and completing end who still writes or digests.
 */
#include "support/writers.h"

#include <pthread.h>
#include <unistd.h>

#include "catch_up.h"

#define LOOKS 60000
#define LONG_CALLS 2500 /* of waiting: a writer has 2000 */

static void deleting_ends_writers(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_chunk *late;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    late = test_writers_begin(self->store, 1);
    assert_status(wfs_chunk_write(late, test_writers_audio, 1000, NULL),
                  WFS_OK);
    assert_status(wfs_upload_delete(self->store, "take", NULL), WFS_OK);
    assert_status(wfs_chunk_get_stop(late), WFS_EGONE);
    assert_status(wfs_chunk_write(late, test_writers_audio, 1000, NULL),
                  WFS_EGONE);
    wfs_chunk_discard(late);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void completing_ends_writers_of_chunks_it_does_not_need(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    test_writer late;
    pthread_t thread;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    late = (test_writer){test_writers_begin(self->store, 1), WFS_OK};
    pthread_create(&thread, NULL, test_writers_poll, &late);
    test_writers_complete_first(self->store);
    pthread_join(thread, NULL);
    assert_status(late.stop, WFS_ECOMPLETE);
    test_expect_recording(self, "take", test_writers_audio, TEST_WRITERS_CHUNK);
}

static void completing_in_vain_ends_nobody(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_receipt receipt;
    wfs_chunk *late;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    late = test_writers_begin(self->store, 1);
    assert_status(test_complete(self->store, "take", 2, &recording),
                  WFS_EMISSING);
    assert_status(wfs_chunk_get_stop(late), WFS_OK);
    assert_status(wfs_chunk_write(late, test_writers_audio + TEST_WRITERS_CHUNK,
                                  TEST_WRITERS_CHUNK, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(late, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 2, test_writers_audio,
                     (size_t)2 * TEST_WRITERS_CHUNK);
}

static int64_t get_row(wfs_store *store)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_upload_row row;

    assert_status(store->catalogue->api->find_id(store->catalogue, "take",
                                                 &kind, &row, NULL),
                  WFS_OK);
    return row.row;
}

/* One who completes the take; `calls`: how often it was told that it waits. */
typedef struct completer {
    wfs_store *store;
    int gives_up_at;
    int calls;
    bool has_ended;
    wfs_status status;
} completer;

static bool count_call(void *data, uint64_t done, uint64_t total)
{
    completer *self = data;

    (void)done;
    (void)total;
    return __atomic_add_fetch(&self->calls, 1, __ATOMIC_SEQ_CST) !=
           self->gives_up_at;
}

static void *complete_take(void *data)
{
    completer *self = data;
    wfs_complete_spec spec = test_complete_spec("take");

    spec.total_chunks = 1;
    spec.progress = count_call;
    spec.progress_data = self;
    self->status = test_try_complete(self->store, &spec);
    __atomic_store_n(&self->has_ended, true, __ATOMIC_SEQ_CST);
    return NULL;
}

/* The catch-up of another process, which is in the middle of it. */
static wfs_catch_up *catch_up_elsewhere(const test_store *self,
                                        wfs_store **ret_other)
{
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_catch_up *job = NULL;
    bool is_done = false;
    int64_t row;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    row = get_row(self->store);
    assert_status(wfs_store_open(self->path, NULL, ret_other, NULL), WFS_OK);
    assert_status(wfs_catch_up_open(*ret_other, "take", row, &job, NULL),
                  WFS_OK);
    assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    return job;
}

/* Looks until it is told to end: it has to be told some time, not soon. */
static void expect_to_be_asked(wfs_catch_up *job)
{
    bool is_done = false;
    wfs_status status = WFS_OK;

    for (int looks = 0; looks < LOOKS && status == WFS_OK; looks++) {
        status = wfs_catch_up_advance(job, &is_done, NULL);
        usleep(1000);
    }
    if (status == WFS_OK) {
        fail_msg("nobody asked it to end in %d looks", LOOKS);
    }
    assert_status(status, WFS_ECANCELED);
}

/* It stands still for longer than a writer may, as behind slow syncs. */
static void completing_waits_for_the_end_of_catching_up(void **state)
{
    const test_store *self = *state;
    wfs_store *other = NULL;
    wfs_catch_up *job = catch_up_elsewhere(self, &other);
    completer waits = {.store = self->store};
    pthread_t thread;

    pthread_create(&thread, NULL, complete_take, &waits);
    while (__atomic_load_n(&waits.calls, __ATOMIC_SEQ_CST) < LONG_CALLS &&
           !__atomic_load_n(&waits.has_ended, __ATOMIC_SEQ_CST)) {
        usleep(1000);
    }
    assert_false(__atomic_load_n(&waits.has_ended, __ATOMIC_SEQ_CST));
    expect_to_be_asked(job);
    wfs_catch_up_close(job);
    pthread_join(thread, NULL);
    assert_status(waits.status, WFS_OK);
    test_expect_recording(self, "take", test_writers_audio, TEST_WRITERS_CHUNK);
    wfs_store_close(other);
}

static void who_waits_for_catching_up_can_give_up(void **state)
{
    const test_store *self = *state;
    wfs_store *other = NULL;
    wfs_catch_up *job = catch_up_elsewhere(self, &other);
    completer waits = {.store = self->store, .gives_up_at = 3};

    complete_take(&waits);
    assert_status(waits.status, WFS_ECANCELED);
    assert_int_equal(waits.calls, 3);
    wfs_catch_up_close(job);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
    wfs_store_close(other);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_writers_setup,                  \
                                    test_writers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(deleting_ends_writers),
        ON_STORE(completing_ends_writers_of_chunks_it_does_not_need),
        ON_STORE(completing_in_vain_ends_nobody),
        ON_STORE(completing_waits_for_the_end_of_catching_up),
        ON_STORE(who_waits_for_catching_up_can_give_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
