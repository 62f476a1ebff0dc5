/*
 * test_publish_lag.c - when metadata.json is written, and when it may wait.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "support/shelf.h"

static void what_is_published_is_not_written_again(void **state)
{
    test_shelf *s = *state;
    struct stat before;
    struct stat after;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(fstatat(s->dir, WFS_PUBLISHED_NAME, &before, 0), 0);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(fstatat(s->dir, WFS_PUBLISHED_NAME, &after, 0), 0);
    assert_true(before.st_ino == after.st_ino);
}

static void a_file_taken_away_is_written_anew(void **state)
{
    test_shelf *s = *state;
    uint64_t next_ms;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(unlinkat(s->dir, WFS_PUBLISHED_NAME, 0), 0);
    assert_false(test_shelf_is_published(s, &has_failed));
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_int_equal(test_shelf_count(s), 1);
}

static void a_slow_list_is_left_to_tending(void **state)
{
    test_shelf *s = *state;
    uint64_t next_ms = 0;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    test_shelf_pretend_run(s, 5000000);
    wfs_publisher_request(s->publisher);
    assert_false(test_shelf_is_published(s, &has_failed));
    test_shelf_write_record(s, "x");
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_true(test_shelf_is_published(s, &has_failed));
    assert_true(next_ms > 0 && next_ms <= 2000);
}

static void tending_leaves_a_slow_list_its_time(void **state)
{
    test_shelf *s = *state;
    uint64_t next_ms = 0;
    bool has_failed;
    char line[128];
    long long now_ms = (long long)time(NULL) * 1000;

    test_rows_complete(&s->rows, "a", "Take", 10);
    (void)snprintf(line, sizeof line, "%020d %020d %020d %020d %020lld 0\n", 0,
                   0, 0, 10000, now_ms - 100000);
    test_shelf_write_record(s, line);
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_false(test_shelf_is_published(s, &has_failed));
    (void)snprintf(line, sizeof line, "%020d %020d %020d %020d %020lld 0\n", 0,
                   0, 0, 10000, now_ms - 200000);
    test_shelf_write_record(s, line);
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_true(test_shelf_is_published(s, &has_failed));
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_shelf_setup, test_shelf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_published_is_not_written_again),
        TEST(a_file_taken_away_is_written_anew),
        TEST(a_slow_list_is_left_to_tending),
        TEST(tending_leaves_a_slow_list_its_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
