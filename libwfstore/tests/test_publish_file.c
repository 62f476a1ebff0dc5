/*
 * test_publish_file.c - writing metadata.json: in which order, and what is
 * left when a call fails or the process dies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "publish.h"
#include "publish_file.h"
#include "support/calls.h"
#include "support/rows.h"

typedef struct shelf {
    test_rows rows;
    int dir;
} shelf;

static int set_up(void **state)
{
    static shelf s;

    test_rows_open(&s.rows);
    s.dir = open(s.rows.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(s.dir >= 0);
    *state = &s;
    return 0;
}

static int tear_down(void **state)
{
    shelf *s = *state;

    calls_reset();
    (void)unlinkat(s->dir, WFS_PUBLISHED_NAME, 0);
    (void)unlinkat(s->dir, "metadata.json.new", 0);
    (void)close(s->dir);
    test_rows_close(&s->rows);
    return 0;
}

static wfs_status publish(shelf *s)
{
    wfs_published_file file;

    return wfs_publish_file_write(s->rows.catalogue, s->dir, s->dir, &file,
                                  NULL);
}

/* How many recordings the file names, if it is whole; else -1. */
static int count_lines(shelf *s)
{
    static char text[65536];
    int fd = openat(s->dir, WFS_PUBLISHED_NAME, O_RDONLY | O_CLOEXEC, 0);
    ssize_t length;
    int lines = 0;

    assert_true(fd >= 0);
    length = read(fd, text, sizeof text - 1);
    assert_true(length > 0);
    (void)close(fd);
    text[length] = '\0';
    for (const char *at = text; (at = strstr(at, "\n{")) != NULL; at++) {
        lines++;
    }
    return strcmp(text + length - 3, "]}\n") == 0 ? lines : -1;
}

static void the_file_is_synced_before_its_name_and_the_name_then(void **state)
{
    shelf *s = *state;

    test_rows_complete(&s->rows, "a", "Take", 10);
    calls_reset();
    assert_int_equal(publish(s), WFS_OK);
    assert_string_equal(calls_get_log(), "unlink write sync rename sync-dir");
}

/* As a power cut may leave it, if only one folder has heard of the rename. */
static void name_twice(shelf *s)
{
    assert_int_equal(
        linkat(s->dir, WFS_PUBLISHED_NAME, s->dir, "metadata.json.new", 0), 0);
}

static void a_second_name_of_the_file_is_not_written_to(void **state)
{
    shelf *s = *state;
    int number = 1;
    bool has_failed = true;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(publish(s), WFS_OK);
    test_rows_complete(&s->rows, "b", "Take", 10);
    for (; has_failed; number++) {
        name_twice(s);
        calls_reset();
        calls_fail(number, CALLS_EIO);
        has_failed = publish(s) != WFS_OK;
        calls_reset();
        assert_true(count_lines(s) == 1 || count_lines(s) == 2);
        (void)unlinkat(s->dir, "metadata.json.new", 0);
    }
    assert_true(number >= 6);
    assert_int_equal(count_lines(s), 2);
}

static void what_fails_leaves_a_whole_file(void **state)
{
    shelf *s = *state;
    int number = 1;
    bool has_failed = true;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(publish(s), WFS_OK);
    test_rows_complete(&s->rows, "b", "Take", 10);
    for (; has_failed; number++) {
        calls_reset();
        calls_fail(number, CALLS_EIO);
        has_failed = publish(s) != WFS_OK;
        calls_reset();
        /* once renamed it is the new one, if only not yet for sure */
        assert_true(count_lines(s) == 1 || count_lines(s) == 2);
        assert_int_equal(faccessat(s->dir, "metadata.json.new", F_OK, 0), -1);
    }
    assert_true(number >= 6);
    assert_int_equal(count_lines(s), 2);
}

static void publish_and_die(shelf *s, int number)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_catalogue *catalogue;
    wfs_published_file file;

    if (wfs_catalogue_open_sqlite(s->rows.folder, &options, &catalogue, NULL) !=
        WFS_OK) {
        _exit(2);
    }
    calls_reset();
    calls_kill(number, false);
    (void)wfs_publish_file_write(catalogue, s->dir, s->dir, &file, NULL);
    _exit(0);
}

static void who_dies_leaves_a_whole_file(void **state)
{
    shelf *s = *state;
    int status = -1;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(publish(s), WFS_OK);
    test_rows_complete(&s->rows, "b", "Take", 10);
    s->rows.api->close(s->rows.catalogue);
    s->rows.catalogue = NULL;
    for (int number = 1; status != 0; number++) {
        pid_t child = fork();

        if (child == 0) {
            publish_and_die(s, number);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(count_lines(s) == 1 || count_lines(s) == 2);
        assert_true(number < 50);
    }
    assert_int_equal(count_lines(s), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_file_is_synced_before_its_name_and_the_name_then),
        TEST(a_second_name_of_the_file_is_not_written_to),
        TEST(what_fails_leaves_a_whole_file),
        TEST(who_dies_leaves_a_whole_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
