/*
 * test_publish.c - metadata.json, whole at any moment.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "support/shelf.h"

static void an_empty_list_is_valid(void **state)
{
    test_shelf *s = *state;
    char *text;

    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    text = test_shelf_read(s);
    assert_string_equal(text, "{\"recordings\":[\n]}\n");
    free(text);
}

static void a_recording_is_a_line_in_order_of_completion(void **state)
{
    test_shelf *s = *state;
    char *text;
    char *json;
    size_t length;
    char expected[2048];
    wfs_recording_row row;

    test_rows_complete(&s->rows, "b", "First", 10);
    test_rows_complete(&s->rows, "a", "Second", 10);
    test_shelf_request(s);
    assert_int_equal(
        s->rows.api->get_recording(s->rows.catalogue, "b", &row, NULL), WFS_OK);
    assert_int_equal(wfs_recording_to_json(&row.recording, &json, &length),
                     WFS_OK);
    (void)snprintf(expected, sizeof expected, "{\"recordings\":[\n%s,\n{",
                   json);
    free(json);
    wfs_recording_release(&row.recording);
    text = test_shelf_read(s);
    assert_memory_equal(text, expected, strlen(expected));
    assert_non_null(strstr(text, "\"Second\""));
    assert_string_equal(text + strlen(text) - 5, "}\n]}\n");
    free(text);
}

static void a_request_is_published_when_it_returns(void **state)
{
    test_shelf *s = *state;
    wfs_recording_change how = {.name = "New"};
    wfs_recording_row row;
    bool has_failed;

    for (int i = 0; i < 5; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "r%d", i);
        test_rows_complete(&s->rows, id, "Take", 10);
        assert_false(test_shelf_is_published(s, &has_failed));
        test_shelf_request(s);
        assert_true(test_shelf_is_published(s, &has_failed));
        assert_false(has_failed);
        assert_int_equal(test_shelf_count(s), i + 1);
    }
    assert_int_equal(s->rows.api->update_recording(s->rows.catalogue, "r1",
                                                   &how, &row, NULL),
                     WFS_OK);
    wfs_recording_release(&row.recording);
    assert_false(test_shelf_is_published(s, &has_failed));
    test_shelf_request(s);
    assert_true(test_shelf_is_published(s, &has_failed));
}

static void many_pages_are_one_list(void **state)
{
    test_shelf *s = *state;

    for (int i = 0; i < 450; i++) {
        char id[32];

        (void)snprintf(id, sizeof id, "r%d", i);
        test_rows_complete(&s->rows, id, "Take", 10);
    }
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_int_equal(test_shelf_count(s), 450);
}

/* A file size limit stands for a full disk. */
static void publish_on_a_full_disk(test_shelf *s)
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
    test_shelf *s = *state;
    struct stat st;
    bool has_failed;

    test_rows_complete(&s->rows, "a", "Take", 10);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    test_rows_complete(&s->rows, "b", "Take", 10);
    publish_on_a_full_disk(s);
    assert_int_equal(test_shelf_count(s), 1);
    assert_int_equal(fstatat(s->dir, "metadata.json.new", &st, 0), -1);
    assert_int_equal(wfs_publisher_publish(s->publisher, NULL), WFS_OK);
    assert_true(test_shelf_is_published(s, &has_failed));
    assert_false(has_failed);
    assert_int_equal(test_shelf_count(s), 2);
}

#define THREADS 6
#define EACH 8

typedef struct worker {
    test_shelf *s;
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
    text = test_shelf_read(w->s);
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
    assert_int_equal(test_shelf_count(*state), THREADS * EACH);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_shelf_setup, test_shelf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_list_is_valid),
        TEST(a_recording_is_a_line_in_order_of_completion),
        TEST(a_request_is_published_when_it_returns),
        TEST(many_pages_are_one_list),
        TEST(a_full_disk_leaves_the_old_list),
        TEST(threads_publish_for_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
