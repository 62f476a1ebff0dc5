/*
 * test_background.c - the queue of uploads that wait to be caught up: each is
 * in it once.
 */
#include "support/steps.h"

#include <stdio.h>
#include <stdlib.h>

#include "background.h"
#include "store_internal.h"

static void put(wfs_background *queue, int64_t row)
{
    wfs_upload_row upload = {.row = row};

    (void)snprintf(upload.id, sizeof upload.id, "upload-%d", (int)row);
    assert_false(wfs_background_put(queue, &upload, NULL));
}

static wfs_background_job *take(wfs_background *queue)
{
    uint64_t wait_ms;

    return wfs_background_take(queue, INT64_MAX, &wait_ms);
}

static void expect_left(wfs_background *queue, int count)
{
    while (count-- > 0) {
        assert_non_null(take(queue));
        wfs_background_return(queue, false);
    }
    assert_null(take(queue));
}

static void what_waits_already_is_not_put_again(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};

    (void)state;
    put(&queue, 1);
    put(&queue, 2);
    put(&queue, 3);
    put(&queue, 2);
    put(&queue, 3);
    expect_left(&queue, 3);
}

static void what_was_put_while_taken_is_not_put_back(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};

    (void)state;
    put(&queue, 1);
    assert_non_null(take(&queue));
    put(&queue, 2);
    put(&queue, 1);
    wfs_background_return(&queue, true);
    expect_left(&queue, 2);
}

static void what_is_unfinished_waits_behind_the_others(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};
    wfs_background_job *first;

    (void)state;
    put(&queue, 1);
    put(&queue, 2);
    first = take(&queue);
    wfs_background_return(&queue, true);
    assert_ptr_not_equal(take(&queue), first);
    wfs_background_return(&queue, false);
    assert_ptr_equal(take(&queue), first);
    wfs_background_return(&queue, false);
    expect_left(&queue, 0);
}

/* Chunk 2 came before 1, and nobody has digested it, or is about to. */
static wfs_upload_row fall_behind(test_store *self, const uint8_t *audio)
{
    static const uint64_t order[] = {2, 1};
    wfs_store *other = NULL;
    wfs_catch_up *job = NULL;
    wfs_upload_row row;

    test_steps_send(self->store, "take", 0, audio, TEST_STEPS_CHUNK);
    row = test_steps_get_row(self->store, "take");
    assert_status(wfs_store_open(self->path, NULL, &other, NULL), WFS_OK);
    assert_status(wfs_catch_up_open(other, "take", row.row, &job, NULL),
                  WFS_OK);
    for (size_t i = 0; i < 2; i++) {
        test_steps_send(self->store, "take", order[i], audio, TEST_STEPS_CHUNK);
    }
    test_store_reopen(self);
    wfs_catch_up_close(job);
    wfs_store_close(other);
    row = test_steps_get_row(self->store, "take");
    assert_int_equal(row.prefix_chunks, 2);
    return row;
}

static wfs_status refuse_digest(wfs_catalogue *catalogue, int64_t row,
                                uint64_t from_chunks, uint64_t prefix_chunks,
                                uint64_t prefix_bytes,
                                const wfs_digest_state *state, bool is_patient,
                                wfs_error *error)
{
    (void)catalogue, (void)row, (void)from_chunks, (void)prefix_chunks;
    (void)prefix_bytes, (void)state, (void)error;
    return is_patient ? WFS_EIO : WFS_ELOCKED;
}

static wfs_status refuse_read(wfs_blob *blob, uint64_t offset, void *buffer,
                              size_t length, size_t *ret_length,
                              wfs_error *error)
{
    (void)blob, (void)offset, (void)buffer, (void)length;
    (void)ret_length, (void)error;
    return WFS_EIO;
}

/* Others write to the catalogue: it is tried again later, without reading. */
static void what_cannot_be_said_is_not_digested_again(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_upload_row row = fall_behind(self, audio);
    const wfs_catalogue_api *catalogue = self->store->catalogue->api;
    const wfs_blobs_api *blobs = self->store->blobs->api;
    wfs_catalogue_api refusing = *catalogue;
    wfs_blobs_api unreadable = *blobs;
    wfs_background queue = {NULL, NULL, NULL};
    uint64_t wait_ms = 0;

    refusing.put_digest = refuse_digest;
    unreadable.read = refuse_read;
    assert_false(wfs_background_put(&queue, &row, NULL));
    self->store->catalogue->api = &refusing;
    assert_true(wfs_background_advance(self->store, take(&queue)));
    self->store->catalogue->api = catalogue;
    wfs_background_return(&queue, true);
    assert_null(wfs_background_take(&queue, 0, &wait_ms));
    assert_int_not_equal(wait_ms, WFS_UNKNOWN);
    self->store->blobs->api = &unreadable;
    assert_false(wfs_background_advance(self->store, take(&queue)));
    self->store->blobs->api = blobs;
    wfs_background_return(&queue, false);
    assert_int_equal(test_steps_get_row(self->store, "take").prefix_chunks, 3);
    free(audio);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waits_already_is_not_put_again),
        cmocka_unit_test(what_was_put_while_taken_is_not_put_back),
        cmocka_unit_test(what_is_unfinished_waits_behind_the_others),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_said_is_not_digested_again, test_store_setup,
            test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
