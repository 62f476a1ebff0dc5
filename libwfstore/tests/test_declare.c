/*
 * test_declare.c - the size of an upload is declared while it is received.
 */
#include "support/appends.h"

#include "store_internal.h"

#define SIZE TEST_APPENDS_SIZE
#define PIECE TEST_APPENDS_PIECE

static const wfs_limits no_limits = WFS_LIMITS_INIT;

static wfs_status declare(const test_store *self, uint64_t size,
                          const wfs_limits *limits, wfs_error *error)
{
    return wfs_upload_declare_size(self->store, "app", size, limits, error);
}

static void declare_ok(const test_store *self, uint64_t size)
{
    assert_status(declare(self, size, &no_limits, NULL), WFS_OK);
}

static uint64_t get_declared(const test_store *self)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(self->store, "app", false, &info, NULL),
                  WFS_OK);
    wfs_upload_info_release(&info);
    return info.size_bytes;
}

static uint64_t get_reserved(const test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_totals totals;

    assert_status(catalogue->api->get_totals(catalogue, &totals, NULL), WFS_OK);
    return totals.reserved_bytes;
}

/* An upload of unknown size of which a piece has arrived. */
static void begin_endless(const test_store *self)
{
    test_appends_create(self->store, WFS_UNKNOWN);
    test_appends_add(self->store, 0, PIECE);
    assert_true(get_declared(self) == WFS_UNKNOWN);
}

static void an_upload_is_held_to_what_is_declared(void **state)
{
    test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;

    begin_endless(self);
    declare_ok(self, SIZE);
    test_store_reopen(self);
    assert_int_equal(get_declared(self), SIZE);
    assert_status(test_appends_try(self->store, PIECE, SIZE - PIECE + 1),
                  WFS_ETOOLARGE);
    assert_status(test_appends_complete(self->store, WFS_UNKNOWN, &recording),
                  WFS_EMISSING);
    assert_status(test_appends_complete(self->store, PIECE, &recording),
                  WFS_ECONFLICT);
    test_appends_add(self->store, PIECE, SIZE - PIECE);
    assert_status(test_appends_complete(self->store, SIZE + 1, &recording),
                  WFS_ECONFLICT);
    assert_status(test_appends_complete(self->store, WFS_UNKNOWN, &recording),
                  WFS_OK);
    wfs_recording_release(&recording);
    test_expect_recording(self, "app", test_appends_audio, SIZE);
}

static void declaring_the_same_again_changes_nothing(void **state)
{
    const test_store *self = *state;
    wfs_limits tight = WFS_LIMITS_INIT;
    uint64_t reserved;

    begin_endless(self);
    declare_ok(self, SIZE);
    reserved = get_reserved(self);
    tight.recording_max_bytes = 1;
    tight.quota_bytes = 1;
    tight.reserve_bytes = UINT64_MAX / 2;
    assert_status(declare(self, SIZE, &tight, NULL), WFS_OK);
    assert_int_equal(get_declared(self), SIZE);
    assert_int_equal(get_reserved(self), reserved);
    test_appends_add(self->store, PIECE, SIZE - PIECE);
    declare_ok(self, SIZE);
    test_appends_complete_ok(self);
}

static void another_size_is_refused_with_both_numbers(void **state)
{
    const test_store *self = *state;
    wfs_error error = WFS_ERROR_INIT;

    test_appends_create(self->store, SIZE);
    assert_status(declare(self, SIZE - 1, &no_limits, &error), WFS_ECONFLICT);
    assert_int_equal(error.expected, SIZE);
    assert_int_equal(error.got, SIZE - 1);
    assert_int_equal(get_declared(self), SIZE);
    test_appends_add(self->store, 0, SIZE);
    test_appends_complete_ok(self);
}

static void less_than_has_arrived_is_refused_with_both_numbers(void **state)
{
    const test_store *self = *state;
    wfs_error error = WFS_ERROR_INIT;

    begin_endless(self);
    assert_status(declare(self, PIECE - 1, &no_limits, &error), WFS_ECONFLICT);
    assert_int_equal(error.expected, PIECE);
    assert_int_equal(error.got, PIECE - 1);
    assert_true(get_declared(self) == WFS_UNKNOWN);
    declare_ok(self, PIECE); /* all of it is there */
    assert_status(test_appends_try(self->store, PIECE, 1), WFS_ETOOLARGE);
}

