/*
 * test_known.c - uploads that need not be looked up by id, and what becomes of
 * them meanwhile. A second store on the same folder stands for another process.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>

#include "store_internal.h"

#define CHUNK_BYTES 4096
#define CHUNKS 3
#define IDS 1000

/* Looking up by id, counted. */
static const wfs_catalogue_api *real_api;
static wfs_catalogue_api counting_api;
static unsigned lookups;

static wfs_status count_find_id(wfs_catalogue *catalogue, const char *id,
                                wfs_id_kind *ret_kind, wfs_upload_row *ret_row,
                                wfs_error *error)
{
    lookups++;
    return real_api->find_id(catalogue, id, ret_kind, ret_row, error);
}

static void count_lookups(const test_store *self)
{
    real_api = self->store->catalogue->api;
    counting_api = *real_api;
    counting_api.find_id = count_find_id;
    self->store->catalogue->api = &counting_api;
    lookups = 0;
}

static wfs_store *open_other(const test_store *self)
{
    wfs_store *store = NULL;

    assert_status(wfs_store_open(self->path, NULL, &store, NULL), WFS_OK);
    return store;
}

static wfs_chunk_spec get_spec(uint64_t index)
{
    wfs_chunk_spec spec = test_chunk_spec("known", index);

    spec.total_chunks = CHUNKS;
    return spec;
}

static void send_to(wfs_store *store, const uint8_t *bytes, uint64_t index)
{
    wfs_chunk_spec spec = get_spec(index);

    test_send_ok(store, &spec, bytes + index * CHUNK_BYTES, CHUNK_BYTES);
}

static void a_row_is_known_until_it_is_forgotten(void **state)
{
    wfs_known known;

    (void)state;
    wfs_known_init(&known);
    assert_int_equal(wfs_known_find(&known, "a"), 0);
    wfs_known_put(&known, "a", 7);
    assert_int_equal(wfs_known_find(&known, "a"), 7);
    wfs_known_put(&known, "a", 8);
    assert_int_equal(wfs_known_find(&known, "a"), 8);
    wfs_known_forget(&known, "b");
    assert_int_equal(wfs_known_find(&known, "a"), 8);
    wfs_known_forget(&known, "a");
    assert_int_equal(wfs_known_find(&known, "a"), 0);
    wfs_known_release(&known);
}

static void more_ids_than_places_push_each_other_out(void **state)
{
    wfs_known known;
    char id[16];
    unsigned found = 0;

    (void)state;
    wfs_known_init(&known);
    for (int i = 1; i <= IDS; i++) {
        (void)snprintf(id, sizeof(id), "id-%d", i);
        wfs_known_put(&known, id, i);
        assert_int_equal(wfs_known_find(&known, id), i);
    }
    for (int i = 1; i <= IDS; i++) {
        int64_t row;

        (void)snprintf(id, sizeof(id), "id-%d", i);
        row = wfs_known_find(&known, id);
        assert_true(row == 0 || row == i);
        found += row == i ? 1 : 0;
    }
    assert_in_range(found, 1, WFS_KNOWN_PLACES);
    wfs_known_release(&known);
}

static void only_the_first_chunk_is_looked_up_by_id(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 1);

    count_lookups(self);
    send_to(self->store, bytes, 0);
    assert_int_equal(lookups, 1);
    send_to(self->store, bytes, 1);
    send_to(self->store, bytes, 2);
    assert_int_equal(lookups, 1);
    test_complete_ok(self, "known", CHUNKS, bytes, CHUNKS * CHUNK_BYTES);
    free(bytes);
}

static void a_known_chunk_that_is_there_is_compared(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 2);
    wfs_chunk_spec spec = get_spec(0);
    wfs_receipt receipt = {0};

    send_to(self->store, bytes, 0);
    count_lookups(self);
    assert_status(test_send(self->store, &spec, bytes, CHUNK_BYTES, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    assert_status(test_send(self->store, &spec, bytes + 1, CHUNK_BYTES, NULL),
                  WFS_ECONFLICT);
    assert_int_equal(lookups, 0);
    free(bytes);
}

static void a_known_chunk_contradicted_is_refused_and_explained(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 3);
    wfs_chunk_spec spec = get_spec(1);

    send_to(self->store, bytes, 0);
    spec.total_chunks = CHUNKS + 1;
    assert_status(test_try_begin(self->store, &spec), WFS_ECONFLICT);
    send_to(self->store, bytes, 1);
    free(bytes);
}

