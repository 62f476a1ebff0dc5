/*
 * test_catch_up.c - the digest keeps step, and catches up where it did not.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catch_up.h"

#define CHUNK 400000
#define COUNT 8
#define SIZE (CHUNK * COUNT)

static int puts_of_digest;
static const wfs_catalogue_api *real_api;
static wfs_catalogue_api counting_api;

static wfs_status put_digest(wfs_catalogue *catalogue, int64_t row,
                             uint64_t from_chunks, uint64_t prefix_chunks,
                             uint64_t prefix_bytes,
                             const wfs_digest_state *state, wfs_error *error)
{
    __atomic_add_fetch(&puts_of_digest, 1, __ATOMIC_SEQ_CST);
    return real_api->put_digest(catalogue, row, from_chunks, prefix_chunks,
                                prefix_bytes, state, error);
}

static void count_puts(wfs_store *store)
{
    puts_of_digest = 0;
    real_api = store->catalogue->api;
    counting_api = *real_api;
    counting_api.put_digest = put_digest;
    store->catalogue->api = &counting_api;
}

static wfs_upload_row get_row(wfs_store *store, const char *id)
{
    wfs_upload_row row;
    wfs_id_kind kind = WFS_ID_FREE;

    memset(&row, 0, sizeof(row));
    assert_status(
        store->catalogue->api->find_id(store->catalogue, id, &kind, &row, NULL),
        WFS_OK);
    return row;
}

static void send(wfs_store *store, const char *id, uint64_t index,
                 const uint8_t *audio, uint64_t chunk_size)
{
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    spec.chunk_size = chunk_size;
    test_send_ok(store, &spec, audio + index * CHUNK, CHUNK);
}

/* The digest of what the row's state has seen. */
static void expect_prefix(const wfs_upload_row *row, const uint8_t *audio,
                          uint64_t chunks)
{
    wfs_digest expected = test_digest(audio, (size_t)chunks * CHUNK);
    wfs_hasher *hasher = NULL;
    wfs_digest digest;

    assert_int_equal(row->prefix_chunks, chunks);
    assert_int_equal(row->prefix_bytes, chunks * CHUNK);
    assert_status(wfs_hasher_restore(&row->digest, &hasher), WFS_OK);
    wfs_hasher_finish(hasher, &digest);
    assert_true(wfs_digest_is_equal(&digest, &expected));
    wfs_hasher_close(hasher);
}

static void in_order(test_store *self, uint64_t chunk_size)
{
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_upload_row row;

    count_puts(self->store);
    for (uint64_t i = 0; i < COUNT; i++) {
        send(self->store, "step", i, audio, chunk_size);
        row = get_row(self->store, "step");
        expect_prefix(&row, audio, i + 1);
    }
    test_store_reopen(self);
    assert_int_equal(puts_of_digest, 0);
    free(audio);
}

static void in_order_the_digest_comes_with_the_receipts(void **state)
{
    in_order(*state, CHUNK);
}

static void in_order_on_the_tail_it_does_too(void **state)
{
    in_order(*state, WFS_UNKNOWN);
}

static void finish(wfs_store *store, const char *id)
{
    wfs_upload_row row = get_row(store, id);
    wfs_catch_up *job = NULL;
    bool is_done = false;

    while (wfs_catch_up_open(store, id, row.row, &job, NULL) == WFS_EBUSY) {
        /* the committer is at it; it lets go by itself */
    }
    assert_non_null(job);
    for (int i = 0; i < 100 && !is_done; i++) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    assert_true(is_done);
    wfs_catch_up_close(job);
}

static void backwards(const test_store *self, const char *id,
                      uint64_t chunk_size)
{
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_upload_row row;

    for (uint64_t i = COUNT; i-- > 0;) {
        send(self->store, id, i, audio, chunk_size);
    }
    finish(self->store, id);
    row = get_row(self->store, id);
    expect_prefix(&row, audio, COUNT);
    assert_int_equal(row.placed_chunks, COUNT);
    assert_false(wfs_catch_up_is_due(self->store, &row));
    test_complete_ok(self, id, COUNT, audio, SIZE);
    free(audio);
}

static void backwards_it_catches_up(void **state)
{
    backwards(*state, "fixed", CHUNK);
    backwards(*state, "loose", WFS_UNKNOWN);
}

