/*
 * test_end_writers.c - deleting and completing end who still writes or digests.
 */
#include "support/writers.h"

#include <pthread.h>
#include <unistd.h>

#include "catch_up.h"

#define LOOKS 60000

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

/* Another process's catch-up lets go of its lock when it is asked to. */
static void completing_ends_catching_up(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_catch_up *job = NULL;
    wfs_store *other = NULL;
    bool is_done = false;
    int64_t row;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    row = get_row(self->store);
    assert_status(wfs_store_open(self->path, NULL, &other, NULL), WFS_OK);
    assert_status(wfs_catch_up_open(other, "take", row, &job, NULL), WFS_OK);
    assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    assert_status(test_complete(self->store, "take", 1, &recording), WFS_EBUSY);
    expect_to_be_asked(job);
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
        ON_STORE(completing_ends_catching_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
