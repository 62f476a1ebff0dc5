/*
 * test_races.c - what happens between a writer's first look and its lock.
 *
 * A table of functions in front of the blobs lets another one act just before
 * the part is opened, one in front of the catalogue before a chunk is looked
 * for; no timing is involved.
 */
#include "support/store.h"

#include <stdlib.h>

#include "store_internal.h"

#define SIZE 4000

/* `act` runs once, when a part is opened next. */
static struct {
    const wfs_blobs_api *api;
    wfs_blobs_api hooked;
    void (*act)(wfs_store *store);
    wfs_store *store;
} hook;

static uint8_t *audio;

static wfs_status open_part(wfs_blobs *blobs, wfs_blob_owner owner,
                            wfs_blob **ret_blob, bool *ret_is_new,
                            wfs_error *error)
{
    void (*act)(wfs_store * store) = hook.act;

    hook.act = NULL;
    if (act != NULL) {
        act(hook.store);
    }
    return hook.api->open_part(blobs, owner, ret_blob, ret_is_new, error);
}

static void before_next_open(wfs_store *store, void (*act)(wfs_store *store))
{
    hook.api = store->blobs->api;
    hook.hooked = *hook.api;
    hook.hooked.open_part = open_part;
    hook.act = act;
    hook.store = store;
    store->blobs->api = &hook.hooked;
}

static int setup(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void send_first_half(wfs_store *store)
{
    wfs_chunk_spec spec = test_chunk_spec("race", 0);

    test_send_ok(store, &spec, audio, SIZE / 2);
}

static void send_second_half(wfs_store *store)
{
    wfs_chunk_spec spec = test_chunk_spec("race", 1);

    test_send_ok(store, &spec, audio + SIZE / 2, SIZE / 2);
}

static void delete_upload(wfs_store *store)
{
    assert_status(wfs_upload_delete(store, "race", NULL), WFS_OK);
}

static void complete_upload(wfs_store *store)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(test_complete(store, "race", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
}

static void delete_and_let_begin_again(wfs_store *store)
{
    wfs_catalogue *catalogue = store->catalogue;
    wfs_upload_row row;
    wfs_id_kind kind;

    assert_status(catalogue->api->find_id(catalogue, "race", &kind, &row, NULL),
                  WFS_OK);
    assert_status(wfs_store_forget_upload(store, &row), WFS_OK);
}

static void a_chunk_accepted_meanwhile_is_compared(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("race", 1);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    send_first_half(self->store);
    before_next_open(self->store, send_second_half);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_int_equal(wfs_chunk_get_state(chunk), WFS_CHUNK_COMPARING);
    assert_status(wfs_chunk_write(chunk, audio + SIZE / 2, SIZE / 2, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    assert_true(receipt.existed);
    test_complete_ok(self, "race", 2, audio, SIZE);
}

static void an_upload_deleted_meanwhile_is_gone(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("race", 1);
    wfs_chunk *chunk = NULL;

    send_first_half(self->store);
    before_next_open(self->store, delete_upload);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void an_upload_completed_meanwhile_keeps_its_bytes(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("race", 1);
    wfs_chunk *chunk = NULL;

    send_first_half(self->store);
    before_next_open(self->store, complete_upload);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_ECOMPLETE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    test_expect_recording(self, "race", audio, SIZE / 2);
}

static void an_upload_forgotten_meanwhile_is_begun_again(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("race", 0);

    before_next_open(self->store, delete_and_let_begin_again);
    test_send_ok(self->store, &spec, audio, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 1);
    test_complete_ok(self, "race", 1, audio, SIZE);
}

static void completing_looks_again_when_it_has_its_locks(void **state)
{
    const test_store *self = *state;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;

    send_first_half(self->store);
    spec.id = "race";
    spec.size_bytes = SIZE / 2;
    before_next_open(self->store, send_second_half);
    assert_status(wfs_upload_complete(self->store, &spec, &recording,
                                      &was_complete, NULL),
                  WFS_ECONFLICT);
    test_complete_ok(self, "race", 2, audio, SIZE);
}

static void completing_what_is_deleted_meanwhile_tells_so(void **state)
{
    const test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;

    send_first_half(self->store);
    before_next_open(self->store, delete_upload);
    assert_status(test_complete(self->store, "race", 1, &recording), WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* `store` looks for a chunk: just before, another process accepts one. */
static struct {
    const wfs_catalogue_api *api;
    wfs_catalogue_api hooked;
    wfs_store *other;
} looking;

static wfs_status get_chunk(wfs_catalogue *catalogue, int64_t row,
                            uint64_t index, wfs_chunk_row *ret_chunk,
                            wfs_error *error)
{
    wfs_chunk_spec spec = test_chunk_spec("race", 0);

    catalogue->api = looking.api;
    spec.is_provisional = true;
    audio[SIZE / 2 - 1] ^= 1;
    test_send_ok(looking.other, &spec, audio, SIZE / 2);
    audio[SIZE / 2 - 1] ^= 1;
    return looking.api->get_chunk(catalogue, row, index, ret_chunk, error);
}

static void before_next_look(wfs_store *store, wfs_store *other)
{
    looking.api = store->catalogue->api;
    looking.hooked = *looking.api;
    looking.hooked.get_chunk = get_chunk;
    looking.other = other;
    store->catalogue->api = &looking.hooked;
}

static void a_provisional_chunk_accepted_meanwhile_is_replaced(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("race", 0);
    wfs_store *other = NULL;

    assert_status(wfs_store_open(self->path, NULL, &other, NULL), WFS_OK);
    send_second_half(other);
    before_next_look(self->store, other);
    test_send_ok(self->store, &spec, audio, SIZE / 2);
    assert_ptr_equal(self->store->catalogue->api, looking.api);
    wfs_store_close(other);
    test_complete_ok(self, "race", 2, audio, SIZE);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_chunk_accepted_meanwhile_is_compared),
        ON_STORE(an_upload_deleted_meanwhile_is_gone),
        ON_STORE(an_upload_completed_meanwhile_keeps_its_bytes),
        ON_STORE(an_upload_forgotten_meanwhile_is_begun_again),
        ON_STORE(a_provisional_chunk_accepted_meanwhile_is_replaced),
        ON_STORE(completing_looks_again_when_it_has_its_locks),
        ON_STORE(completing_what_is_deleted_meanwhile_tells_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
