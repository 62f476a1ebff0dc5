/* test_ranges.c - which chunks are there, and which are missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/rows.h"

#define CHUNKS 60

typedef struct answer {
    wfs_range ranges[CHUNKS];
    size_t count;
    bool has_more;
} answer;

static answer ask(test_rows *t, int64_t row, bool missing, uint64_t end,
                  size_t max)
{
    answer a = {.count = 0};

    assert_int_equal(t->api->get_ranges(t->catalogue, row, missing, end,
                                        a.ranges, max, &a.count, &a.has_more,
                                        NULL),
                     WFS_OK);
    return a;
}

/* The same from a plain list of flags. */
static answer expect(const bool *is_there, bool missing, uint64_t end)
{
    answer a = {.count = 0};

    for (uint64_t i = 0; i < end; i++) {
        if (is_there[i] == missing) {
            continue;
        }
        if (i == 0 || is_there[i - 1] == missing) {
            a.ranges[a.count++] = (wfs_range){i, i};
        } else {
            a.ranges[a.count - 1].last = i;
        }
    }
    return a;
}

static void compare(const answer *got, const answer *want)
{
    assert_int_equal(got->count, want->count);
    assert_memory_equal(got->ranges, want->ranges,
                        want->count * sizeof *want->ranges);
    assert_false(got->has_more);
}

static void shuffle(uint64_t *order, size_t count)
{
    for (size_t i = count - 1; i > 0; i--) {
        size_t j = (size_t)rand() % (i + 1);
        uint64_t swapped = order[i];

        order[i] = order[j];
        order[j] = swapped;
    }
}

static void check(test_rows *t, const wfs_upload_row *row, const bool *is_there,
                  uint64_t highest)
{
    answer got = ask(t, row->row, false, 0, CHUNKS);
    answer want = expect(is_there, false, CHUNKS);
    uint64_t contiguous = 0;

    compare(&got, &want);
    got = ask(t, row->row, true, CHUNKS, CHUNKS);
    want = expect(is_there, true, CHUNKS);
    compare(&got, &want);
    got = ask(t, row->row, true, highest + 1, CHUNKS);
    want = expect(is_there, true, highest + 1);
    compare(&got, &want);
    while (contiguous < CHUNKS && is_there[contiguous]) {
        contiguous++;
    }
    assert_int_equal(row->contiguous_chunks, contiguous);
    assert_int_equal(row->contiguous_bytes, contiguous * 10);
    assert_int_equal(row->highest_index, highest);
}

static void ranges_follow_chunks_in_any_order(void **state)
{
    test_rows *t = *state;
    uint64_t order[CHUNKS];

    srand(4711);
    for (int round = 0; round < 8; round++) {
        bool is_there[CHUNKS] = {false};
        uint64_t highest = 0;
        char id[16];
        wfs_upload_row row;

        (void)snprintf(id, sizeof id, "u%d", round);
        row = test_rows_begin(t, id, 10);
        for (uint64_t i = 0; i < CHUNKS; i++) {
            order[i] = i;
        }
        shuffle(order, CHUNKS);
        for (size_t i = 0; i < CHUNKS; i++) {
            row = test_rows_accept(t, row.row, order[i], 10);
            is_there[order[i]] = true;
            highest = order[i] > highest ? order[i] : highest;
            check(t, &row, is_there, highest);
        }
        assert_int_equal(test_rows_ask(t, "SELECT count(*) FROM span"), 0);
    }
}

static void more_ranges_than_asked_for_are_told(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 10);
    answer got;

    for (uint64_t i = 0; i < 10; i += 2) {
        (void)test_rows_accept(t, row.row, i, 10);
    }
    got = ask(t, row.row, false, 0, 5);
    assert_int_equal(got.count, 5);
    assert_false(got.has_more);
    got = ask(t, row.row, false, 0, 4);
    assert_int_equal(got.count, 4);
    assert_true(got.has_more);
    assert_int_equal(got.ranges[3].first, 6);
    got = ask(t, row.row, true, 9, 3);
    assert_int_equal(got.count, 3);
    assert_true(got.has_more);
    got = ask(t, row.row, true, 9, 4);
    assert_false(got.has_more);
}

static void nothing_received_is_all_missing(void **state)
{
    test_rows *t = *state;
    wfs_upload_row row = test_rows_begin(t, "a", 10);
    answer got = ask(t, row.row, true, 7, CHUNKS);

    assert_int_equal(got.count, 1);
    assert_int_equal(got.ranges[0].first, 0);
    assert_int_equal(got.ranges[0].last, 6);
    assert_int_equal(ask(t, row.row, true, 0, CHUNKS).count, 0);
    assert_int_equal(ask(t, row.row, false, 0, CHUNKS).count, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)
    const struct CMUnitTest tests[] = {
        TEST(ranges_follow_chunks_in_any_order),
        TEST(more_ranges_than_asked_for_are_told),
        TEST(nothing_received_is_all_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