static void what_another_process_accepted_is_not_overwritten(void **state)
{
    const test_store *self = *state;
    wfs_store *other = open_other(self);
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 4);
    wfs_chunk_spec spec = get_spec(1);

    send_to(self->store, bytes, 0);
    send_to(other, bytes, 1);
    assert_status(test_send(self->store, &spec, bytes, CHUNK_BYTES, NULL),
                  WFS_ECONFLICT);
    send_to(self->store, bytes, 2);
    test_complete_ok(self, "known", CHUNKS, bytes, CHUNKS * CHUNK_BYTES);
    wfs_store_close(other);
    free(bytes);
}

static void one_in_a_hurry_begins_only_what_is_known(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 7);
    wfs_chunk_spec first = get_spec(0);
    wfs_chunk_spec second = get_spec(1);
    wfs_receipt receipt = {0};

    first.is_hurried = true;
    second.is_hurried = true;
    assert_status(test_try_begin(self->store, &first), WFS_EBUSY);
    test_expect_no_upload(self->store, "known");
    send_to(self->store, bytes, 0);
    count_lookups(self);
    test_send_ok(self->store, &second, bytes + CHUNK_BYTES, CHUNK_BYTES);
    assert_status(test_send(self->store, &first, bytes, CHUNK_BYTES, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    assert_int_equal(lookups, 0);
    send_to(self->store, bytes, 2);
    test_complete_ok(self, "known", CHUNKS, bytes, CHUNKS * CHUNK_BYTES);
    free(bytes);
}

static void one_in_a_hurry_takes_a_chunk_from_nobody(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 8);
    wfs_chunk_spec spec = get_spec(1);
    wfs_chunk *older = NULL;
    wfs_receipt receipt = {0};

    send_to(self->store, bytes, 0);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &older, NULL),
                  WFS_OK);
    spec.is_hurried = true;
    spec.take_over_ms = 0;
    assert_status(test_try_begin(self->store, &spec), WFS_EBUSY);
    assert_status(wfs_chunk_get_stop(older), WFS_OK);
    assert_status(
        wfs_chunk_write(older, bytes + CHUNK_BYTES, CHUNK_BYTES, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_OK);
    free(bytes);
}

static void a_known_upload_deleted_elsewhere_is_gone(void **state)
{
    const test_store *self = *state;
    wfs_store *other = open_other(self);
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 5);
    wfs_chunk_spec spec = get_spec(1);

    send_to(self->store, bytes, 0);
    assert_status(wfs_upload_delete(other, "known", NULL), WFS_OK);
    assert_status(test_try_begin(self->store, &spec), WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    wfs_store_close(other);
    free(bytes);
}

static void a_known_upload_completed_elsewhere_is_a_recording(void **state)
{
    const test_store *self = *state;
    wfs_store *other = open_other(self);
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 6);
    wfs_chunk_spec spec = get_spec(2);
    wfs_complete_spec end = test_complete_spec("known");

    send_to(self->store, bytes, 0);
    send_to(self->store, bytes, 1);
    send_to(other, bytes, 2);
    assert_status(test_try_complete(other, &end), WFS_OK);
    assert_status(test_try_begin(self->store, &spec), WFS_ECOMPLETE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    test_expect_recording(self, "known", bytes, CHUNKS * CHUNK_BYTES);
    wfs_store_close(other);
    free(bytes);
}

static void a_known_chunk_in_other_hands_is_busy(void **state)
{
    const test_store *self = *state;
    uint8_t *bytes = test_audio_make(CHUNKS * CHUNK_BYTES, 7);
    wfs_chunk_spec spec = get_spec(1);
    wfs_chunk *chunk = NULL;

    send_to(self->store, bytes, 0);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(test_try_begin(self->store, &spec), WFS_EBUSY);
    wfs_chunk_discard(chunk);
    send_to(self->store, bytes, 1);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_known_until_it_is_forgotten),
        cmocka_unit_test(more_ids_than_places_push_each_other_out),
        cmocka_unit_test_setup_teardown(only_the_first_chunk_is_looked_up_by_id,
                                        test_store_setup, test_store_teardown),
        cmocka_unit_test_setup_teardown(a_known_chunk_that_is_there_is_compared,
                                        test_store_setup, test_store_teardown),
        cmocka_unit_test_setup_teardown(
            a_known_chunk_contradicted_is_refused_and_explained,
            test_store_setup, test_store_teardown),
        cmocka_unit_test_setup_teardown(
            what_another_process_accepted_is_not_overwritten, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            one_in_a_hurry_begins_only_what_is_known, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            one_in_a_hurry_takes_a_chunk_from_nobody, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            a_known_upload_deleted_elsewhere_is_gone, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            a_known_upload_completed_elsewhere_is_a_recording, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(a_known_chunk_in_other_hands_is_busy,
                                        test_store_setup, test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
