/*
 * test_live_pages.c - processes and threads that share the slots' file, a page
 * each.
 */
#include "support/slots.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 4
#define ROUNDS 300

/* A child that holds slot 0 of the row until it is killed. */
static pid_t fork_holder(const test_slots_pair *self)
{
    int ready[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        wfs_live *live = NULL;
        wfs_live_slot slot;

        wfs_live_open(self->dir, &live, NULL);
        wfs_live_claim(live, &slot, TEST_SLOTS_ROW, 0);
        if (write(ready[1], "x", 1) != 1) {
            _exit(1);
        }
        for (;;) {
            pause();
        }
    }
    assert_true(pid > 0);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static void what_a_killed_process_left_is_of_no_account(void **state)
{
    test_slots_pair *self = *state;
    pid_t pid = fork_holder(self);
    wfs_live_slot slot;

    assert_true(test_slots_is_found(self->here, 0));
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(test_slots_read(self, 0).row, TEST_SLOTS_ROW);
    assert_false(test_slots_is_found(self->here, 0));
    assert_int_equal(test_slots_stop(self->here, 0, 0, WFS_LIVE_DELETED), 0);
    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 1);
    assert_int_equal(test_slots_read(self, 0).index, 1);
    wfs_live_release(&slot);
}

static void a_page_belongs_to_one_process(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot here;
    wfs_live_slot there;

    wfs_live_claim(self->here, &here, TEST_SLOTS_ROW, 0);
    wfs_live_claim(self->there, &there, TEST_SLOTS_ROW, 1);
    assert_true(test_slots_is_found(self->here, 1));
    assert_true(test_slots_is_found(self->there, 0));
    assert_int_equal(
        test_slots_read(self, WFS_LIVE_PAGE_SLOTS * sizeof(wfs_live_entry))
            .index,
        1);
    wfs_live_release(&here);
    wfs_live_release(&there);
}

static void many_slots_fill_many_pages(void **state)
{
    enum { COUNT = 3 * WFS_LIVE_PAGE_SLOTS + 1 };
    test_slots_pair *self = *state;
    wfs_live_aim aim = {TEST_SLOTS_ROW, 0, COUNT, 0};
    wfs_live_slot *slots = calloc(COUNT, sizeof(*slots));
    wfs_live_slot other;

    assert_non_null(slots);
    wfs_live_claim(self->there, &other, TEST_SLOTS_ROW + 1, 0);
    for (uint64_t i = 0; i < COUNT; i++) {
        wfs_live_claim(self->here, &slots[i], TEST_SLOTS_ROW, i);
    }
    assert_int_equal(wfs_live_stop(self->there, &aim, WFS_LIVE_DELETED).stopped,
                     COUNT);
    test_slots_look(self->here);
    for (size_t i = 0; i < COUNT; i++) {
        assert_status(wfs_live_get_stop(&slots[i]), WFS_EGONE);
        wfs_live_release(&slots[i]);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        assert_false(test_slots_is_found(self->there, i));
    }
    wfs_live_release(&other);
    free(slots);
}

static void no_more_pages_than_the_file_may_have(void **state)
{
    test_slots_pair *self = *state;
    size_t page = 0;
    int fd = -1;

    assert_status(wfs_live_file_open(self->dir, &fd), WFS_OK);
    assert_status(wfs_live_file_take_page(fd, WFS_LIVE_PAGES_MAX - 1, &page),
                  WFS_OK);
    assert_int_equal(page, WFS_LIVE_PAGES_MAX - 1);
    assert_status(wfs_live_file_take_page(fd, WFS_LIVE_PAGES_MAX, &page),
                  WFS_EBUSY);
    close(fd);
}

/* Every index belongs to one thread, so nobody is stopped but by itself. */
static void *hammer(void *data)
{
    wfs_live *live = *(wfs_live **)data;
    uint64_t index = (uint64_t)(uintptr_t)data / sizeof(void *);
    wfs_live_slot slot;
    size_t wrong = 0;

    for (int i = 0; i < ROUNDS; i++) {
        wfs_live_claim(live, &slot, TEST_SLOTS_ROW, index);
        wfs_live_touch(&slot);
        wfs_live_look(live);
        wrong += wfs_live_get_stop(&slot) == WFS_OK ? 0 : 1;
        wrong += test_slots_is_found(live, index) ? 0 : 1;
        if (i % 3 == 0) {
            test_slots_stop(live, index, 0, WFS_LIVE_DELETED);
            wrong += wfs_live_get_stop(&slot) == WFS_EGONE ? 0 : 1;
        }
        wfs_live_release(&slot);
        wrong += test_slots_is_found(live, index) ? 1 : 0;
    }
    return (void *)(uintptr_t)wrong;
}

static void threads_and_files_do_not_disturb_each_other(void **state)
{
    test_slots_pair *self = *state;
    wfs_live *lives[THREADS] = {self->here, self->there, self->here,
                                self->there};
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, &lives[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;

        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
}

#define ON_PAIR(test)                                                          \
    cmocka_unit_test_setup_teardown(test, test_slots_setup, test_slots_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAIR(what_a_killed_process_left_is_of_no_account),
        ON_PAIR(a_page_belongs_to_one_process),
        ON_PAIR(many_slots_fill_many_pages),
        ON_PAIR(no_more_pages_than_the_file_may_have),
        ON_PAIR(threads_and_files_do_not_disturb_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
