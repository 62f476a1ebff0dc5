/*
 * test_order.c - the order of writing, syncing and committing: what is said to
 * be durable is durable before it is said.
 */
#include "support/store.h"

#include <stdlib.h>
#include <unistd.h>

#include "support/order.h"

#define SIZE 3000
#define HALF (SIZE / 2)
#define LARGE ((size_t)3 << 20)

static void a_chunk_is_synced_before_its_receipt(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("tail", 0);

    test_order_start(self->store);
    test_send_ok(self->store, &spec, audio, HALF);
    test_order_expect("sync-dir write sync receipt");
    calls_reset();
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + HALF, HALF);
    test_order_expect("write sync receipt");
    free(audio);
}

static void a_fixed_chunk_is_synced_before_its_receipt(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("fixed", 1);

    test_order_start(self->store);
    spec.chunk_size = HALF;
    test_send_ok(self->store, &spec, audio + HALF, HALF);
    test_order_expect("sync-dir write sync receipt");
    free(audio);
}

static void a_loose_chunk_has_its_bytes_before_its_name(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("loose", 1);

    test_order_start(self->store);
    test_send_ok(self->store, &spec, audio + HALF, HALF);
    test_order_expect("sync-dir write sync link sync-dir receipt");
    free(audio);
}

/* Chunk 0 closes the gap before `count` loose ones of `length` bytes. */
static void absorb(test_store *self, uint64_t count, size_t length)
{
    uint8_t *audio = test_audio_make((count + 1) * length, 1);
    wfs_chunk_spec spec = test_chunk_spec("absorb", 1);
    wfs_upload_row row;
    wfs_id_kind kind;

    for (; spec.index <= count; spec.index++) {
        test_send_ok(self->store, &spec, audio + spec.index * length, length);
    }
    spec.index = 0;
    test_order_start(self->store);
    test_send_ok(self->store, &spec, audio, length);
    do {
        assert_status(self->store->catalogue->api->find_id(
                          self->store->catalogue, "absorb", &kind, &row, NULL),
                      WFS_OK);
    } while (row.placed_chunks <= count ||
             test_store_count_uploads(self, "") > 1);
    free(audio);
}

static void an_absorbed_chunk_is_synced_before_its_source_goes(void **state)
{
    absorb(*state, 1, HALF);
    test_order_expect("write sync receipt copy sync place unlink");
}

static void chunks_absorbed_together_share_a_sync(void **state)
{
    absorb(*state, 2, HALF);
    test_order_expect("write sync receipt copy copy sync place unlink unlink");
}

static void large_chunks_are_absorbed_one_by_one(void **state)
{
    absorb(*state, 2, LARGE);
    test_order_expect("write sync receipt copy sync place unlink "
                      "copy sync place unlink");
}

static void a_provisional_chunk_is_as_durable_as_its_receipt(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);

    test_order_start(self->store);
    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, SIZE);
    test_order_expect("sync-dir receipt");
    free(audio);
}

/* What publishing does follows; it begins when the recording is named. */
static void a_recording_is_synced_committed_and_only_then_named(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("rec", 0);

    test_send_ok(self->store, &spec, audio, SIZE);
    test_order_start(self->store);
    test_complete_ok(self, "rec", 1, audio, SIZE);
    test_order_expect_first("sync complete rename sync-dir sync-dir renamed ");
    free(audio);
}

/* Whoever made its file may have died before that had a name for sure. */
static void a_recording_of_nothing_has_a_name_before_the_commit(void **state)
{
    test_store *self = *state;
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    create.id = "nothing";
    create.size_bytes = 0;
    assert_status(wfs_upload_create(self->store, &create, NULL), WFS_OK);
    spec.id = "nothing";
    assert_status(test_try_complete(self->store, &spec), WFS_ETYPE);
    test_order_start(self->store);
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    test_order_expect_first(
        "sync-dir sync complete rename sync-dir sync-dir renamed ");
}

static void a_head_is_written_and_synced_before_the_commit(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("rec-head", 0);

    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, SIZE);
    test_order_start(self->store);
    test_complete_ok(self, "rec-head", 1, audio, SIZE);
    test_order_expect_first(
        "write sync complete rename sync-dir sync-dir renamed ");
    free(audio);
}

/* After a slow run the list is left to tending: as if there had been none. */
static void forget_published(const test_store *self)
{
    (void)!truncate(test_store_get_path(self, ".wfstore/published"), 0);
}

static void a_deletion_is_synced_before_its_tombstone_forgets_it(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("del", 0);

    test_send_ok(self->store, &spec, audio, SIZE);
    test_order_start(self->store);
    assert_status(wfs_upload_delete(self->store, "del", NULL), WFS_OK);
    test_order_expect("delete-upload unlink sync-dir unlinked");
    spec.id = "del-rec";
    test_send_ok(self->store, &spec, audio, SIZE);
    test_complete_ok(self, "del-rec", 1, audio, SIZE);
    forget_published(self);
    calls_reset();
    assert_status(wfs_recording_delete(self->store, "del-rec", NULL, NULL),
                  WFS_OK);
    test_order_expect_first("delete unlink sync-dir sync-dir unlinked ");
    free(audio);
}

static void a_change_is_committed_and_only_then_published(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("change", 0);
    wfs_recording_change how = {.name = "Another"};
    wfs_recording recording = WFS_RECORDING_INIT;

    test_send_ok(self->store, &spec, audio, SIZE);
    test_complete_ok(self, "change", 1, audio, SIZE);
    forget_published(self);
    test_order_start(self->store);
    assert_status(
        wfs_recording_update(self->store, "change", &how, &recording, NULL),
        WFS_OK);
    test_order_expect_first("change ");
    wfs_recording_release(&recording);
    free(audio);
}

static void
durability_recording_syncs_names_at_first_and_bytes_at_the_end(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("lazy", 1);

    test_order_start(self->store);
    test_send_ok(self->store, &spec, audio + HALF, HALF);
    test_order_expect("sync-dir write link receipt");
    wfs_upload_delete(self->store, "lazy", NULL);
    calls_reset();
    spec.id = "lazy2";
    spec.index = 0;
    test_send_ok(self->store, &spec, audio, SIZE);
    test_order_expect("sync-dir write receipt");
    calls_reset();
    test_complete_ok(self, "lazy2", 1, audio, SIZE);
    test_order_expect_first("sync complete rename sync-dir sync-dir renamed ");
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_chunk_is_synced_before_its_receipt),
        ON_STORE(a_fixed_chunk_is_synced_before_its_receipt),
        ON_STORE(a_loose_chunk_has_its_bytes_before_its_name),
        ON_STORE(an_absorbed_chunk_is_synced_before_its_source_goes),
        ON_STORE(chunks_absorbed_together_share_a_sync),
        ON_STORE(large_chunks_are_absorbed_one_by_one),
        ON_STORE(a_provisional_chunk_is_as_durable_as_its_receipt),
        ON_STORE(a_recording_is_synced_committed_and_only_then_named),
        ON_STORE(a_recording_of_nothing_has_a_name_before_the_commit),
        ON_STORE(a_head_is_written_and_synced_before_the_commit),
        ON_STORE(a_deletion_is_synced_before_its_tombstone_forgets_it),
        ON_STORE(a_change_is_committed_and_only_then_published),
        cmocka_unit_test_setup_teardown(
            durability_recording_syncs_names_at_first_and_bytes_at_the_end,
            test_store_setup_recording, test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
