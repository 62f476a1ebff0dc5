/*
 * shelf.c - a catalogue with a publisher.
 */
#include "support/shelf.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void open_publisher(test_shelf *s)
{
    assert_int_equal(wfs_publisher_open(s->rows.catalogue, s->dir, s->dir,
                                        &s->publisher, NULL),
                     WFS_OK);
}

int test_shelf_setup(void **state)
{
    static test_shelf s;

    test_rows_open(&s.rows);
    s.dir = open(s.rows.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(s.dir >= 0);
    open_publisher(&s);
    *state = &s;
    return 0;
}

int test_shelf_teardown(void **state)
{
    test_shelf *s = *state;

    wfs_publisher_close(s->publisher);
    (void)unlinkat(s->dir, WFS_PUBLISHED_NAME, 0);
    (void)unlinkat(s->dir, "published", 0);
    (void)close(s->dir);
    test_rows_close(&s->rows);
    return 0;
}

void test_shelf_close_before_fork(test_shelf *s)
{
    wfs_publisher_close(s->publisher);
    s->publisher = NULL;
    test_rows_close_before_fork(&s->rows);
}

void test_shelf_open_in_child(test_shelf *s)
{
    (void)test_rows_open_in_child(&s->rows);
    open_publisher(s);
}

void test_shelf_open_again(test_shelf *s)
{
    test_rows_open_again(&s->rows);
    open_publisher(s);
}

char *test_shelf_read(test_shelf *s)
{
    int fd = openat(s->dir, WFS_PUBLISHED_NAME, O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *text;

    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &st), 0);
    text = calloc(1, (size_t)st.st_size + 1);
    assert_int_equal(read(fd, text, (size_t)st.st_size), st.st_size);
    (void)close(fd);
    return text;
}

size_t test_shelf_count(test_shelf *s)
{
    char *text = test_shelf_read(s);
    json_t *root = json_loads(text, 0, NULL);
    size_t count;

    assert_non_null(root);
    assert_int_equal(json_object_size(root), 1);
    count = json_array_size(json_object_get(root, "recordings"));
    json_decref(root);
    free(text);
    return count;
}

/* An object, and a comma behind it unless it is the last. */
static void check_line(const char *line, size_t length, bool is_last)
{
    size_t json = is_last ? length : length - 1;
    json_t *object = json_loadb(line, json, 0, NULL);

    if (!json_is_object(object) || (!is_last && line[json] != ',')) {
        fail_msg("not a recording on a line: %.*s", (int)length, line);
    }
    json_decref(object);
}

size_t test_shelf_count_lines(const char *text)
{
    static const char opening[] = "{\"recordings\":[\n";
    static const char closing[] = "]}\n";
    size_t count = 0;

    assert_memory_equal(text, opening, sizeof opening - 1);
    text += sizeof opening - 1;
    while (strcmp(text, closing) != 0) {
        const char *end = strchr(text, '\n');

        assert_non_null(end);
        check_line(text, (size_t)(end - text), strcmp(end + 1, closing) == 0);
        text = end + 1;
        count++;
    }
    return count;
}

bool test_shelf_is_published(test_shelf *s, bool *ret_has_failed)
{
    wfs_totals totals;
    bool answer;

    assert_int_equal(s->rows.api->get_totals(s->rows.catalogue, &totals, NULL),
                     WFS_OK);
    wfs_publisher_get_state(s->publisher, totals.generation, &answer,
                            ret_has_failed);
    return answer;
}

void test_shelf_write_record(test_shelf *s, const char *line)
{
    int fd = openat(s->dir, "published", O_WRONLY | O_TRUNC | O_CLOEXEC);

    assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
    (void)close(fd);
}

void test_shelf_pretend_run(test_shelf *s, unsigned took_ms)
{
    char line[128];

    (void)snprintf(line, sizeof line, "%020d %020d %020d %020u %020lld 0\n", 0,
                   0, 0, took_ms, (long long)time(NULL) * 1000 + 500);
    test_shelf_write_record(s, line);
}

void test_shelf_request(test_shelf *s)
{
    test_shelf_pretend_run(s, 0);
    wfs_publisher_request(s->publisher);
}
