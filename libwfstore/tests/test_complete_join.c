/*
 * test_complete_join.c - whoever comes while an upload is being completed.
 */
#include "support/completers.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A first one that stands at the gate, which the caller has locked. */
static void start_first(test_completer *first, pthread_t *thread,
                        pthread_mutex_t *gate)
{
    int reached[2];
    char byte;

    assert_int_equal(pipe(reached), 0);
    first->gate = gate;
    first->reached = reached[1];
    pthread_create(thread, NULL, test_completers_run, first);
    assert_int_equal(read(reached[0], &byte, 1), 1);
    close(reached[0]);
}

static void a_second_one_gets_the_firsts_recording(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    test_completer first = test_completers_make(self->store);
    test_completer second = test_completers_make(self->store);
    pthread_t threads[2];

    test_completers_send(self->store);
    pthread_mutex_lock(&gate);
    start_first(&first, &threads[0], &gate);
    pthread_create(&threads[1], NULL, test_completers_run, &second);
    while (__atomic_load_n(&second.calls, __ATOMIC_SEQ_CST) == 0) {
        usleep(1000); /* it is told how far the first one is */
    }
    pthread_mutex_unlock(&gate);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    close(first.reached);
    assert_status(first.status, WFS_OK);
    assert_status(second.status, WFS_OK);
    assert_false(first.was_complete);
    assert_true(second.was_complete);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

static void who_does_not_want_to_wait_is_told_busy(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    test_completer first = test_completers_make(self->store);
    test_completer second = test_completers_make(self->store);
    wfs_chunk_spec spec = test_chunk_spec("long", 0);
    pthread_t thread;

    test_completers_send(self->store);
    pthread_mutex_lock(&gate);
    start_first(&first, &thread, &gate);
    second.join_ms = 0;
    test_completers_run(&second);
    assert_status(second.status, WFS_EBUSY);
    second = test_completers_make(self->store);
    second.gives_up_at = 1;
    test_completers_run(&second);
    assert_status(second.status, WFS_ECANCELED);
    spec.take_over_ms = 0;
    spec.is_provisional = true;
    assert_status(test_send(self->store, &spec, test_completers_audio,
                            TEST_COMPLETERS_HEAD, NULL),
                  WFS_EBUSY);
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
    close(first.reached);
    assert_status(first.status, WFS_OK);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

static void when_the_first_gives_up_the_second_does_it(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    test_completer first = test_completers_make(self->store);
    test_completer second = test_completers_make(self->store);
    pthread_t threads[2];

    test_completers_send(self->store);
    first.gives_up_at = 1;
    pthread_mutex_lock(&gate);
    start_first(&first, &threads[0], &gate);
    pthread_create(&threads[1], NULL, test_completers_run, &second);
    pthread_mutex_unlock(&gate);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    close(first.reached);
    assert_status(first.status, WFS_ECANCELED);
    assert_status(second.status, WFS_OK);
    assert_false(second.was_complete);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

static void deleting_ends_completing(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    test_completer first = test_completers_make(self->store);
    pthread_t thread;

    test_completers_send(self->store);
    pthread_mutex_lock(&gate);
    start_first(&first, &thread, &gate);
    assert_status(wfs_upload_delete(self->store, "long", NULL), WFS_OK);
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
    close(first.reached);
    assert_status(first.status, WFS_EGONE);
    assert_true(first.calls < 3);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* A child that stands in the middle of completing until it is killed. */
static pid_t fork_first(test_store *self)
{
    int reached[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe(reached), 0);
    wfs_store_close(self->store);
    self->store = NULL;
    pid = fork();
    if (pid == 0) {
        pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
        test_completer first = test_completers_make(NULL);

        pthread_mutex_lock(&gate);
        first.gate = &gate;
        first.reached = reached[1];
        if (wfs_store_open(self->path, NULL, &first.store, NULL) == WFS_OK) {
            test_completers_run(&first);
        }
        _exit(100);
    }
    assert_true(pid > 0);
    assert_int_equal(read(reached[0], &byte, 1), 1);
    close(reached[0]);
    close(reached[1]);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    return pid;
}

static void when_the_first_dies_the_second_does_it(void **state)
{
    test_store *self = *state;
    test_completer second;
    pthread_t thread;
    pid_t pid;

    test_completers_send(self->store);
    pid = fork_first(self);
    second = test_completers_make(self->store);
    pthread_create(&thread, NULL, test_completers_run, &second);
    while (__atomic_load_n(&second.calls, __ATOMIC_SEQ_CST) == 0) {
        usleep(1000); /* it has joined the one in the other process */
    }
    kill(pid, SIGKILL);
    pthread_join(thread, NULL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_status(second.status, WFS_OK);
    assert_false(second.was_complete);
    test_expect_recording(self, "long", test_completers_audio,
                          TEST_COMPLETERS_SIZE);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_completers_setup,               \
                                    test_completers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_second_one_gets_the_firsts_recording),
        ON_STORE(who_does_not_want_to_wait_is_told_busy),
        ON_STORE(when_the_first_gives_up_the_second_does_it),
        ON_STORE(deleting_ends_completing),
        ON_STORE(when_the_first_dies_the_second_does_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
