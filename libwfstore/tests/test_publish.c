/* test_publish.c - metadata.json, whole at any moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "publish.h"
#include "support/rows.h"

/* The catalogue's folder is both the store and its .wfstore/ here. */
typedef struct shelf {
    test_rows rows;
    int dir;
    wfs_publisher *publisher;
} shelf;

static void open_publisher(shelf *s)
{
    s->dir = open(s->rows.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(s->dir >= 0);
    assert_int_equal(wfs_publisher_open(s->rows.catalogue, s->dir, s->dir,
                                        &s->publisher, NULL),
                     WFS_OK);
}

static int set_up(void **state)
{
    static shelf s;

    test_rows_open(&s.rows);
    open_publisher(&s);
    *state = &s;
    return 0;
}

static int tear_down(void **state)
{
    shelf *s = *state;

    wfs_publisher_close(s->publisher);
    (void)unlinkat(s->dir, WFS_PUBLISHED_NAME, 0);
    (void)unlinkat(s->dir, "published", 0);
    (void)close(s->dir);
    test_rows_close(&s->rows);
    return 0;
}

static char *read_file(shelf *s)
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

/* How many recordings the file shows; fails unless it is valid. */
static size_t count_published(shelf *s)
{
    char *text = read_file(s);
    json_t *root = json_loads(text, 0, NULL);
    size_t count;

    assert_non_null(root);
    assert_int_equal(json_object_size(root), 1);
    count = json_array_size(json_object_get(root, "recordings"));
    json_decref(root);
    free(text);
    return count;
}

static bool is_published(shelf *s, bool *ret_has_failed)
{
    wfs_totals totals;
    bool answer;

    assert_int_equal(s->rows.api->get_totals(s->rows.catalogue, &totals, NULL),
                     WFS_OK);
    wfs_publisher_get_state(s->publisher, totals.generation, &answer,
                            ret_has_failed);
    return answer;
}

static void write_record(shelf *s, const char *line)
{
    int fd = openat(s->dir, "published", O_WRONLY | O_TRUNC | O_CLOEXEC);

    assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
    (void)close(fd);
}

/* A record as publish_record.c writes it: a run of `took_ms`, ended now. */
static void pretend_run(shelf *s, unsigned took_ms)
{
    char line[128];

    (void)snprintf(line, sizeof line, "%020d %020d %020d %020u %020lld 0\n", 0,
                   0, 0, took_ms, (long long)time(NULL) * 1000 + 500);
    write_record(s, line);
}

/* However long the runs of this test take, the last one was quick. */
static void request(shelf *s)
{
    pretend_run(s, 0);
    wfs_publisher_request(s->publisher);
}

static void an_empty_list_is_valid(void **state)
{
    shelf *s = *state;
    char *text;

    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    text = read_file(s);
    assert_string_equal(text, "{\"recordings\":[\n]}\n");
    free(text);
}

static void a_recording_is_a_line_in_order_of_completion(void **state)
{
    shelf *s = *state;
    char *text;
    char *json;
    size_t length;
    char expected[2048];
    wfs_recording_row row;

    test_rows_complete(&s->rows, "b", "First", 10);
    test_rows_complete(&s->rows, "a", "Second", 10);
    request(s);
    assert_int_equal(
        s->rows.api->get_recording(s->rows.catalogue, "b", &row, NULL), WFS_OK);
    assert_int_equal(wfs_recording_to_json(&row.recording, &json, &length),
                     WFS_OK);
    (void)snprintf(expected, sizeof expected, "{\"recordings\":[\n%s,\n{",
                   json);
    free(json);
    wfs_recording_release(&row.recording);
    text = read_file(s);
    assert_memory_equal(text, expected, strlen(expected));
    assert_non_null(strstr(text, "\"Second\""));
    assert_string_equal(text + strlen(text) - 5, "}\n]}\n");
    free(text);
}

static void a_request_is_published_when_it_returns(void **state)
{
    shelf *s = *state;
    wfs_recording_change how = {.name = "New"};
    wfs_recording_row row;
    bool has_failed;

    for (int i = 0; i < 5; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "r%d", i);
        test_rows_complete(&s->rows, id, "Take", 10);
        assert_false(is_published(s, &has_failed));
        request(s);
        assert_true(is_published(s, &has_failed));
        assert_false(has_failed);
        assert_int_equal(count_published(s), i + 1);
    }
    assert_int_equal(s->rows.api->update_recording(s->rows.catalogue, "r1",
                                                   &how, &row, NULL),
                     WFS_OK);
    wfs_recording_release(&row.recording);
    assert_false(is_published(s, &has_failed));
    request(s);
    assert_true(is_published(s, &has_failed));
}

