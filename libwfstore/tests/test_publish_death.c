/*
 * test_publish_death.c - a process dies at each of its calls while another one
 * waits to publish, too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/calls.h"
#include "support/shelf.h"

/* More than any run has. */
#define CALLS_MAX 60

static void complete(test_shelf *s, char prefix, int number)
{
    char id[32];

    (void)snprintf(id, sizeof id, "%c%d", prefix, number);
    test_rows_complete(&s->rows, id, "Take", 10);
}

/* Its recording is there before it says so; then it publishes, or dies. */
static int publish_and_die(test_shelf *s, int number, bool is_torn, int ready)
{
    test_shelf_open_in_child(s);
    complete(s, 'a', number);
    if (write(ready, "x", 1) != 1) {
        return 3;
    }
    calls_reset();
    calls_kill(number, is_torn);
    if (wfs_publisher_publish(s->publisher, NULL) != WFS_OK) {
        return 4;
    }
    calls_stop();
    return 0;
}

static int publish_beside(test_shelf *s, int number, int ready)
{
    char byte;

    test_shelf_open_in_child(s);
    complete(s, 'b', number);
    if (read(ready, &byte, 1) != 1) {
        return 5;
    }
    return wfs_publisher_publish(s->publisher, NULL) == WFS_OK ? 0 : 6;
}

/* Whether the first one died; the second one may not even fail. */
static bool publish_both(test_shelf *s, int number, bool is_torn)
{
    int ready[2];
    int first = -1;
    int second = -1;
    pid_t pids[2];

    assert_int_equal(pipe(ready), 0);
    pids[0] = fork();
    if (pids[0] == 0) {
        _exit(publish_and_die(s, number, is_torn, ready[1]));
    }
    pids[1] = fork();
    if (pids[1] == 0) {
        (void)close(ready[1]);
        _exit(publish_beside(s, number, ready[0]));
    }
    (void)close(ready[0]);
    (void)close(ready[1]);
    assert_int_equal(waitpid(pids[0], &first, 0), pids[0]);
    assert_int_equal(waitpid(pids[1], &second, 0), pids[1]);
    assert_int_equal(second, 0);
    assert_true(first == 0 || WIFSIGNALED(first));
    return first != 0;
}

static void expect_all(test_shelf *s, int rounds)
{
    char *text = test_shelf_read(s);

    assert_int_equal(test_shelf_count_lines(text), 2 * rounds);
    free(text);
}

static void die_at_each_call(test_shelf *s, bool is_torn)
{
    int number = 0;
    bool has_died;

    test_shelf_close_before_fork(s);
    do {
        number++;
        assert_true(number < CALLS_MAX);
        has_died = publish_both(s, number, is_torn);
        expect_all(s, number);
    } while (has_died);
    assert_true(number > 6);
    test_shelf_open_again(s);
}

static void who_waits_publishes_for_one_that_died_at_a_call(void **state)
{
    die_at_each_call(*state, false);
}

static void who_waits_publishes_for_one_that_died_in_a_write(void **state)
{
    die_at_each_call(*state, true);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_shelf_setup, test_shelf_teardown)
    const struct CMUnitTest tests[] = {
        TEST(who_waits_publishes_for_one_that_died_at_a_call),
        TEST(who_waits_publishes_for_one_that_died_in_a_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
