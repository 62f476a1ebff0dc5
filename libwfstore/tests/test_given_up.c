/*
 * test_given_up.c - chunks that end without a receipt, and who comes after.
 */
#include "support/store.h"

#include <stdlib.h>

#define SIZE 4000

static void a_chunk_in_flight_is_busy_for_others(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("busy", 0);
    wfs_receipt receipt;
    wfs_chunk *first = NULL;

    assert_status(wfs_upload_begin_chunk(self->store, &spec, &first, NULL),
                  WFS_OK);
    assert_status(test_try_begin(self->store, &spec), WFS_EBUSY);
    assert_status(wfs_chunk_write(first, audio, SIZE, NULL), WFS_OK);
    assert_status(test_try_begin(self->store, &spec), WFS_EBUSY);
    assert_status(wfs_chunk_commit(first, &receipt, NULL), WFS_OK);
    assert_false(receipt.existed);
    assert_status(test_send(self->store, &spec, audio, SIZE, &receipt), WFS_OK);
    assert_true(receipt.existed);
    free(audio);
}

static void a_chunk_that_fails_leaves_nothing(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("fail", 0);
    wfs_upload_info info;

    spec.digest = test_digest("other", 5);
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL),
                  WFS_EDIGEST);
    test_expect_no_upload(self->store, "fail");
    assert_int_equal(test_store_count_uploads(self, ""), 0);

    spec.digest = test_digest(audio, 1000);
    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    spec.length = 600;
    assert_status(test_send(self->store, &spec, audio + 1000, 500, NULL),
                  WFS_ECONFLICT); /* cut off */
    spec.length = WFS_UNKNOWN;
    assert_status(test_send(self->store, &spec, audio + 1000, 0, NULL),
                  WFS_EEMPTY);
    assert_status(wfs_upload_get(self->store, "fail", true, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.received_chunks, 1);
    assert_int_equal(info.received_bytes, 1000);
    assert_int_equal(info.received_count, 1);
    assert_int_equal(info.received[0].last, 0);
    wfs_upload_info_release(&info);

    spec.digest.kind = WFS_DIGEST_NONE;
    test_send_ok(self->store, &spec, audio + 1000, SIZE - 1000);
    test_complete_ok(self, "fail", 2, audio, SIZE);
    free(audio);
}

static void a_dead_beginning_binds_nobody(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("anew", 0);
    wfs_chunk *first = NULL;
    wfs_upload_info info;

    spec.chunk_size = 1000;
    spec.total_chunks = 4;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &first, NULL),
                  WFS_OK);
    spec.chunk_size = 2000;
    spec.total_chunks = 2;
    assert_status(test_try_begin(self->store, &spec), WFS_EBUSY);
    wfs_chunk_discard(first);
    test_send_ok(self->store, &spec, audio, 2000);
    assert_status(wfs_upload_get(self->store, "anew", false, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.chunk_size, 2000);
    assert_int_equal(info.total_chunks, 2);
    assert_int_equal(info.missing_count, 1);
    assert_int_equal(info.missing[0].first, 1);
    wfs_upload_info_release(&info);
    assert_int_equal(test_store_count_uploads(self, ".part"), 1);
    free(audio);
}

static void a_deleted_id_refuses_chunks(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("gone", 0);
    wfs_receipt receipt;
    wfs_chunk *late = NULL;

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &late, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(late, audio, 1000, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "gone", NULL), WFS_OK);
    assert_status(wfs_chunk_commit(late, &receipt, NULL), WFS_EGONE);
    assert_status(test_try_begin(self->store, &spec), WFS_EGONE);
    test_expect_no_upload(self->store, "gone");
    assert_status(wfs_upload_delete(self->store, "gone", NULL), WFS_ENOUPLOAD);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

/* It was written before the deletion and gets its name after it. */
static void a_loose_chunk_of_a_deleted_upload_leaves_no_file(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("late", 0);
    wfs_receipt receipt;
    wfs_chunk *late = NULL;

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 5;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &late, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(late, audio, 1000, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "late", NULL), WFS_OK);
    assert_status(wfs_chunk_commit(late, &receipt, NULL), WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void the_space_of_a_chunk_given_up_is_given_back(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("space", 0);
    wfs_chunk *given_up = NULL;
    size_t length = 0;

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &given_up, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(given_up, audio, 3000, NULL), WFS_OK);
    wfs_chunk_discard(given_up);
    free(test_file_read(
        test_store_get_path(self, ".wfstore/uploads/space.1.part"), &length));
    assert_int_equal(length, 1000);
    free(audio);
}

static void deleting_removes_loose_chunks_too(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("del-loose", 2);

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 4;
    test_send_ok(self->store, &spec, audio, 1000);
    assert_int_equal(test_store_count_uploads(self, ""), 3);
    assert_status(wfs_upload_delete(self->store, "del-loose", NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_chunk_in_flight_is_busy_for_others),
        ON_STORE(a_chunk_that_fails_leaves_nothing),
        ON_STORE(a_dead_beginning_binds_nobody),
        ON_STORE(a_deleted_id_refuses_chunks),
        ON_STORE(a_loose_chunk_of_a_deleted_upload_leaves_no_file),
        ON_STORE(the_space_of_a_chunk_given_up_is_given_back),
        ON_STORE(deleting_removes_loose_chunks_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
