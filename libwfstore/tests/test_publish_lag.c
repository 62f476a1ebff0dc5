/*
 * test_publish_lag.c - when metadata.json is written, and when it may wait.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "publish_record.h"
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
    while (!test_shelf_is_published(s, &has_failed)) {
        assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL),
                         WFS_OK); /* a slow disk is left its time */
    }
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

/* A run of a thousand seconds that ended `ago_ms` ago. */
static void pretend_slow(test_shelf *s, int ago_ms, const char *worked)
{
    char line[160];
    long long now_ms = (long long)time(NULL) * 1000;

    (void)snprintf(line, sizeof line, "%020d %020d %020d %020d %020lld 0%s\n",
                   0, 0, 0, 1000000, now_ms - ago_ms, worked);
    test_shelf_write_record(s, line);
}

static bool tend(test_shelf *s)
{
    uint64_t next_ms;
    bool has_failed;

    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    return test_shelf_is_published(s, &has_failed);
}

static void a_slow_disk_keeps_no_short_list_back(void **state)
{
    test_shelf *s = *state;

    test_rows_complete(&s->rows, "a", "Take", 10);
    pretend_slow(s, 500000, " 00000000000000000003"); /* not again at once */
    assert_false(tend(s));
    pretend_slow(s, 2000000, " 00000000000000500000"); /* a long list */
    assert_false(tend(s));
    pretend_slow(s, 2000000, " what another wrote..");
    assert_false(tend(s));
    pretend_slow(s, 2000000, " 00000000000000000003");
    assert_true(tend(s));
}

static void what_a_run_worked_is_remembered(void **state)
{
    test_shelf *s = *state;
    wfs_publish_record record;
    int fd;

    test_rows_complete(&s->rows, "a", "Take", 10);
    pretend_slow(s, 0, " 00000000000900000000");
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    fd = openat(s->dir, "published", O_RDONLY | O_CLOEXEC);
    assert_true(wfs_publish_record_read(fd, &record));
    (void)close(fd);
    assert_true(record.worked_ms <= record.took_ms + 1);
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
        TEST(a_slow_disk_keeps_no_short_list_back),
        TEST(what_a_run_worked_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
