/*
 * test_complete_join.c - completing that takes its time: progress, giving up,
 * and whoever comes while it goes on.
 *
 * A provisional chunk 0 keeps the digest at the beginning, so that completing
 * has all of it to do; the one who completes stands still in its progress.
 */
#include "support/store.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEAD 1000
#define SIZE 3500000

static uint8_t *audio;

static int setup(void **state)
{
    audio = test_audio_make(SIZE, 1);
    return test_store_setup(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void send_all(wfs_store *store)
{
    wfs_chunk_spec spec = test_chunk_spec("long", 0);

    spec.is_provisional = true;
    test_send_ok(store, &spec, audio, HEAD);
    spec.is_provisional = false;
    spec.index = 1;
    spec.total_chunks = 2;
    test_send_ok(store, &spec, audio + HEAD, SIZE - HEAD);
}

/* What one who completes has seen; `gate` holds it where it has done some. */
typedef struct completer {
    wfs_store *store;
    pthread_mutex_t *gate;
    int reached; /* a pipe to tell that it stands there, or 0 */
    int calls;
    uint64_t done;
    uint64_t total;
    bool goes_back;
    int gives_up_at;
    uint64_t join_ms;
    wfs_status status;
    bool was_complete;
} completer;

static bool progress(void *data, uint64_t done, uint64_t total)
{
    completer *self = data;

    self->goes_back = self->goes_back || done < self->done || done > total;
    __atomic_add_fetch(&self->calls, 1, __ATOMIC_SEQ_CST);
    self->done = done;
    self->total = total;
    if (self->gate != NULL && self->calls == 1) {
        if (write(self->reached, "x", 1) != 1) {
            return false;
        }
        pthread_mutex_lock(self->gate);
        pthread_mutex_unlock(self->gate);
    }
    return self->calls != self->gives_up_at;
}

static void *complete(void *data)
{
    completer *self = data;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    spec.id = "long";
    spec.join_ms = self->join_ms;
    spec.progress = progress;
    spec.progress_data = self;
    self->status = wfs_upload_complete(self->store, &spec, &recording,
                                       &self->was_complete, NULL);
    if (self->status == WFS_OK) {
        wfs_recording_release(&recording);
    }
    return NULL;
}

static completer make_completer(wfs_store *store)
{
    return (completer){
        .store = store, .join_ms = WFS_UNKNOWN, .status = WFS_EIO};
}

static void progress_comes_to_its_end(void **state)
{
    const test_store *self = *state;
    completer only = make_completer(self->store);

    send_all(self->store);
    complete(&only);
    assert_status(only.status, WFS_OK);
    assert_false(only.goes_back);
    assert_true(only.calls >= 3);
    assert_int_equal(only.done, SIZE);
    assert_int_equal(only.total, SIZE);
    test_expect_recording(self, "long", audio, SIZE);
}

static void what_is_in_step_takes_no_work(void **state)
{
    const test_store *self = *state;
    completer only = make_completer(self->store);
    wfs_chunk_spec spec = test_chunk_spec("long", 0);

    spec.total_chunks = 1;
    test_send_ok(self->store, &spec, audio, SIZE);
    complete(&only);
    assert_status(only.status, WFS_OK);
    assert_int_equal(only.calls, 0);
    test_expect_recording(self, "long", audio, SIZE);
}

static void giving_up_leaves_the_upload_as_it_was(void **state)
{
    const test_store *self = *state;
    completer only = make_completer(self->store);
    wfs_upload_info info;

    send_all(self->store);
    only.gives_up_at = 2;
    complete(&only);
    assert_status(only.status, WFS_ECANCELED);
    assert_int_equal(only.calls, 2);
    assert_status(wfs_upload_get(self->store, "long", false, &info, NULL),
                  WFS_OK);
    assert_int_equal(info.received_bytes, SIZE);
    wfs_upload_info_release(&info);
    only = make_completer(self->store);
    complete(&only);
    assert_status(only.status, WFS_OK);
    test_expect_recording(self, "long", audio, SIZE);
}

/* A first one that stands at the gate, which the caller has locked. */
static void start_first(completer *first, pthread_t *thread,
                        pthread_mutex_t *gate)
{
    int reached[2];
    char byte;

    assert_int_equal(pipe(reached), 0);
    first->gate = gate;
    first->reached = reached[1];
    pthread_create(thread, NULL, complete, first);
    assert_int_equal(read(reached[0], &byte, 1), 1);
    close(reached[0]);
}

static void a_second_one_gets_the_firsts_recording(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    completer first = make_completer(self->store);
    completer second = make_completer(self->store);
    pthread_t threads[2];

    send_all(self->store);
    pthread_mutex_lock(&gate);
    start_first(&first, &threads[0], &gate);
    pthread_create(&threads[1], NULL, complete, &second);
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
    test_expect_recording(self, "long", audio, SIZE);
}

static void who_does_not_want_to_wait_is_told_busy(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    completer first = make_completer(self->store);
    completer second = make_completer(self->store);
    wfs_chunk_spec spec = test_chunk_spec("long", 0);
    pthread_t thread;

    send_all(self->store);
    pthread_mutex_lock(&gate);
    start_first(&first, &thread, &gate);
    second.join_ms = 0;
    complete(&second);
    assert_status(second.status, WFS_EBUSY);
    second = make_completer(self->store);
    second.gives_up_at = 1;
    complete(&second);
    assert_status(second.status, WFS_ECANCELED);
    spec.take_over_ms = 0;
    spec.is_provisional = true;
    assert_status(test_send(self->store, &spec, audio, HEAD, NULL), WFS_EBUSY);
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
    close(first.reached);
    assert_status(first.status, WFS_OK);
    test_expect_recording(self, "long", audio, SIZE);
}

static void when_the_first_gives_up_the_second_does_it(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    completer first = make_completer(self->store);
    completer second = make_completer(self->store);
    pthread_t threads[2];

    send_all(self->store);
    first.gives_up_at = 1;
    pthread_mutex_lock(&gate);
    start_first(&first, &threads[0], &gate);
    pthread_create(&threads[1], NULL, complete, &second);
    pthread_mutex_unlock(&gate);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    close(first.reached);
    assert_status(first.status, WFS_ECANCELED);
    assert_status(second.status, WFS_OK);
    assert_false(second.was_complete);
    test_expect_recording(self, "long", audio, SIZE);
}

static void deleting_ends_completing(void **state)
{
    const test_store *self = *state;
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    completer first = make_completer(self->store);
    pthread_t thread;

    send_all(self->store);
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
        completer first = make_completer(NULL);

        pthread_mutex_lock(&gate);
        first.gate = &gate;
        first.reached = reached[1];
        if (wfs_store_open(self->path, NULL, &first.store, NULL) == WFS_OK) {
            complete(&first);
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
    completer second;
    pthread_t thread;
    pid_t pid;

    send_all(self->store);
    pid = fork_first(self);
    second = make_completer(self->store);
    pthread_create(&thread, NULL, complete, &second);
    while (__atomic_load_n(&second.calls, __ATOMIC_SEQ_CST) == 0) {
        usleep(1000); /* it has joined the one in the other process */
    }
    kill(pid, SIGKILL);
    pthread_join(thread, NULL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_status(second.status, WFS_OK);
    assert_false(second.was_complete);
    test_expect_recording(self, "long", audio, SIZE);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(progress_comes_to_its_end),
        ON_STORE(what_is_in_step_takes_no_work),
        ON_STORE(giving_up_leaves_the_upload_as_it_was),
        ON_STORE(a_second_one_gets_the_firsts_recording),
        ON_STORE(who_does_not_want_to_wait_is_told_busy),
        ON_STORE(when_the_first_gives_up_the_second_does_it),
        ON_STORE(deleting_ends_completing),
        ON_STORE(when_the_first_dies_the_second_does_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