static void many_pages_are_one_list(void **state)
{
    shelf *s = *state;

    for (int i = 0; i < 450; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "r%d", i);
        test_rows_complete(&s->rows, id, "Take", 10);
    }
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(count_published(s), 450);
}

static void what_is_published_is_not_written_again(void **state)
{
    shelf *s = *state;
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
    shelf *s = *state;
    uint64_t next_ms;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(unlinkat(s->dir, WFS_PUBLISHED_NAME, 0), 0);
    assert_false(is_published(s, &has_failed));
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_int_equal(count_published(s), 1);
}

static void a_slow_list_is_left_to_tending(void **state)
{
    shelf *s = *state;
    uint64_t next_ms = 0;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    pretend_run(s, 5000000);
    wfs_publisher_request(s->publisher);
    assert_false(is_published(s, &has_failed));
    write_record(s, "x");
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_true(is_published(s, &has_failed));
    assert_true(next_ms > 0 && next_ms <= 2000);
}

static void tending_leaves_a_slow_list_its_time(void **state)
{
    shelf *s = *state;
    uint64_t next_ms = 0;
    bool has_failed;
    char line[128];
    long long now_ms = (long long)time(NULL) * 1000;

    test_rows_complete(&s->rows, "a", "Take", 10);
    (void)snprintf(line, sizeof line, "%020d %020d %020d %020d %020lld 0\n", 0,
                   0, 0, 10000, now_ms - 100000);
    write_record(s, line);
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_false(is_published(s, &has_failed));
    (void)snprintf(line, sizeof line, "%020d %020d %020d %020d %020lld 0\n", 0,
                   0, 0, 10000, now_ms - 200000);
    write_record(s, line);
    assert_int_equal(wfs_publisher_tend(s->publisher, &next_ms, NULL), WFS_OK);
    assert_true(is_published(s, &has_failed));
}

/* A file size limit stands for a full disk. */
static void publish_on_a_full_disk(shelf *s)
{
    const struct rlimit small = {64, RLIM_INFINITY};
    const struct rlimit large = {RLIM_INFINITY, RLIM_INFINITY};
    wfs_error error = WFS_ERROR_INIT;

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(wfs_publisher_publish(s->publisher, &error), WFS_ENOSPC);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &large), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(error.status, WFS_ENOSPC);
}

static void a_full_disk_leaves_the_old_list(void **state)
{
    shelf *s = *state;
    struct stat st;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    test_rows_complete(&s->rows, "b", "Take", 10);
    publish_on_a_full_disk(s);
    assert_int_equal(count_published(s), 1);
    assert_int_equal(fstatat(s->dir, "metadata.json.new", &st, 0), -1);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_true(is_published(s, &has_failed));
    assert_false(has_failed);
    assert_int_equal(count_published(s), 2);
}

#define THREADS 6
#define EACH 8

typedef struct worker {
    shelf *s;
    int number;
    int failures;
} worker;

static void complete_some(worker *w)
{
    for (int i = 0; i < EACH; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "w%d-%d", w->number, i);
        test_rows_complete(&w->s->rows, id, "Take", 10);
        assert_int_equal(wfs_publisher_publish(w->s->publisher, NULL), WFS_OK);
    }
}

/* Each finds its own recordings published, whoever did it. */
static void *work(void *data)
{
    worker *w = data;
    char *text;
    char id[32];

    complete_some(w);
    text = read_file(w->s);
    for (int i = 0; i < EACH; i++) {
        (void)snprintf(id, sizeof id, "\"w%d-%d\"", w->number, i);
        w->failures += strstr(text, id) == NULL;
    }
    free(text);
    return NULL;
}

static void threads_publish_for_each_other(void **state)
{
    pthread_t threads[THREADS];
    worker workers[THREADS];

    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){*state, i, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]),
                         0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(workers[i].failures, 0);
    }
    assert_int_equal(count_published(*state), THREADS * EACH);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_list_is_valid),
        TEST(a_recording_is_a_line_in_order_of_completion),
        TEST(a_request_is_published_when_it_returns),
        TEST(many_pages_are_one_list),
        TEST(what_is_published_is_not_written_again),
        TEST(a_file_taken_away_is_written_anew),
        TEST(a_slow_list_is_left_to_tending),
        TEST(tending_leaves_a_slow_list_its_time),
        TEST(a_full_disk_leaves_the_old_list),
        TEST(threads_publish_for_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
