/*
 * test_append.c - uploads whose bytes are appended: offsets and sizes.
 */
#include "support/appends.h"

static void an_upload_exists_before_its_first_byte(void **state)
{
    test_store *self = *state;
    wfs_create_spec again = WFS_CREATE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_store_reopen(self);
    assert_int_equal(test_appends_get_arrived(self->store), 0);
    again.id = "app";
    assert_status(wfs_upload_create(self->store, &again, NULL), WFS_ECONFLICT);
    assert_status(test_appends_complete(self->store, WFS_UNKNOWN, &recording),
                  WFS_EMISSING);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_upload_create(self->store, &again, NULL), WFS_EGONE);
}

static void what_cannot_be_created_is_refused(void **state)
{
    const test_store *self = *state;
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "../app";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EID);
    spec.id = "app";
    spec.metadata = "[]";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EFORMAT);
    spec.metadata = NULL;
    spec.name = "\x01";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_EINVAL);
    spec.name = NULL;
    spec.size_bytes = 1001;
    spec.limits.recording_max_bytes = 1000;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_ETOOLARGE);
    spec.limits.recording_max_bytes = 0;
    spec.limits.reserve_bytes = UINT64_MAX / 2;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_ENOSPC);
    spec.limits.reserve_bytes = 0;
    spec.size_bytes = 1000;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
}

static void pieces_become_one_recording(void **state)
{
    const test_store *self = *state;

    test_appends_create(self->store, WFS_UNKNOWN);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    test_appends_add(self->store, TEST_APPENDS_PIECE, 1);
    test_appends_add(self->store, TEST_APPENDS_PIECE + 1,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE - 1);
    test_appends_complete_ok(self);
}

static void only_what_has_arrived_is_an_offset(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = test_appends_spec(TEST_APPENDS_PIECE + 1, 10);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, &error),
                  WFS_ECONFLICT);
    assert_int_equal(error.expected, TEST_APPENDS_PIECE);
    assert_int_equal(error.got, TEST_APPENDS_PIECE + 1);
    assert_status(test_appends_try(self->store, 0, 10), WFS_ECONFLICT);
    assert_status(test_appends_try(self->store, TEST_APPENDS_PIECE, 0),
                  WFS_EEMPTY);
    assert_status(test_appends_try(self->store, TEST_APPENDS_PIECE,
                                   TEST_APPENDS_SIZE - TEST_APPENDS_PIECE + 1),
                  WFS_ETOOLARGE);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

static void more_than_the_declared_size_is_refused_as_it_comes(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk;

    test_appends_create(self->store, TEST_APPENDS_PIECE);
    chunk = test_appends_begin(self->store, 0, WFS_UNKNOWN);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio, TEST_APPENDS_PIECE, NULL),
        WFS_OK);
    assert_status(wfs_chunk_write(chunk, test_appends_audio, 1, NULL),
                  WFS_ETOOLARGE);
    wfs_chunk_discard(chunk);
}

static void less_than_the_declared_size_is_not_all_of_it(void **state)
{
    const test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    assert_status(test_appends_complete(self->store, WFS_UNKNOWN, &recording),
                  WFS_EMISSING);
    assert_status(
        test_appends_complete(self->store, TEST_APPENDS_PIECE, &recording),
        WFS_ECONFLICT);
    test_appends_add(self->store, TEST_APPENDS_PIECE,
                     TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_complete_ok(self);
}

static void chunks_and_appends_do_not_mix(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("app", 0);
    wfs_append_spec other = WFS_APPEND_SPEC_INIT;
    wfs_chunk *chunk = NULL;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    assert_status(test_send(self->store, &spec, test_appends_audio,
                            TEST_APPENDS_SIZE, NULL),
                  WFS_ECONFLICT);
    spec.id = "chunks";
    test_send_ok(self->store, &spec, test_appends_audio, TEST_APPENDS_SIZE);
    other.id = "chunks";
    other.offset = TEST_APPENDS_SIZE;
    assert_status(wfs_upload_begin_append(self->store, &other, &chunk, NULL),
                  WFS_ECONFLICT);
    other.id = "nothing";
    assert_status(wfs_upload_begin_append(self->store, &other, &chunk, NULL),
                  WFS_ENOUPLOAD);
    assert_status(wfs_upload_delete(self->store, "chunks", NULL), WFS_OK);
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    test_appends_complete_ok(self);
    assert_status(test_appends_try(self->store, TEST_APPENDS_SIZE, 1),
                  WFS_ECOMPLETE);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(an_upload_exists_before_its_first_byte),
        ON_STORE(what_cannot_be_created_is_refused),
        ON_STORE(pieces_become_one_recording),
        ON_STORE(only_what_has_arrived_is_an_offset),
        ON_STORE(more_than_the_declared_size_is_refused_as_it_comes),
        ON_STORE(less_than_the_declared_size_is_not_all_of_it),
        ON_STORE(chunks_and_appends_do_not_mix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
