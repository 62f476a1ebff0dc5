/*
 * test_concat.c - parts, which are no recordings of their own, and the upload
 * they become.
 */
#include "support/appends.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/ageing.h"
#include "support/clock.h"

static void create_part(const test_store *self)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "app";
    spec.name = "Appended";
    spec.metadata = "{\"from\":\"tus\"}";
    spec.note = "as it was\ngiven";
    spec.is_partial = true;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
}

static void a_part_takes_any_type_and_becomes_no_recording(void **state)
{
    test_store *self = *state;
    wfs_append_spec spec = test_appends_spec(0, 20);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    create_part(self);
    spec.limits.types = WFS_TYPES_AUDIO;
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, "this is not audio!!!", 20, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    test_store_reopen(self);
    assert_status(wfs_upload_get(self->store, "app", false, &info, NULL),
                  WFS_OK);
    assert_true(info.is_append && info.is_partial);
    wfs_upload_info_release(&info);
    assert_status(test_appends_complete(self->store, 20, &recording),
                  WFS_EINVAL);
}

static int setup_ageing(void **state)
{
    test_appends_audio = test_audio_make(TEST_APPENDS_SIZE, 1);
    return test_ageing_setup(state);
}

static void a_part_that_plays_is_not_salvaged_when_it_expires(void **state)
{
    const test_store *self = *state;
    char *note = NULL;

    create_part(self);
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    test_ageing_pass(self, TEST_DAY_MS + 60000);
    assert_int_equal(test_get_stat(self).uploads, 0);
    assert_int_equal(test_get_stat(self).recordings, 0);
    assert_status(wfs_upload_get_note(self->store, "app", &note, NULL), WFS_OK);
    assert_null(note);
}

static void make_part(const test_store *self, const char *id, uint64_t offset,
                      uint64_t length)
{
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    create.id = id;
    create.size_bytes = length;
    create.is_partial = true;
    assert_status(wfs_upload_create(self->store, &create, NULL), WFS_OK);
    spec.id = id;
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio + offset, length, NULL),
        WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
}

static void parts_become_one_upload_that_goes_on_where_it_died(void **state)
{
    const test_store *self = *state;
    const char *const ids[] = {"head", "tail"};
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    make_part(self, "head", 0, TEST_APPENDS_PIECE);
    make_part(self, "tail", TEST_APPENDS_PIECE,
              TEST_APPENDS_SIZE - TEST_APPENDS_PIECE);
    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE + 7);
    spec.id = "app";
    for (int i = 0; i < 2; i++) {
        assert_status(wfs_upload_concatenate(self->store, &spec, ids, 2, NULL),
                      WFS_OK);
        assert_int_equal(test_appends_get_arrived(self->store),
                         TEST_APPENDS_SIZE);
    }
    assert_status(wfs_upload_delete(self->store, "head", NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "tail", NULL), WFS_OK);
    test_appends_complete_ok(self);
}

static void what_is_no_whole_part_is_not_put_together(void **state)
{
    const test_store *self = *state;
    const char *const none[] = {"none"};
    const char *const whole[] = {"app"};
    const char *const half[] = {"half"};
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    spec.id = "half";
    spec.size_bytes = 9;
    spec.is_partial = true;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
    spec.id = "new";
    assert_status(wfs_upload_concatenate(self->store, &spec, none, 1, NULL),
                  WFS_ENOUPLOAD);
    assert_status(wfs_upload_concatenate(self->store, &spec, whole, 1, NULL),
                  WFS_EINVAL);
    assert_status(wfs_upload_concatenate(self->store, &spec, half, 1, NULL),
                  WFS_EINVAL);
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    assert_status(wfs_upload_concatenate(self->store, &spec, whole, 1, NULL),
                  WFS_EINVAL);
    test_appends_complete_ok(self);
    assert_status(wfs_upload_concatenate(self->store, &spec, whole, 1, NULL),
                  WFS_EINVAL);
}

static void an_upload_of_another_size_is_not_gone_on_with(void **state)
{
    const test_store *self = *state;
    const char *const ids[] = {"head"};
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    make_part(self, "head", 0, TEST_APPENDS_PIECE);
    test_appends_create(self->store, WFS_UNKNOWN);
    test_appends_add(self->store, 0, 7);
    spec.id = "app";
    assert_status(wfs_upload_concatenate(self->store, &spec, ids, 1, NULL),
                  WFS_ECONFLICT);
    assert_int_equal(test_appends_get_arrived(self->store), 7);
}

/* The boot under which the part was received is over; its bytes were never
 * synced. */
static void a_part_that_a_power_cut_may_have_taken_is_not_whole(void **state)
{
    test_store *self = *state;
    const char *const ids[] = {"head"};
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    make_part(self, "head", 0, TEST_APPENDS_PIECE);
    test_store_reboot(self);
    spec.id = "app";
    assert_status(wfs_upload_concatenate(self->store, &spec, ids, 1, NULL),
                  WFS_EINVAL);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_part_takes_any_type_and_becomes_no_recording),
        cmocka_unit_test_setup_teardown(
            a_part_that_plays_is_not_salvaged_when_it_expires, setup_ageing,
            test_appends_teardown),
        ON_STORE(parts_become_one_upload_that_goes_on_where_it_died),
        ON_STORE(what_is_no_whole_part_is_not_put_together),
        ON_STORE(an_upload_of_another_size_is_not_gone_on_with),
        cmocka_unit_test_setup_teardown(
            a_part_that_a_power_cut_may_have_taken_is_not_whole,
            test_appends_setup_recording, test_appends_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
