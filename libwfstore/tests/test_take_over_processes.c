/*
 * test_take_over_processes.c - writers of other processes are ended, too.
 */
#include "support/writers.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Another process that holds chunk 0; it tells by a byte that it does. */
typedef struct holder {
    pid_t pid;
    int ready;
} holder;

static void say(int fd)
{
    if (write(fd, "x", 1) != 1) {
        _exit(101);
    }
}

static void await(const holder *self)
{
    char byte;

    assert_int_equal(read(self->ready, &byte, 1), 1);
}

/* It ends with the status it was stopped with; `is_deaf`: never asks. */
static void hold(const test_store *self, uint64_t index, bool is_deaf, int fd)
{
    wfs_chunk_spec spec = test_writers_spec(index, WFS_UNKNOWN);
    test_writer older = {NULL, WFS_OK};
    wfs_store *store = NULL;

    if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK ||
        wfs_upload_begin_chunk(store, &spec, &older.chunk, NULL) != WFS_OK ||
        wfs_chunk_write(older.chunk, test_writers_audio, 1000, NULL) !=
            WFS_OK) {
        _exit(100);
    }
    say(fd);
    while (is_deaf) {
        pause();
    }
    test_writers_poll(&older);
    wfs_store_close(store);
    _exit(-older.stop);
}

static holder fork_holder(test_store *self, uint64_t index, bool is_deaf)
{
    holder child;
    int ready[2];

    assert_int_equal(pipe(ready), 0);
    wfs_store_close(self->store);
    self->store = NULL;
    child.pid = fork();
    if (child.pid == 0) {
        hold(self, index, is_deaf, ready[1]);
    }
    assert_true(child.pid > 0);
    close(ready[1]);
    child.ready = ready[0];
    await(&child);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    return child;
}

static void expect_end(const holder *self, wfs_status stop)
{
    int result = 0;

    assert_int_equal(waitpid(self->pid, &result, 0), self->pid);
    assert_true(WIFEXITED(result));
    assert_int_equal(-WEXITSTATUS(result), stop);
    close(self->ready);
}

static void it_works_from_process_to_process(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, TEST_WRITERS_HOUR_MS);
    holder older = fork_holder(self, 0, false);

    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    test_writers_take_over(self->store);
    expect_end(&older, WFS_EBUSY);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

static void deleting_ends_writers_of_other_processes(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    holder older;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    older = fork_holder(self, 1, false);
    assert_status(wfs_upload_delete(self->store, "take", NULL), WFS_OK);
    expect_end(&older, WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void completing_ends_writers_of_other_processes(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    holder older;

    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    older = fork_holder(self, 1, false);
    test_writers_complete_first(self->store);
    expect_end(&older, WFS_ECOMPLETE);
    test_expect_recording(self, "take", test_writers_audio, TEST_WRITERS_CHUNK);
}

static void a_killed_writer_is_in_nobodys_way(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, WFS_UNKNOWN);
    holder older = fork_holder(self, 0, true);

    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    kill(older.pid, SIGKILL);
    assert_int_equal(waitpid(older.pid, NULL, 0), older.pid);
    close(older.ready);
    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
    test_complete_ok(self, "take", 1, test_writers_audio, TEST_WRITERS_CHUNK);
}

/* The slot file is a courtesy: the lock still says no. */
static void without_slots_a_writer_is_only_busy(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    char noise[4096];
    FILE *stream;
    holder older;

    memset(noise, 0x5a, sizeof(noise));
    older = fork_holder(self, 0, true);
    kill(older.pid, SIGSTOP);
    stream = fopen(test_store_get_path(self, ".wfstore/live"), "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(noise, 1, sizeof(noise), stream), sizeof(noise));
    fclose(stream);
    assert_status(test_send(self->store, &spec, test_writers_audio,
                            TEST_WRITERS_CHUNK, NULL),
                  WFS_EBUSY);
    kill(older.pid, SIGKILL);
    assert_int_equal(waitpid(older.pid, NULL, 0), older.pid);
    close(older.ready);
    test_send_ok(self->store, &spec, test_writers_audio, TEST_WRITERS_CHUNK);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_writers_setup,                  \
                                    test_writers_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(it_works_from_process_to_process),
        ON_STORE(deleting_ends_writers_of_other_processes),
        ON_STORE(completing_ends_writers_of_other_processes),
        ON_STORE(a_killed_writer_is_in_nobodys_way),
        ON_STORE(without_slots_a_writer_is_only_busy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
