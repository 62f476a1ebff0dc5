/*
 * test_background.c - the queue of uploads that wait to be caught up: each is
 * in it once.
 */
#include "support/store.h"

#include <stdio.h>

#include "background.h"
#include "store_internal.h"

static void put(wfs_background *queue, int64_t row)
{
    wfs_upload_row upload = {.row = row};

    (void)snprintf(upload.id, sizeof upload.id, "upload-%d", (int)row);
    assert_false(wfs_background_put(queue, &upload, NULL));
}

static wfs_background_job *take(wfs_background *queue)
{
    uint64_t wait_ms;

    return wfs_background_take(queue, INT64_MAX, &wait_ms);
}

static void expect_left(wfs_background *queue, int count)
{
    while (count-- > 0) {
        assert_non_null(take(queue));
        wfs_background_return(queue, false);
    }
    assert_null(take(queue));
}

static void what_waits_already_is_not_put_again(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};

    (void)state;
    put(&queue, 1);
    put(&queue, 2);
    put(&queue, 3);
    put(&queue, 2);
    put(&queue, 3);
    expect_left(&queue, 3);
}

static void what_was_put_while_taken_is_not_put_back(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};

    (void)state;
    put(&queue, 1);
    assert_non_null(take(&queue));
    put(&queue, 2);
    put(&queue, 1);
    wfs_background_return(&queue, true);
    expect_left(&queue, 2);
}

static void what_is_unfinished_waits_behind_the_others(void **state)
{
    wfs_background queue = {NULL, NULL, NULL};
    wfs_background_job *first;

    (void)state;
    put(&queue, 1);
    put(&queue, 2);
    first = take(&queue);
    wfs_background_return(&queue, true);
    assert_ptr_not_equal(take(&queue), first);
    wfs_background_return(&queue, false);
    assert_ptr_equal(take(&queue), first);
    wfs_background_return(&queue, false);
    expect_left(&queue, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waits_already_is_not_put_again),
        cmocka_unit_test(what_was_put_while_taken_is_not_put_back),
        cmocka_unit_test(what_is_unfinished_waits_behind_the_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