static void up_to_a_gap_and_on_when_it_closes(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    static const uint64_t first[] = {1, 0, 3, 5};
    static const uint64_t then[] = {2, 4};
    wfs_upload_row row;

    for (size_t i = 0; i < 4; i++) {
        send(self->store, "gap", first[i], audio, CHUNK);
    }
    finish(self->store, "gap");
    row = get_row(self->store, "gap");
    expect_prefix(&row, audio, 2);
    for (size_t i = 0; i < 2; i++) {
        send(self->store, "gap", then[i], audio, CHUNK);
    }
    finish(self->store, "gap");
    row = get_row(self->store, "gap");
    expect_prefix(&row, audio, 6);
    free(audio);
}

static void only_one_digests_an_upload(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_catch_up *first = NULL;
    wfs_catch_up *second = NULL;
    wfs_upload_row row;

    send(self->store, "lock", 0, audio, CHUNK);
    row = get_row(self->store, "lock");
    assert_status(wfs_catch_up_open(self->store, "lock", row.row, &first, NULL),
                  WFS_OK);
    assert_status(
        wfs_catch_up_open(self->store, "lock", row.row, &second, NULL),
        WFS_EBUSY);
    assert_null(second);
    send(self->store, "lock", 1, audio, CHUNK); /* writers are not held up */
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

    send(self->store, id, 0, audio, CHUNK);
    row = get_row(self->store, id);
    assert_status(wfs_catch_up_open(self->store, id, row.row, &job, NULL),
                  WFS_OK);
    send(self->store, id, 2, audio, CHUNK);
    send(self->store, id, 1, audio, CHUNK);
    while (wfs_catch_up_get_done(job) == 0) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    return job;
}

static void whoever_ends_keeps_what_is_digested(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_catch_up *job = NULL;
    bool is_done = false;
    wfs_upload_row row;

    send(self->store, "kept", 0, audio, CHUNK);
    row = get_row(self->store, "kept");
    assert_status(wfs_catch_up_open(self->store, "kept", row.row, &job, NULL),
                  WFS_OK);
    for (uint64_t i = COUNT; i-- > 1;) {
        send(self->store, "kept", i, audio, CHUNK);
    }
    while (wfs_catch_up_get_done(job) == 0) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    count_puts(self->store);
    wfs_catch_up_close(job); /* in the middle of a chunk */
    assert_int_equal(puts_of_digest, 1);
    test_complete_ok(self, "kept", COUNT, audio, SIZE);
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
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_catch_up *job = digest_third(self, "back", audio);
    wfs_blob_owner owner = {"back", get_row(self->store, "back").row};
    const wfs_blobs_api *blobs = self->store->blobs->api;
    wfs_blob *part = NULL;
    bool is_done = false;

    run_sql(self, "UPDATE upload SET prefix=0, prefix_bytes=0, digest=NULL");
    audio[CHUNK + 1] ^= 0x55;
    assert_status(
        blobs->open_part(self->store->blobs, owner, &part, NULL, NULL), WFS_OK);
    assert_status(blobs->write(part, CHUNK + 1, audio + CHUNK + 1, 1, NULL),
                  WFS_OK);
    blobs->close_blob(part);
    for (int i = 0; i < 3; i++) {
        assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    }
    wfs_catch_up_close(job);
    test_complete_ok(self, "back", 3, audio, (size_t)3 * CHUNK);
    free(audio);
}

static void a_provisional_head_is_left_to_completing(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);
    wfs_upload_row row;

    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, 1000);
    spec.is_provisional = false;
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + 1000, SIZE - 1000);
    row = get_row(self->store, "head");
    assert_int_equal(row.prefix_chunks, 0);
    assert_false(wfs_catch_up_is_due(self->store, &row));
    test_complete_ok(self, "head", 2, audio, SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(in_order_the_digest_comes_with_the_receipts),
        ON_STORE(in_order_on_the_tail_it_does_too),
        ON_STORE(backwards_it_catches_up),
        ON_STORE(up_to_a_gap_and_on_when_it_closes),
        ON_STORE(only_one_digests_an_upload),
        ON_STORE(whoever_ends_keeps_what_is_digested),
        ON_STORE(a_row_that_fell_back_is_believed),
        ON_STORE(a_provisional_head_is_left_to_completing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
