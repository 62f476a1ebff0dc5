/*
 * test_parallel.c - many writers of one upload: threads and processes.
 */
#include "support/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK 40000
#define COUNT 24
#define SIZE (CHUNK * (COUNT - 1) + 1234)
#define WRITERS 4

typedef enum test_layout { FIXED, LOOSE } test_layout;

/* What one writer sends: every WRITERS-th chunk of a shuffled order. */
typedef struct writer {
    wfs_store *store;
    const char *id;
    const uint8_t *audio;
    test_layout layout;
    unsigned number;
    bool sends_all;
    wfs_status status;
} writer;

/* 7 and COUNT have no common divisor: every index once, far from in order. */
static uint64_t shuffle(uint64_t i)
{
    return i * 7 % COUNT;
}

static wfs_status send_chunk(const writer *self, uint64_t index)
{
    wfs_chunk_spec spec = test_chunk_spec(self->id, index);
    size_t from = (size_t)index * CHUNK;
    size_t length = SIZE - from < CHUNK ? SIZE - from : CHUNK;
    wfs_status status;

    if (self->layout == FIXED) {
        spec.chunk_size = CHUNK;
    }
    spec.total_chunks = COUNT;
    while ((status = test_send(self->store, &spec, self->audio + from, length,
                               NULL)) == WFS_EBUSY) {
        usleep(1000); /* as long as the disk needs */
    }
    return status;
}

static void *write_chunks(void *data)
{
    writer *self = data;

    self->status = WFS_OK;
    for (uint64_t i = 0; i < COUNT && self->status == WFS_OK; i++) {
        if (self->sends_all || i % WRITERS == self->number) {
            self->status = send_chunk(self, shuffle(i));
        }
    }
    return NULL;
}

static writer make_writer(const test_store *self, const char *id,
                          const uint8_t *audio, test_layout layout,
                          unsigned number)
{
    return (writer){.store = self->store,
                    .id = id,
                    .audio = audio,
                    .layout = layout,
                    .number = number,
                    .status = WFS_EIO};
}

static void run_threads(const test_store *self, const char *id,
                        test_layout layout, bool sends_all)
{
    uint8_t *audio = test_audio_make(SIZE, 5);
    pthread_t threads[WRITERS];
    writer writers[WRITERS];

    for (unsigned i = 0; i < WRITERS; i++) {
        writers[i] = make_writer(self, id, audio, layout, i);
        writers[i].sends_all = sends_all;
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_chunks, &writers[i]), 0);
    }
    for (unsigned i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_status(writers[i].status, WFS_OK);
    }
    test_complete_ok(self, id, COUNT, audio, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void threads_fill_fixed_places(void **state)
{
    run_threads(*state, "threads-fixed", FIXED, false);
}

static void threads_fill_tail_and_loose_places(void **state)
{
    run_threads(*state, "threads-loose", LOOSE, false);
}

static void threads_that_all_send_everything_agree(void **state)
{
    run_threads(*state, "threads-all", FIXED, true);
    run_threads(*state, "threads-all-loose", LOOSE, true);
}

/* A store is opened after the fork, as in a worker. */
static pid_t fork_writer(const test_store *self, const writer *plan)
{
    pid_t pid = fork();

    if (pid == 0) {
        writer child = *plan;

        if (wfs_store_open(self->path, NULL, &child.store, NULL) != WFS_OK) {
            _exit(100);
        }
        write_chunks(&child);
        wfs_store_close(child.store);
        _exit(child.status == WFS_OK ? 0 : 1);
    }
    assert_true(pid > 0);
    return pid;
}

static void run_processes(test_store *self, const char *id, test_layout layout,
                          bool sends_all)
{
    uint8_t *audio = test_audio_make(SIZE, 6);
    pid_t pids[WRITERS];

    wfs_store_close(self->store);
    self->store = NULL;
    for (unsigned i = 0; i < WRITERS; i++) {
        writer plan = make_writer(self, id, audio, layout, i);

        plan.sends_all = sends_all;
        pids[i] = fork_writer(self, &plan);
    }
    for (unsigned i = 0; i < WRITERS; i++) {
        int result = 0;

        assert_int_equal(waitpid(pids[i], &result, 0), pids[i]);
        assert_true(WIFEXITED(result));
        assert_int_equal(WEXITSTATUS(result), 0);
    }
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    test_complete_ok(self, id, COUNT, audio, SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    free(audio);
}

static void processes_fill_fixed_places(void **state)
{
    run_processes(*state, "processes-fixed", FIXED, false);
}

static void processes_fill_tail_and_loose_places(void **state)
{
    run_processes(*state, "processes-loose", LOOSE, false);
}

static void processes_that_all_send_everything_agree(void **state)
{
    run_processes(*state, "processes-all", LOOSE, true);
}

typedef struct completer {
    const test_store *store;
    wfs_status status;
    bool was_complete;
} completer;

static void *complete(void *data)
{
    completer *self = data;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    spec.id = "race";
    self->status = wfs_upload_complete(self->store->store, &spec, &recording,
                                       &self->was_complete, NULL);
    wfs_recording_release(&recording);
    return NULL;
}

static void of_many_who_complete_one_does_and_all_get_it(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 7);
    wfs_chunk_spec spec = test_chunk_spec("race", 0);
    pthread_t threads[WRITERS];
    completer completers[WRITERS];
    int first = 0;

    spec.total_chunks = 1;
    test_send_ok(self->store, &spec, audio, SIZE);
    for (int i = 0; i < WRITERS; i++) {
        completers[i] = (completer){self, WFS_EIO, false};
        pthread_create(&threads[i], NULL, complete, &completers[i]);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_status(completers[i].status, WFS_OK);
        first += completers[i].was_complete ? 0 : 1;
    }
    assert_int_equal(first, 1);
    test_expect_recording(self, "race", audio, SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(threads_fill_fixed_places),
        ON_STORE(threads_fill_tail_and_loose_places),
        ON_STORE(threads_that_all_send_everything_agree),
        ON_STORE(processes_fill_fixed_places),
        ON_STORE(processes_fill_tail_and_loose_places),
        ON_STORE(processes_that_all_send_everything_agree),
        ON_STORE(of_many_who_complete_one_does_and_all_get_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
