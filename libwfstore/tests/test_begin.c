/*
 * test_begin.c - what begin refuses.
 */
#include "support/store.h"

#include <stdlib.h>
#include <string.h>

#define SIZE 4000

static void ids_that_could_be_paths_are_refused(void **state)
{
    static const char *const ids[] = {"",         ".",    "..",     "../x",
                                      "a/b",      "a\\b", "a.part", "a b",
                                      "\xc3\xa4", "a\nb"};
    const test_store *self = *state;
    char long_id[WFS_ID_MAX_BYTES + 2];
    wfs_chunk_spec spec = test_chunk_spec("", 0);

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        spec.id = ids[i];
        assert_status(test_try_begin(self->store, &spec), WFS_EID);
    }
    memset(long_id, 'a', sizeof(long_id) - 1);
    long_id[sizeof(long_id) - 1] = '\0';
    spec.id = long_id;
    assert_status(test_try_begin(self->store, &spec), WFS_EID);
    spec.id = NULL;
    assert_status(test_try_begin(self->store, &spec), WFS_EID);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void absurd_numbers_are_refused(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("absurd", WFS_CHUNKS_MAX);

    assert_status(test_try_begin(self->store, &spec), WFS_ETOOMANY);
    spec = test_chunk_spec("absurd", WFS_UNKNOWN);
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOMANY);
    spec = test_chunk_spec("absurd", 0);
    spec.total_chunks = 0;
    assert_status(test_try_begin(self->store, &spec), WFS_EINVAL);
    spec.total_chunks = WFS_CHUNKS_MAX + 1;
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOMANY);
    spec.total_chunks = WFS_UNKNOWN;
    spec.chunk_size = 0;
    assert_status(test_try_begin(self->store, &spec), WFS_EINVAL);
    spec.chunk_size = WFS_UNKNOWN - 1;
    assert_status(test_try_begin(self->store, &spec), WFS_EINVAL);
    spec.chunk_size = WFS_UNKNOWN;
    spec.length = 0;
    assert_status(test_try_begin(self->store, &spec), WFS_EEMPTY);
    spec.length = WFS_UNKNOWN;
    spec.name = "a\x01b";
    assert_status(test_try_begin(self->store, &spec), WFS_EINVAL);
    test_expect_no_upload(self->store, "absurd");
}

static void limits_of_size_are_heeded(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("limits", 0);

    spec.limits.chunk_max_bytes = 100;
    spec.limits.recording_max_bytes = 1000;
    spec.length = 101;
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOLARGE);
    spec.length = 100;
    spec.chunk_size = 100;
    spec.index = 10;
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOLARGE);
    spec.index = 9;
    assert_status(test_try_begin(self->store, &spec), WFS_OK);
    spec.total_chunks = 11;
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOLARGE);
    spec.total_chunks = WFS_UNKNOWN;
    spec.limits.reserve_bytes = INT64_MAX;
    assert_status(test_try_begin(self->store, &spec), WFS_ENOSPC);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void a_body_without_a_length_is_cut_off_at_the_limit(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("endless", 0);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    spec.limits.chunk_max_bytes = SIZE - 1;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, SIZE - 1, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, 1, &error), WFS_ETOOLARGE);
    assert_int_equal(error.expected, SIZE - 1);
    assert_int_equal(error.got, SIZE);
    assert_status(wfs_chunk_write(chunk, audio, 1, NULL), WFS_ECANCELED);
    wfs_chunk_discard(chunk);
    test_expect_no_upload(self->store, "endless");
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void what_is_not_audio_is_refused_with_its_first_bytes(void **state)
{
    static const char text[] = "<html><body>This is a page of text, which is "
                               "not audio at all, whatever it says.</body>";
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("page", 0);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, text, sizeof(text), NULL), WFS_ETYPE);
    wfs_chunk_discard(chunk);
    assert_status(test_send(self->store, &spec, text, 20, NULL), WFS_ETYPE);
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(test_send(self->store, &spec, text, 20, NULL), WFS_OK);
}

static void a_type_outside_the_mask_is_refused(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("mask", 0);

    spec.limits.types = WFS_TYPE_WEBM | WFS_TYPE_OGG;
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL), WFS_ETYPE);
    spec.limits.types = WFS_TYPE_WAV;
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL), WFS_OK);
    free(audio);
}

static void a_chunk_that_contradicts_its_upload_is_refused(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("say", 0);

    spec.total_chunks = 4;
    spec.chunk_size = 1000;
    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    spec.total_chunks = 5;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    spec.total_chunks = 4;
    spec.chunk_size = 999;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    spec.chunk_size = 1000;
    spec.length = 1001;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    spec.length = 999; /* not the last */
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    spec.length = WFS_UNKNOWN;
    assert_status(test_send(self->store, &spec, audio, 999, NULL),
                  WFS_ECONFLICT);
    spec.index = 4;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    spec.index = 1;
    spec.total_chunks = WFS_UNKNOWN;
    spec.chunk_size = WFS_UNKNOWN; /* both may be omitted later */
    test_send_ok(self->store, &spec, audio + 1000, 1000);
    spec.index = 0;
    spec.is_provisional = true;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    free(audio);
}

static void absurd_fields_are_told_as_such_later_too(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("later", 0);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    spec.chunk_size = 0;
    assert_status(test_try_begin(self->store, &spec), WFS_EINVAL);
    spec.chunk_size = 1000;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, &error),
                  WFS_ECONFLICT);
    assert_int_equal(error.expected, 0); /* it has none */
    spec.chunk_size = WFS_UNKNOWN;
    spec.total_chunks = 4;
    test_send_ok(self->store, &spec, audio + 1000, 1000);
    spec.index = 2;
    spec.total_chunks = WFS_CHUNKS_MAX + 1;
    assert_status(test_try_begin(self->store, &spec), WFS_ETOOMANY);
    free(audio);
}

static void a_shorter_chunk_fixes_the_total(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("short", 2);
    wfs_receipt receipt;

    spec.chunk_size = 1000;
    assert_status(test_send(self->store, &spec, audio, 10, &receipt), WFS_OK);
    assert_int_equal(receipt.total_chunks, 3);
    spec.index = 3;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    free(audio);
}

static void a_name_is_kept_from_the_first_chunk_that_has_one(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("name", 0);
    wfs_upload_info info;

    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 1;
    spec.name = "Erste \xc3\x84ufnahme.wav";
    test_send_ok(self->store, &spec, audio, 1000);
    spec.index = 2;
    spec.name = "Second";
    test_send_ok(self->store, &spec, audio, 1000);
    assert_status(wfs_upload_get(self->store, "name", false, &info, NULL),
                  WFS_OK);
    assert_string_equal(info.name, "Erste \xc3\x84ufnahme.wav");
    wfs_upload_info_release(&info);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(ids_that_could_be_paths_are_refused),
        ON_STORE(absurd_numbers_are_refused),
        ON_STORE(limits_of_size_are_heeded),
        ON_STORE(a_body_without_a_length_is_cut_off_at_the_limit),
        ON_STORE(what_is_not_audio_is_refused_with_its_first_bytes),
        ON_STORE(a_type_outside_the_mask_is_refused),
        ON_STORE(a_chunk_that_contradicts_its_upload_is_refused),
        ON_STORE(absurd_fields_are_told_as_such_later_too),
        ON_STORE(a_shorter_chunk_fixes_the_total),
        ON_STORE(a_name_is_kept_from_the_first_chunk_that_has_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
