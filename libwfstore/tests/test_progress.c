/* test_progress.c - the rules of accepting chunks, without a database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "progress.h"

static wfs_upload_row empty(uint64_t chunk_size)
{
    return (wfs_upload_row){.total_chunks = WFS_UNKNOWN,
                            .chunk_size = chunk_size,
                            .highest_index = WFS_UNKNOWN};
}

static wfs_status check(const wfs_upload_row *row, uint64_t index,
                        uint64_t size, uint64_t total, uint64_t chunk_size)
{
    wfs_claim claim = {index, size, total, chunk_size};

    return wfs_progress_check(row, &claim, NULL);
}

static void any_first_chunk_fits(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    assert_int_equal(check(&row, 7, 1, WFS_UNKNOWN, WFS_UNKNOWN), WFS_OK);
    assert_int_equal(check(&row, 7, 1, 8, WFS_UNKNOWN), WFS_OK);
}

static void an_index_stays_below_the_total(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);
    wfs_claim claim = {8, 1, 8, WFS_UNKNOWN};
    wfs_error error = WFS_ERROR_INIT;

    (void)state;
    assert_int_equal(wfs_progress_check(&row, &claim, &error), WFS_ECONFLICT);
    assert_int_equal(error.expected, 8);
    assert_int_equal(error.got, 8);
    row.total_chunks = 3;
    assert_int_equal(check(&row, 3, 1, WFS_UNKNOWN, WFS_UNKNOWN),
                     WFS_ECONFLICT);
    assert_int_equal(check(&row, 2, 1, WFS_UNKNOWN, WFS_UNKNOWN), WFS_OK);
}

static void a_total_once_told_stays(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    row.total_chunks = 3;
    assert_int_equal(check(&row, 0, 1, 4, WFS_UNKNOWN), WFS_ECONFLICT);
    assert_int_equal(check(&row, 0, 1, 3, WFS_UNKNOWN), WFS_OK);
}

static void a_total_covers_every_chunk_received(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    row.highest_index = 9;
    assert_int_equal(check(&row, 0, 1, 9, WFS_UNKNOWN), WFS_ECONFLICT);
    assert_int_equal(check(&row, 0, 1, 10, WFS_UNKNOWN), WFS_OK);
}

static void a_million_chunks_are_the_most(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    assert_int_equal(
        check(&row, WFS_CHUNKS_MAX - 1, 1, WFS_CHUNKS_MAX, WFS_UNKNOWN),
        WFS_OK);
    assert_int_equal(check(&row, WFS_CHUNKS_MAX, 1, WFS_UNKNOWN, WFS_UNKNOWN),
                     WFS_ETOOMANY);
    assert_int_equal(check(&row, 0, 1, WFS_CHUNKS_MAX + 1, WFS_UNKNOWN),
                     WFS_ETOOMANY);
}

static void a_chunk_size_may_be_omitted_but_not_changed(void **state)
{
    wfs_upload_row fixed = empty(100);
    wfs_upload_row any = empty(WFS_UNKNOWN);

    (void)state;
    assert_int_equal(check(&fixed, 0, 100, WFS_UNKNOWN, 100), WFS_OK);
    assert_int_equal(check(&fixed, 0, 100, WFS_UNKNOWN, WFS_UNKNOWN), WFS_OK);
    assert_int_equal(check(&fixed, 0, 100, WFS_UNKNOWN, 101), WFS_ECONFLICT);
    assert_int_equal(check(&any, 0, 100, WFS_UNKNOWN, 100), WFS_ECONFLICT);
}

static void only_the_last_chunk_is_shorter(void **state)
{
    wfs_upload_row row = empty(100);

    (void)state;
    assert_int_equal(check(&row, 4, 101, WFS_UNKNOWN, 100), WFS_ECONFLICT);
    assert_int_equal(check(&row, 4, 99, WFS_UNKNOWN, 100), WFS_OK);
    assert_int_equal(check(&row, 4, 99, 6, 100), WFS_ECONFLICT);
    assert_int_equal(check(&row, 4, 99, 5, 100), WFS_OK);
    row.highest_index = 5;
    assert_int_equal(check(&row, 4, 99, WFS_UNKNOWN, 100), WFS_ECONFLICT);
    assert_int_equal(check(&row, 4, WFS_UNKNOWN, WFS_UNKNOWN, 100), WFS_OK);
}

static void a_shorter_chunk_tells_the_total(void **state)
{
    wfs_upload_row row = empty(100);
    wfs_claim claim = {4, 99, WFS_UNKNOWN, 100};

    (void)state;
    assert_int_equal(wfs_progress_get_total(&row, &claim), 5);
    claim.size_bytes = 100;
    assert_true(wfs_progress_get_total(&row, &claim) == WFS_UNKNOWN);
    claim.total_chunks = 9;
    assert_int_equal(wfs_progress_get_total(&row, &claim), 9);
    row.chunk_size = WFS_UNKNOWN;
    claim.total_chunks = WFS_UNKNOWN;
    assert_true(wfs_progress_get_total(&row, &claim) == WFS_UNKNOWN);
}

static void a_closed_gap_makes_what_is_behind_it_contiguous(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);
    wfs_span behind = {1, 3, 30};

    (void)state;
    assert_false(wfs_progress_count(&row, 2, 10, NULL));
    assert_int_equal(row.contiguous_chunks, 0);
    assert_int_equal(row.highest_index, 2);
    assert_true(wfs_progress_count(&row, 0, 10, &behind));
    assert_int_equal(row.contiguous_chunks, 4);
    assert_int_equal(row.contiguous_bytes, 40);
    assert_int_equal(row.received_chunks, 2);
}

static void the_tail_takes_only_the_next_chunk(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    assert_int_equal(wfs_progress_place(&row, 1, 10, 0), WFS_EINVAL);
    assert_int_equal(wfs_progress_place(&row, 0, 10, 5), WFS_EINVAL);
    assert_int_equal(wfs_progress_place(&row, 0, 10, 0), WFS_OK);
    assert_int_equal(wfs_progress_place(&row, 2, 10, WFS_PLACE_LOOSE), WFS_OK);
    assert_int_equal(row.placed_chunks, 1);
    assert_int_equal(row.placed_bytes, 10);
    assert_int_equal(wfs_progress_place(&row, 1, 10, 10), WFS_OK);
    assert_int_equal(row.placed_bytes, 20);
}

static void a_fixed_chunk_lies_at_its_index(void **state)
{
    wfs_upload_row row = empty(100);

    (void)state;
    assert_int_equal(wfs_progress_place(&row, 3, 100, 300), WFS_OK);
    assert_int_equal(wfs_progress_place(&row, 3, 100, 301), WFS_EINVAL);
    assert_int_equal(wfs_progress_place(&row, 3, 100, WFS_PLACE_LOOSE),
                     WFS_EINVAL);
}

static void a_head_leaves_room_for_itself(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    assert_int_equal(wfs_progress_place(&row, 1, 9, WFS_PLACE_HEAD),
                     WFS_EINVAL);
    assert_int_equal(wfs_progress_place(&row, 0, 9, WFS_PLACE_HEAD), WFS_OK);
    assert_int_equal(row.placed_chunks, 1);
    assert_int_equal(row.placed_bytes, 9);
}

static void a_digest_moves_only_in_step(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);
    wfs_digest_state none = {.length = 0};
    wfs_digest_state some = {.bytes = {7}, .length = 40};

    (void)state;
    wfs_progress_digest(&row, 0, 10, &none);
    wfs_progress_digest(&row, 1, 10, &some);
    assert_int_equal(row.prefix_chunks, 0);
    wfs_progress_digest(&row, 0, 10, &some);
    assert_int_equal(row.prefix_chunks, 1);
    assert_int_equal(row.prefix_bytes, 10);
    assert_int_equal(row.digest.bytes[0], 7);
}

static void nothing_is_behind_a_provisional_chunk(void **state)
{
    wfs_upload_row row = empty(WFS_UNKNOWN);

    (void)state;
    assert_false(wfs_progress_is_behind(&row));
    row.contiguous_chunks = 2;
    assert_true(wfs_progress_is_behind(&row));
    row.head_bytes = 5;
    assert_false(wfs_progress_is_behind(&row));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_first_chunk_fits),
        cmocka_unit_test(an_index_stays_below_the_total),
        cmocka_unit_test(a_total_once_told_stays),
        cmocka_unit_test(a_total_covers_every_chunk_received),
        cmocka_unit_test(a_million_chunks_are_the_most),
        cmocka_unit_test(a_chunk_size_may_be_omitted_but_not_changed),
        cmocka_unit_test(only_the_last_chunk_is_shorter),
        cmocka_unit_test(a_shorter_chunk_tells_the_total),
        cmocka_unit_test(a_closed_gap_makes_what_is_behind_it_contiguous),
        cmocka_unit_test(the_tail_takes_only_the_next_chunk),
        cmocka_unit_test(a_fixed_chunk_lies_at_its_index),
        cmocka_unit_test(a_head_leaves_room_for_itself),
        cmocka_unit_test(a_digest_moves_only_in_step),
        cmocka_unit_test(nothing_is_behind_a_provisional_chunk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
