/*
 * test_crash.c - kill -9 after every call: what was acknowledged is there, the
 * rest is as if never begun, and going on works.
 */
#include "support/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/calls.h"

#define CHUNK 5000
#define COUNT 4
#define SIZE (CHUNK * COUNT)

/* An upload from its first chunk to its recording, in one layout. */
typedef struct story {
    const char *id;
    uint64_t order[COUNT];
    uint64_t chunk_size;
    bool has_head;
} story;

static const story stories[] = {
    {"fixed", {2, 0, 3, 1}, CHUNK, false},
    {"tail", {0, 1, 2, 3}, WFS_UNKNOWN, false},
    {"loose", {3, 1, 0, 2}, WFS_UNKNOWN, false},
    {"head", {0, 2, 1, 3}, WFS_UNKNOWN, true},
};

static wfs_status send_one(wfs_store *store, const story *plan, uint64_t index,
                           const uint8_t *audio)
{
    wfs_chunk_spec spec = test_chunk_spec(plan->id, index);

    spec.chunk_size = plan->chunk_size;
    spec.is_provisional = plan->has_head && index == 0;
    return test_send(store, &spec, audio + index * CHUNK, CHUNK, NULL);
}

/* Each acknowledgement is a byte down the pipe. */
static void tell(int pipe_end)
{
    if (pipe_end != -1 && write(pipe_end, "+", 1) != 1) {
        _exit(99);
    }
}

/* Chunks that were accepted before are repeated: that must be no error. */
static wfs_status run_story(wfs_store *store, const story *plan,
                            const uint8_t *audio, int pipe_end)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_status status = WFS_OK;

    for (size_t i = 0; i < COUNT && status == WFS_OK; i++) {
        status = send_one(store, plan, plan->order[i], audio);
        if (status == WFS_OK) {
            tell(pipe_end);
        }
    }
    if (status == WFS_OK) {
        status = test_complete(store, plan->id, COUNT, &recording);
        wfs_recording_release(&recording);
    }
    if (status == WFS_OK) {
        tell(pipe_end);
    }
    return status;
}

/* In a child that dies after its n-th call. */
static void live_and_die(const test_store *self, const story *plan,
                         const uint8_t *audio, int n, int pipe_end)
{
    wfs_store *store = NULL;

    if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK) {
        _exit(100);
    }
    calls_watch(store);
    calls_reset();
    calls_kill(n, false);
    _exit(run_story(store, plan, audio, pipe_end) == WFS_OK ? 0 : 1);
}

/* Returns the number of acknowledgements; `ret_died` whether it was killed. */
static int run_child(const test_store *self, const story *plan,
                     const uint8_t *audio, int n, bool *ret_died)
{
    char told[COUNT + 2];
    int ends[2];
    int result = 0;
    int count = 0;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        live_and_die(self, plan, audio, n, ends[1]);
    }
    close(ends[1]);
    while (count < COUNT + 1 && read(ends[0], told + count, 1) == 1) {
        count++;
    }
    close(ends[0]);
    assert_int_equal(waitpid(pid, &result, 0), pid);
    *ret_died = WIFSIGNALED(result);
    if (!*ret_died) {
        assert_int_equal(WEXITSTATUS(result), 0);
    }
    return count;
}

static void expect_acknowledged(wfs_store *store, const story *plan, int told)
{
    wfs_upload_info info;
    wfs_status status = wfs_upload_get(store, plan->id, true, &info, NULL);
    uint64_t count = 0;

    if (status == WFS_ECOMPLETE) {
        return;
    }
    if (told == 0 && status == WFS_ENOUPLOAD) {
        return;
    }
    assert_status(status, WFS_OK);
    assert_true(told <= COUNT);
    for (size_t i = 0; i < info.received_count; i++) {
        count += info.received[i].last - info.received[i].first + 1;
    }
    assert_int_equal(count, info.received_chunks);
    assert_true(count >= (uint64_t)told);
    assert_true(count <= (uint64_t)told + 1);
    wfs_upload_info_release(&info);
}

static void tend_all(wfs_store *store)
{
    uint64_t next_ms = 0;

    assert_status(wfs_store_tend(store, 60000, &next_ms, NULL), WFS_OK);
}

