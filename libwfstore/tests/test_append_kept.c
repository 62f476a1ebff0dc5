/*
 * test_append_kept.c - what is kept with an appended upload, and appends that
 * go on.
 */
#include "support/appends.h"

#include <stdlib.h>
#include <string.h>

static void expect_note(const test_store *self, const char *expected)
{
    char *note = NULL;

    assert_status(wfs_upload_get_note(self->store, "app", &note, NULL), WFS_OK);
    if (expected == NULL) {
        assert_null(note);
    } else {
        assert_non_null(note);
        assert_string_equal(note, expected);
    }
    free(note);
}

static void create(const test_store *self)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "app";
    spec.name = "Appended";
    spec.metadata = "{\"from\":\"tus\"}";
    spec.note = "as it was\ngiven";
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
}

static void a_note_stays_with_the_recording_and_goes_with_it(void **state)
{
    test_store *self = *state;

    create(self);
    test_appends_add(self->store, 0, TEST_APPENDS_SIZE);
    expect_note(self, "as it was\ngiven");
    test_appends_complete_ok(self);
    test_store_reopen(self);
    expect_note(self, "as it was\ngiven");
    assert_status(wfs_recording_delete(self->store, "app", NULL, NULL), WFS_OK);
    expect_note(self, NULL);
}

static void a_note_goes_with_an_upload_that_ends(void **state)
{
    const test_store *self = *state;
    char *note = NULL;

    create(self);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    expect_note(self, NULL);
    assert_status(wfs_upload_get_note(self->store, "../app", &note, NULL),
                  WFS_EID);
}

static void a_note_has_its_limit(void **state)
{
    const test_store *self = *state;
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;
    char *note = calloc(1, WFS_NOTE_MAX_BYTES + 2);

    memset(note, 'x', WFS_NOTE_MAX_BYTES + 1);
    spec.id = "app";
    spec.note = note;
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_ETOOLARGE);
    note[WFS_NOTE_MAX_BYTES] = '\0';
    assert_status(wfs_upload_create(self->store, &spec, NULL), WFS_OK);
    expect_note(self, note);
    free(note);
}

static void an_append_goes_on_unless_another_has_begun(void **state)
{
    const test_store *self = *state;
    wfs_append_spec spec = test_appends_spec(TEST_APPENDS_PIECE, WFS_UNKNOWN);
    wfs_chunk *chunk;
    wfs_chunk *newer;
    wfs_receipt receipt;
    wfs_error error = WFS_ERROR_INIT;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    test_appends_add(self->store, 0, TEST_APPENDS_PIECE);
    spec.goes_on = true;
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(
        wfs_chunk_write(chunk, test_appends_audio + spec.offset, 100, NULL),
        WFS_OK);
    assert_status(wfs_chunk_keep(chunk, &receipt, NULL), WFS_OK);
    spec.offset += 100;
    newer = test_appends_begin(self->store, spec.offset, WFS_UNKNOWN);
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, &error),
                  WFS_EBUSY);
    assert_string_equal(error.detail, "something else is being appended");
    assert_status(wfs_chunk_get_stop(newer), WFS_OK);
    wfs_chunk_discard(newer);
}

static void who_appends_is_ended_for_who_looks(void **state)
{
    const test_store *self = *state;
    wfs_chunk *chunk;

    test_appends_create(self->store, TEST_APPENDS_SIZE);
    assert_status(wfs_upload_end_append(self->store, "app", NULL), WFS_OK);
    chunk = test_appends_begin(self->store, 0, TEST_APPENDS_SIZE);
    assert_status(wfs_upload_end_append(self->store, "app", NULL), WFS_EBUSY);
    assert_status(wfs_chunk_get_stop(chunk), WFS_EBUSY);
    wfs_chunk_discard(chunk);
    assert_status(wfs_upload_end_append(self->store, "app", NULL), WFS_OK);
    assert_status(wfs_upload_end_append(self->store, "none", NULL),
                  WFS_ENOUPLOAD);
}

static void
an_upload_of_nothing_is_a_recording_where_anything_goes(void **state)
{
    test_store *self = *state;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;

    test_appends_create(self->store, 0);
    spec.id = "app";
    assert_status(wfs_upload_complete(self->store, &spec, &recording,
                                      &was_complete, NULL),
                  WFS_ETYPE);
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(wfs_upload_complete(self->store, &spec, &recording,
                                      &was_complete, NULL),
                  WFS_OK);
    wfs_recording_release(&recording);
    test_store_reopen(self);
    test_expect_recording(self, "app", test_appends_audio, 0);
}

static void ids_are_not_the_same_twice(void **state)
{
    char one[WFS_ID_MAX_BYTES + 1];
    char two[WFS_ID_MAX_BYTES + 1];

    (void)state;
    assert_status(wfs_id_make(one), WFS_OK);
    assert_status(wfs_id_make(two), WFS_OK);
    assert_true(wfs_id_is_valid(one, strlen(one)));
    assert_int_equal(strlen(one), 32);
    assert_string_not_equal(one, two);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_note_stays_with_the_recording_and_goes_with_it),
        ON_STORE(a_note_goes_with_an_upload_that_ends),
        ON_STORE(a_note_has_its_limit),
        ON_STORE(an_append_goes_on_unless_another_has_begun),
        ON_STORE(who_appends_is_ended_for_who_looks),
        ON_STORE(an_upload_of_nothing_is_a_recording_where_anything_goes),
        cmocka_unit_test(ids_are_not_the_same_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
