/*
 * test_check.c - after an unclean stop the catalogue is looked through once,
 * in the background; damage is told and never repaired by itself.
 */
#include "support/rows.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_BYTES 4096
#define LOOKS_MAX 100

static void open_alone(test_rows *t)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;

    options.is_alone = true;
    assert_int_equal(
        wfs_catalogue_open_sqlite(t->folder, &options, &t->catalogue, NULL),
        WFS_OK);
    t->api = t->catalogue->api;
}

static wfs_catalogue_state get_state(test_rows *t)
{
    wfs_catalogue_state state;

    assert_int_equal(t->api->get_state(t->catalogue, &state, NULL), WFS_OK);
    return state;
}

static bool is_never_over(void *data)
{
    (void)data;
    return false;
}

static bool is_over_at_once(void *data)
{
    (*(int *)data)++;
    return true;
}

/* How many looks it takes until there is nothing more to do. */
static int look_through(test_rows *t)
{
    bool is_done = false;
    int looks = 0;

    while (!is_done && looks < LOOKS_MAX) {
        assert_int_equal(
            t->api->check(t->catalogue, is_never_over, NULL, &is_done, NULL),
            WFS_OK);
        looks++;
    }
    assert_true(looks < LOOKS_MAX);
    return looks;
}

/* A process that has it open is killed; so nobody has it open. */
static void die_with_it_open(test_rows *t)
{
    int status = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        (void)test_rows_open_in_child(t);
        (void)raise(SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}

static void a_clean_stop_needs_no_check(void **state)
{
    test_rows *t = *state;

    test_rows_complete(t, "abc", "Take", 10);
    test_rows_close_before_fork(t);
    open_alone(t);
    assert_false(get_state(t).is_check_due);
    assert_int_equal(look_through(t), 1);
}

static void after_an_unclean_stop_all_is_looked_through_once(void **state)
{
    test_rows *t = *state;

    test_rows_complete(t, "abc", "Take", 10);
    test_rows_close_before_fork(t);
    die_with_it_open(t);
    open_alone(t);
    assert_true(get_state(t).is_check_due);
    assert_true(look_through(t) > 5); /* a table at a time */
    assert_false(get_state(t).is_check_due);
    assert_false(get_state(t).is_broken);
    test_rows_close_before_fork(t);
    open_alone(t);
    assert_false(get_state(t).is_check_due);
}

static void one_that_is_still_open_elsewhere_is_not_suspected(void **state)
{
    test_rows *t = *state;
    test_rows other = *t;

    test_rows_open_again(&other);
    assert_false(get_state(&other).is_check_due);
    test_rows_close_before_fork(&other);
    assert_false(get_state(t).is_check_due);
}

static void a_look_goes_on_in_the_next_process(void **state)
{
    test_rows *t = *state;
    bool is_done = false;
    int first;

    test_rows_close_before_fork(t);
    die_with_it_open(t);
    open_alone(t);
    first = look_through(t);
    test_rows_close_before_fork(t);
    die_with_it_open(t);
    open_alone(t);
    assert_int_equal(
        t->api->check(t->catalogue, is_never_over, NULL, &is_done, NULL),
        WFS_OK);
    assert_false(is_done);
    test_rows_close_before_fork(t);
    open_alone(t);
    assert_true(get_state(t).is_check_due);
    assert_int_equal(look_through(t), first - 1);
}

static void a_look_can_be_interrupted_and_begins_anew(void **state)
{
    test_rows *t = *state;
    bool is_done = false;
    int asked = 0;
    char id[16];

    for (int i = 0; i < 2000; i++) {
        (void)snprintf(id, sizeof id, "r%d", i);
        (void)test_rows_begin(t, id, 10);
    }
    test_rows_close_before_fork(t);
    die_with_it_open(t);
    open_alone(t);
    assert_int_equal(
        t->api->check(t->catalogue, is_over_at_once, &asked, &is_done, NULL),
        WFS_OK);
    assert_int_not_equal(asked, 0);
    assert_false(is_done);
    assert_true(get_state(t).is_check_due);
    (void)look_through(t);
    assert_false(get_state(t).is_check_due);
    assert_false(get_state(t).is_broken);
}

static void damage_is_found_and_told(void **state)
{
    test_rows *t = *state;
    char noise[PAGE_BYTES];
    char path[256];
    long page = (long)test_rows_ask(t, "SELECT rootpage FROM sqlite_schema"
                                       " WHERE name = 'recording_size_up'");
    int fd;

    test_rows_complete(t, "abc", "Take", 10);
    test_rows_close_before_fork(t);
    die_with_it_open(t);
    memset(noise, 0x5a, sizeof noise);
    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3", t->folder);
    (void)test_rows_ask(t, "PRAGMA wal_checkpoint(TRUNCATE)");
    fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(
        pwrite(fd, noise, sizeof noise, (page - 1) * (off_t)PAGE_BYTES),
        sizeof noise);
    (void)close(fd);
    open_alone(t);
    (void)look_through(t);
    assert_true(get_state(t).is_broken);
    assert_false(get_state(t).is_check_due);
    (void)test_rows_begin(t, "new", 10); /* it goes on as far as it can */
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rows_setup, test_rows_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_clean_stop_needs_no_check),
        TEST(after_an_unclean_stop_all_is_looked_through_once),
        TEST(one_that_is_still_open_elsewhere_is_not_suspected),
        TEST(a_look_goes_on_in_the_next_process),
        TEST(a_look_can_be_interrupted_and_begins_anew),
        TEST(damage_is_found_and_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
