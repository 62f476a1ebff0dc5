/*
 * test_catch_up_kept.c - what stays of a digest whose digesting ends early.
 */
#include "support/steps.h"

#include <stdio.h>
#include <stdlib.h>

static void only_one_digests_an_upload(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_catch_up *first = NULL;
    wfs_catch_up *second = NULL;
    wfs_upload_row row;

    test_steps_send(self->store, "lock", 0, audio, TEST_STEPS_CHUNK);
    row = test_steps_get_row(self->store, "lock");
    assert_status(wfs_catch_up_open(self->store, "lock", row.row, &first, NULL),
                  WFS_OK);
    assert_status(
        wfs_catch_up_open(self->store, "lock", row.row, &second, NULL),
        WFS_EBUSY);
    assert_null(second);
    test_steps_send(self->store, "lock", 1, audio,
                    TEST_STEPS_CHUNK); /* writers are not held up */
    wfs_catch_up_close(first);
    assert_status(wfs_catch_up_open(self->store, "lock", 99, &second, NULL),
                  WFS_ENOUPLOAD);
    free(audio);
}

/* A job that has digested chunk 2; those before it were in step. */
static wfs_catch_up *digest_third(const test_store *self, const char *id,
                                  const uint8_t *audio)
{
    wfs_catch_up *job = NULL;
    bool is_done = false;
    wfs_upload_row row;

    test_steps_send(self->store, id, 0, audio, TEST_STEPS_CHUNK);
    row = test_steps_get_row(self->store, id);
    assert_status(wfs_catch_up_open(self->store, id, row.row, &job, NULL),
                  WFS_OK);
    test_steps_send(self->store, id, 2, audio, TEST_STEPS_CHUNK);
    test_steps_send(self->store, id, 1, audio, TEST_STEPS_CHUNK);
    while (wfs_catch_up_get_done(job) == 0) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    return job;
}

static void whoever_ends_keeps_what_is_digested(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_catch_up *job = NULL;
    bool is_done = false;
    wfs_upload_row row;

    test_steps_send(self->store, "kept", 0, audio, TEST_STEPS_CHUNK);
    row = test_steps_get_row(self->store, "kept");
    assert_status(wfs_catch_up_open(self->store, "kept", row.row, &job, NULL),
                  WFS_OK);
    for (uint64_t i = TEST_STEPS_COUNT; i-- > 1;) {
        test_steps_send(self->store, "kept", i, audio, TEST_STEPS_CHUNK);
    }
    while (wfs_catch_up_get_done(job) == 0) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    test_steps_count(self->store);
    wfs_catch_up_close(job);                  /* in the middle of a chunk */
    assert_int_equal(test_steps_own_puts, 1); /* the committer goes on */
    test_complete_ok(self, "kept", TEST_STEPS_COUNT, audio, TEST_STEPS_SIZE);
    free(audio);
}

static void run_sql(const test_store *self, const char *sql)
{
    char command[2 * TEST_PATH_BYTES + 200];

    snprintf(command, sizeof(command), "sqlite3 '%s' '%s'",
             test_store_get_path(self, ".wfstore/catalog.sqlite3"), sql);
    assert_int_equal(system(command), 0);
}

/* As when proving drops chunks and they come again with other bytes: what was
 * digested before must not come back. */
static void a_row_that_fell_back_is_believed(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(TEST_STEPS_SIZE, 1);
    wfs_catch_up *job = digest_third(self, "back", audio);
    wfs_blob_owner owner = {"back",
                            test_steps_get_row(self->store, "back").row};
    const wfs_blobs_api *blobs = self->store->blobs->api;
    wfs_blob *part = NULL;
    bool is_done = false;

    run_sql(self, "UPDATE upload SET prefix=0, prefix_bytes=0, digest=NULL");
    audio[TEST_STEPS_CHUNK + 1] ^= 0x55;
    assert_status(
        blobs->open_part(self->store->blobs, owner, &part, NULL, NULL), WFS_OK);
    assert_status(blobs->write(part, TEST_STEPS_CHUNK + 1,
                               audio + TEST_STEPS_CHUNK + 1, 1, NULL),
                  WFS_OK);
    blobs->close_blob(part);
    for (int i = 0; i < 3; i++) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    wfs_catch_up_close(job);
    test_complete_ok(self, "back", 3, audio, (size_t)3 * TEST_STEPS_CHUNK);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(only_one_digests_an_upload),
        ON_STORE(whoever_ends_keeps_what_is_digested),
        ON_STORE(a_row_that_fell_back_is_believed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
