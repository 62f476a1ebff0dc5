/*
 * test_place.c - where a new chunk goes.
 */
#include "support/store.h"

#include "place.h"

static wfs_upload_row make_upload(void)
{
    return (wfs_upload_row){.total_chunks = WFS_UNKNOWN,
                            .chunk_size = WFS_UNKNOWN,
                            .highest_index = WFS_UNKNOWN};
}

static void with_a_chunk_size_the_index_decides(void **state)
{
    wfs_upload_row upload = make_upload();

    (void)state;
    upload.chunk_size = 1000;
    assert_int_equal(wfs_place_choose(&upload, 0, false), 0);
    assert_int_equal(wfs_place_choose(&upload, 7, false), 7000);
    upload.chunk_size = UINT64_C(1) << 40;
    assert_true(wfs_place_choose(&upload, WFS_CHUNKS_MAX - 1, false) > 0);
}

static void without_one_the_next_chunk_goes_to_the_tail(void **state)
{
    wfs_upload_row upload = make_upload();

    (void)state;
    assert_int_equal(wfs_place_choose(&upload, 0, false), 0);
    upload.placed_chunks = 3;
    upload.placed_bytes = 4711;
    assert_int_equal(wfs_place_choose(&upload, 3, false), 4711);
}

static void a_chunk_behind_a_gap_is_loose(void **state)
{
    wfs_upload_row upload = make_upload();

    (void)state;
    assert_int_equal(wfs_place_choose(&upload, 1, false), WFS_PLACE_LOOSE);
    upload.placed_chunks = 1;
    upload.contiguous_chunks = 2; /* chunk 1 is loose and waits there */
    assert_int_equal(wfs_place_choose(&upload, 2, false), WFS_PLACE_LOOSE);
}

static void a_provisional_chunk_and_what_replaces_it_is_the_head(void **state)
{
    wfs_upload_row upload = make_upload();

    (void)state;
    assert_int_equal(wfs_place_choose(&upload, 0, true), WFS_PLACE_HEAD);
    upload.head_bytes = 100;
    upload.placed_chunks = 1;
    upload.placed_bytes = 100;
    assert_int_equal(wfs_place_choose(&upload, 0, false), WFS_PLACE_HEAD);
    assert_int_equal(wfs_place_choose(&upload, 1, false), 100);
}

static void only_the_chunk_at_the_prefix_is_in_step(void **state)
{
    wfs_upload_row upload = make_upload();

    (void)state;
    assert_true(wfs_place_is_in_step(&upload, 0, 0));
    assert_false(wfs_place_is_in_step(&upload, 1, WFS_PLACE_LOOSE));
    upload.prefix_chunks = 2;
    upload.prefix_bytes = 500;
    assert_false(wfs_place_is_in_step(&upload, 2, 500)); /* no state */
    upload.digest.length = 40;
    assert_true(wfs_place_is_in_step(&upload, 2, 500));
    assert_false(wfs_place_is_in_step(&upload, 3, 700));
    assert_false(wfs_place_is_in_step(&upload, 2, WFS_PLACE_LOOSE));
    upload.head_bytes = 10;
    assert_false(wfs_place_is_in_step(&upload, 2, 500));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_chunk_size_the_index_decides),
        cmocka_unit_test(without_one_the_next_chunk_goes_to_the_tail),
        cmocka_unit_test(a_chunk_behind_a_gap_is_loose),
        cmocka_unit_test(a_provisional_chunk_and_what_replaces_it_is_the_head),
        cmocka_unit_test(only_the_chunk_at_the_prefix_is_in_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