static void what_may_not_be_so_large_is_not_declared(void **state)
{
    const test_store *self = *state;
    wfs_limits limits = WFS_LIMITS_INIT;
    wfs_error error = WFS_ERROR_INIT;

    begin_endless(self);
    limits.recording_max_bytes = SIZE - 1;
    assert_status(declare(self, SIZE, &limits, &error), WFS_ETOOLARGE);
    assert_int_equal(error.expected, SIZE - 1);
    assert_int_equal(error.got, SIZE);
    assert_true(get_declared(self) == WFS_UNKNOWN);
    limits.recording_max_bytes = SIZE;
    assert_status(declare(self, SIZE, &limits, NULL), WFS_OK);
    assert_int_equal(get_declared(self), SIZE);
}

static void what_the_disk_has_no_room_for_is_not_declared(void **state)
{
    const test_store *self = *state;
    wfs_limits limits = WFS_LIMITS_INIT;

    begin_endless(self);
    limits.reserve_bytes = 1;
    assert_status(declare(self, (uint64_t)1 << 60, &limits, NULL), WFS_ENOSPC);
    assert_true(get_declared(self) == WFS_UNKNOWN);
    test_appends_add(self->store, PIECE, SIZE - PIECE);
    assert_status(declare(self, SIZE, &limits, NULL), WFS_OK);
    test_appends_complete_ok(self);
}

static void what_the_quota_has_no_room_for_is_not_declared(void **state)
{
    const test_store *self = *state;
    wfs_limits limits = WFS_LIMITS_INIT;
    uint64_t reserved;
    uint64_t size;

    begin_endless(self);
    reserved = get_reserved(self);
    size = reserved + SIZE;
    limits.quota_bytes = size - 1;
    assert_status(declare(self, size, &limits, NULL), WFS_EQUOTA);
    assert_true(get_declared(self) == WFS_UNKNOWN);
    assert_int_equal(get_reserved(self), reserved);
    limits.quota_bytes = size;
    assert_status(declare(self, size, &limits, NULL), WFS_OK);
    assert_int_equal(get_reserved(self), size);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_int_equal(get_reserved(self), 0);
}

/* It was begun when nobody knew, and is not asked to end. */
static void an_append_under_way_is_held_to_it_too(void **state)
{
    const test_store *self = *state;
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk;

    test_appends_create(self->store, WFS_UNKNOWN);
    chunk = test_appends_begin(self->store, 0, WFS_UNKNOWN);
    assert_status(wfs_chunk_write(chunk, test_appends_audio, SIZE, NULL),
                  WFS_OK);
    declare_ok(self, SIZE - 1);
    assert_status(wfs_chunk_commit(chunk, &receipt, &error), WFS_ETOOLARGE);
    assert_int_equal(error.expected, SIZE - 1);
    assert_int_equal(error.got, SIZE);
    assert_int_equal(test_appends_get_arrived(self->store), 0);
    test_appends_add(self->store, 0, SIZE - 1);
    test_complete_ok(self, "app", WFS_UNKNOWN, test_appends_audio, SIZE - 1);
}

static void only_what_is_an_upload_can_have_a_size_declared(void **state)
{
    const test_store *self = *state;

    assert_status(declare(self, SIZE, &no_limits, NULL), WFS_ENOUPLOAD);
    assert_status(
        wfs_upload_declare_size(self->store, "../app", SIZE, &no_limits, NULL),
        WFS_EID);
    begin_endless(self);
    assert_status(declare(self, WFS_UNKNOWN, &no_limits, NULL), WFS_EINVAL);
    assert_status(wfs_upload_delete(self->store, "app", NULL), WFS_OK);
    assert_status(declare(self, SIZE, &no_limits, NULL), WFS_EGONE);
}

static void of_a_recording_no_size_is_declared(void **state)
{
    const test_store *self = *state;

    begin_endless(self);
    test_appends_add(self->store, PIECE, SIZE - PIECE);
    test_appends_complete_ok(self);
    assert_status(declare(self, SIZE, &no_limits, NULL), WFS_ECOMPLETE);
    assert_status(declare(self, SIZE + 1, &no_limits, NULL), WFS_ECOMPLETE);
    test_expect_recording(self, "app", test_appends_audio, SIZE);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_appends_setup,                  \
                                    test_appends_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(an_upload_is_held_to_what_is_declared),
        ON_STORE(declaring_the_same_again_changes_nothing),
        ON_STORE(another_size_is_refused_with_both_numbers),
        ON_STORE(less_than_has_arrived_is_refused_with_both_numbers),
        ON_STORE(what_may_not_be_so_large_is_not_declared),
        ON_STORE(what_the_disk_has_no_room_for_is_not_declared),
        ON_STORE(what_the_quota_has_no_room_for_is_not_declared),
        ON_STORE(an_append_under_way_is_held_to_it_too),
        ON_STORE(only_what_is_an_upload_can_have_a_size_declared),
        ON_STORE(of_a_recording_no_size_is_declared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