static void forget(const test_store *self, const char *id)
{
    assert_status(wfs_recording_delete(self->store, id, NULL, NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* The client goes on, unless it is told that it is done. */
static wfs_status go_on(wfs_store *store, const story *plan,
                        const uint8_t *audio)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_status status = run_story(store, plan, audio, -1);

    if (status == WFS_ECOMPLETE) {
        status = test_complete(store, plan->id, COUNT, &recording);
        wfs_recording_release(&recording);
    }
    return status;
}

/* One death, then a new process: look, tend or not, go on, expect it all. */
static bool die_and_recover(test_store *self, const story *plan, int n,
                            bool tends)
{
    uint8_t *audio = test_audio_make(SIZE, (uint32_t)n);
    bool died = false;
    int told;

    wfs_store_close(self->store);
    self->store = NULL;
    told = run_child(self, plan, audio, n, &died);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    expect_acknowledged(self->store, plan, told);
    if (tends) {
        tend_all(self->store);
        expect_acknowledged(self->store, plan, told);
    }
    assert_status(go_on(self->store, plan, audio), WFS_OK);
    test_expect_recording(self, plan->id, audio, SIZE);
    tend_all(self->store);
    test_expect_recording(self, plan->id, audio, SIZE);
    free(audio);
    return died;
}

static void survive_every_death(test_store *self, const story *plan, bool tends)
{
    bool died = true;

    for (int n = 1; died; n++) {
        story own = *plan;
        char id[32];

        assert_true(n < 500);
        snprintf(id, sizeof(id), "%s-%d-%d", plan->id, tends, n);
        own.id = id;
        died = die_and_recover(self, &own, n, tends);
        forget(self, id);
    }
}

static void deaths_while_fixed_places_are_filled_lose_nothing(void **state)
{
    survive_every_death(*state, &stories[0], false);
}

static void deaths_while_the_tail_grows_lose_nothing(void **state)
{
    survive_every_death(*state, &stories[1], false);
}

static void deaths_while_loose_chunks_are_absorbed_lose_nothing(void **state)
{
    survive_every_death(*state, &stories[2], false);
    survive_every_death(*state, &stories[2], true);
}

static void deaths_with_a_provisional_head_lose_nothing(void **state)
{
    survive_every_death(*state, &stories[3], true);
}

/* A writer that is killed while it holds a chunk open, half written. */
static pid_t fork_half_writer(const test_store *self, const char *id,
                              const uint8_t *audio, uint64_t index)
{
    char ready;
    int ends[2];
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        wfs_chunk_spec spec = test_chunk_spec(id, index);
        wfs_store *store = NULL;
        wfs_chunk *chunk = NULL;

        if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK ||
            wfs_upload_begin_chunk(store, &spec, &chunk, NULL) != WFS_OK ||
            wfs_chunk_write(chunk, audio, CHUNK / 2, NULL) != WFS_OK) {
            _exit(1);
        }
        tell(ends[1]);
        for (;;) {
            pause();
        }
    }
    assert_int_equal(read(ends[0], &ready, 1), 1);
    close(ends[0]);
    close(ends[1]);
    return pid;
}

static void a_killed_writer_leaves_no_lock_and_no_bytes(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("killed", 0);
    wfs_upload_info info;
    pid_t pid;

    wfs_store_close(self->store);
    self->store = NULL;
    pid = fork_half_writer(self, "killed", audio, 0);
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, audio, SIZE, NULL), WFS_EBUSY);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_status(wfs_upload_get(self->store, "killed", false, &info, NULL),
                  WFS_ENOUPLOAD);
    test_send_ok(self->store, &spec, audio, CHUNK);
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + CHUNK, SIZE - CHUNK);
    test_complete_ok(self, "killed", 2, audio, SIZE);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_killed_writer_leaves_no_lock_and_no_bytes),
        ON_STORE(deaths_while_fixed_places_are_filled_lose_nothing),
        ON_STORE(deaths_while_the_tail_grows_lose_nothing),
        ON_STORE(deaths_while_loose_chunks_are_absorbed_lose_nothing),
        ON_STORE(deaths_with_a_provisional_head_lose_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
