/*
 * test_tend.c - what a death has left half done is finished.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

#define SIZE 3000
#define HALF (SIZE / 2)

static wfs_upload_row get_row(const test_store *self, const char *id)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_row row;
    wfs_id_kind kind = WFS_ID_FREE;

    memset(&row, 0, sizeof(row));
    assert_status(catalogue->api->find_id(catalogue, id, &kind, &row, NULL),
                  WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    return row;
}

/* A death between commit and rename: the catalogue's part of completing. */
static void complete_and_die(test_store *self, const char *id, uint64_t size)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_row row = get_row(self, id);
    wfs_recording recording = WFS_RECORDING_INIT;
    char metadata[] = "{}";

    snprintf(recording.id, sizeof(recording.id), "%s", id);
    snprintf(recording.name, sizeof(recording.name), "%s", id);
    snprintf(recording.filename, sizeof(recording.filename),
             "recording_20240115_140456_%s.wav", id);
    snprintf(recording.mime_type, sizeof(recording.mime_type), "audio/wav");
    recording.size_bytes = size;
    recording.metadata = metadata;
    assert_status(
        catalogue->api->complete(catalogue, row.row, 1, &recording, NULL),
        WFS_OK);
    test_store_reopen(self);
}

static void expect_named(const test_store *self, const char *id)
{
    char name[WFS_FILENAME_BYTES];

    snprintf(name, sizeof(name), "recording_20240115_140456_%s.wav", id);
    assert_true(test_file_exists(test_store_get_path(self, name)));
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void a_recording_that_was_not_renamed_is(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("unnamed", 0);

    test_send_ok(self->store, &spec, audio, SIZE);
    complete_and_die(self, "unnamed", SIZE);
    assert_int_equal(test_store_count_uploads(self, ".part"), 1);
    test_tend(self);
    expect_named(self, "unnamed");
    free(audio);
}

/* Someone has put another file under its name: nothing is lost by that. */
static void a_recording_that_cannot_be_renamed_keeps_its_bytes(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("taken", 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;

    test_send_ok(self->store, &spec, audio, SIZE);
    complete_and_die(self, "taken", SIZE);
    test_store_put_file(self, "recording_20240115_140456_taken.wav", "other");
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ".part"), 1);
    assert_status(
        wfs_recording_open(self->store, "taken", &recording, &ref, NULL),
        WFS_OK);
    assert_int_equal(ref.size_bytes, SIZE);
    wfs_blob_ref_release(&ref);
    wfs_recording_release(&recording);
    free(audio);
}

static void whoever_reads_it_first_renames_it(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("read", 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_blob_ref ref = WFS_BLOB_REF_INIT;

    test_send_ok(self->store, &spec, audio, SIZE);
    complete_and_die(self, "read", SIZE);
    assert_status(
        wfs_recording_open(self->store, "read", &recording, &ref, NULL),
        WFS_OK);
    assert_int_equal(ref.size_bytes, SIZE);
    expect_named(self, "read");
    wfs_blob_ref_release(&ref);
    wfs_recording_release(&recording);
    free(audio);
}

static void who_repeats_completing_renames_it(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("repeat", 0);
    wfs_recording recording = WFS_RECORDING_INIT;

    test_send_ok(self->store, &spec, audio, SIZE);
    complete_and_die(self, "repeat", SIZE);
    assert_status(test_complete(self->store, "repeat", 1, &recording), WFS_OK);
    expect_named(self, "repeat");
    wfs_recording_release(&recording);
    free(audio);
}

static void a_deletion_cut_short_is_finished(void **state)
{
    test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("half", 1);
    wfs_upload_row row;

    test_send_ok(self->store, &spec, audio, HALF);
    assert_status(catalogue->api->delete_upload(catalogue, "half", &row, NULL),
                  WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ""), 2);
    test_store_reopen(self);
    test_tend(self);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void an_upload_out_of_order_is_absorbed_and_digested(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("order", 1);
    wfs_upload_row row;

    test_send_ok(self->store, &spec, audio + HALF, HALF);
    spec.index = 0;
    test_send_ok(self->store, &spec, audio, HALF);
    test_store_reopen(self); /* whatever the committer had begun is over */
    test_tend(self);
    row = get_row(self, "order");
    assert_int_equal(row.placed_chunks, 2);
    assert_int_equal(row.placed_bytes, SIZE);
    assert_int_equal(row.prefix_chunks, 2);
    assert_int_equal(row.prefix_bytes, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    test_complete_ok(self, "order", 2, audio, SIZE);
    free(audio);
}

static void a_fixed_upload_out_of_order_is_digested(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_upload_row row;

    for (uint64_t i = 3; i-- > 0;) {
        wfs_chunk_spec spec = test_chunk_spec("fixed", i);

        spec.chunk_size = 1000;
        test_send_ok(self->store, &spec, audio + i * 1000, 1000);
    }
    test_store_reopen(self);
    test_tend(self);
    row = get_row(self, "fixed");
    assert_int_equal(row.prefix_chunks, 3);
    assert_int_equal(row.prefix_bytes, SIZE);
    test_complete_ok(self, "fixed", 3, audio, SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_recording_that_was_not_renamed_is),
        ON_STORE(a_recording_that_cannot_be_renamed_keeps_its_bytes),
        ON_STORE(whoever_reads_it_first_renames_it),
        ON_STORE(who_repeats_completing_renames_it),
        ON_STORE(a_deletion_cut_short_is_finished),
        ON_STORE(an_upload_out_of_order_is_absorbed_and_digested),
        ON_STORE(a_fixed_upload_out_of_order_is_digested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
