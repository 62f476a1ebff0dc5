/*
 * test_reservation.c - space is reserved before it is needed, and given back
 * when it is not.
 */
#include "support/room.h"

#include "ledger.h"
#include "store_internal.h"

#define STEP WFS_LEDGER_STEP_BYTES
#define CHUNK 4000

static void an_upload_of_known_size_reserves_all_of_it(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("known", 0, 0);

    spec.total_chunks = 10;
    spec.chunk_size = CHUNK;
    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(test_room_get_row(self, "known").reserved_bytes,
                     10 * CHUNK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 10 * CHUNK);
}

static void an_upload_of_unknown_size_reserves_a_step(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("live", 0, 0);

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(test_room_get_row(self, "live").reserved_bytes, STEP);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, STEP);
}

static void a_total_told_later_reserves_the_rest(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("later", 0, 0);
    uint64_t many = 2 * STEP / CHUNK;

    spec.chunk_size = CHUNK;
    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    spec.index = 1;
    spec.total_chunks = many;
    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, many * CHUNK);
}

static void deleting_and_giving_up_free_the_reservation(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("away", 0, 0);
    wfs_chunk *chunk = NULL;

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "away", NULL), WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 0);
    spec.id = "never";
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, STEP);
    wfs_chunk_discard(chunk);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 0);
}

static void beginning_anew_keeps_no_old_reservation(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = test_room_spec("anew", 0, 0);
    wfs_upload_row row;

    spec.chunk_size = 1000;
    assert_status(
        catalogue->api->begin_upload(catalogue, &spec, false, &row, NULL),
        WFS_OK);
    spec.chunk_size = 2000;
    spec.total_chunks = 5;
    assert_status(
        catalogue->api->begin_upload(catalogue, &spec, true, &row, NULL),
        WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 10000);
}

static void no_upload_has_a_size_that_no_file_has(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_spec spec = WFS_UPLOAD_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "endless";
    spec.size_bytes = (uint64_t)INT64_MAX + 1;
    assert_status(catalogue->api->create_upload(catalogue, &spec, &row, NULL),
                  WFS_EINVAL);
    assert_int_equal(test_room_get_totals(self).uploads, 0);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 0);
}

static void a_size_declared_later_is_reserved_once(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_spec spec = WFS_UPLOAD_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "deferred";
    assert_status(catalogue->api->create_upload(catalogue, &spec, &row, NULL),
                  WFS_OK);
    assert_status(catalogue->api->put_size(catalogue, row.row, 5 * STEP,
                                           5 * STEP - 1, &row, NULL),
                  WFS_EQUOTA);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, STEP);
    for (int i = 0; i < 2; i++) {
        assert_status(catalogue->api->put_size(catalogue, row.row, 5 * STEP,
                                               5 * STEP, &row, NULL),
                      WFS_OK);
        assert_int_equal(row.size_bytes, 5 * STEP);
        assert_int_equal(test_room_get_totals(self).reserved_bytes, 5 * STEP);
    }
    assert_status(
        catalogue->api->put_size(catalogue, row.row, 4 * STEP, 0, &row, NULL),
        WFS_ECONFLICT);
}

static void what_is_declared_may_not_be_less_than_what_arrived(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = test_room_spec("more", 0, 0);
    wfs_error error = WFS_ERROR_INIT;
    wfs_upload_row row;

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    row = test_room_get_row(self, "more");
    assert_status(catalogue->api->put_size(catalogue, row.row, CHUNK - 1, 0,
                                           &row, &error),
                  WFS_ECONFLICT);
    assert_int_equal(error.expected, CHUNK);
    assert_int_equal(error.got, CHUNK - 1);
    assert_true(test_room_get_row(self, "more").size_bytes == WFS_UNKNOWN);
}

static void an_idle_reservation_falls_back_and_comes_again(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = test_room_spec("idle", 0, 0);
    wfs_upload_row row;
    wfs_totals totals;

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    row = test_room_get_row(self, "idle");
    assert_status(catalogue->api->release_reservation(catalogue, row.row,
                                                      row.updated_ms, NULL),
                  WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes,
                     STEP); /* not idle */
    assert_status(catalogue->api->release_reservation(catalogue, row.row,
                                                      row.updated_ms + 1, NULL),
                  WFS_OK);
    totals = test_room_get_totals(self);
    assert_int_equal(totals.reserved_bytes, CHUNK);
    assert_int_equal(test_room_get_row(self, "idle").updated_ms,
                     row.updated_ms);
    spec.index = 1;
    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, STEP);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_upload_of_known_size_reserves_all_of_it),
        TEST(an_upload_of_unknown_size_reserves_a_step),
        TEST(a_total_told_later_reserves_the_rest),
        TEST(deleting_and_giving_up_free_the_reservation),
        TEST(beginning_anew_keeps_no_old_reservation),
        TEST(no_upload_has_a_size_that_no_file_has),
        TEST(a_size_declared_later_is_reserved_once),
        TEST(what_is_declared_may_not_be_less_than_what_arrived),
        TEST(an_idle_reservation_falls_back_and_comes_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
