/*
 * test_publish_turns.c - threads that publish while another one does: one run
 * after that is enough for all of them.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "file.h"
#include "support/shelf.h"

#define THREADS 3

static atomic_bool is_counting; /* the publisher's threads are all there are */
static atomic_int waiting;      /* for the run of another thread */
static atomic_int runs;

int __real_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
wfs_status __real_wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                                     wfs_error *error);
wfs_status __wrap_wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                                     wfs_error *error);

/* With the mutex: whoever ends a run meanwhile finds this thread asleep. */
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    waiting++;
    return __real_pthread_cond_wait(condition, mutex);
}

/* The first run goes on once all other threads wait for it. */
wfs_status __wrap_wfs_file_wait_lock(int fd, uint64_t first, uint64_t count,
                                     wfs_error *error)
{
    if (is_counting && runs++ == 0) {
        while (waiting < THREADS - 1) {
            (void)sched_yield();
        }
    }
    return __real_wfs_file_wait_lock(fd, first, count, error);
}

static void *publish(void *data)
{
    test_shelf *s = data;

    return wfs_publisher_publish(s->publisher, NULL) == WFS_OK ? NULL : data;
}

static void those_who_wait_share_one_run(void **state)
{
    test_shelf *s = *state;
    pthread_t threads[THREADS];

    test_rows_complete(&s->rows, "a", "Take", 10);
    is_counting = true;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, publish, s), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failure;

        assert_int_equal(pthread_join(threads[i], &failure), 0);
        assert_null(failure);
    }
    is_counting = false;
    assert_int_equal(runs, 2);
    assert_int_equal(test_shelf_count(s), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(those_who_wait_share_one_run,
                                        test_shelf_setup, test_shelf_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
