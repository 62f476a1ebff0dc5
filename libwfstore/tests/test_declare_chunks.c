/*
 * test_declare_chunks.c - uploads of chunks whose total or size becomes known
 * on the way, and processes that say so at once.
 */
#include "support/store.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK 4000
#define COUNT 5
#define SIZE (CHUNK * COUNT)
#define PROCESSES 6

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

/* Chunk `index`, whose client knows of `total` chunks. */
static wfs_status send(const test_store *self, uint64_t index, uint64_t total,
                       wfs_error *error)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;
    wfs_status status;

    spec.total_chunks = total;
    status = wfs_upload_begin_chunk(self->store, &spec, &chunk, error);
    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + index * CHUNK, CHUNK, error);
    }
    if (status == WFS_OK) {
        return wfs_chunk_commit(chunk, &receipt, error);
    }
    wfs_chunk_discard(chunk);
    return status;
}

static void send_ok(const test_store *self, uint64_t index, uint64_t total)
{
    assert_status(send(self, index, total, NULL), WFS_OK);
}

static wfs_upload_info get_info(wfs_store *store)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, "take", false, &info, NULL), WFS_OK);
    return info;
}

/* Chunks 0 and 3, without a total: only 1 and 2 are known to be missing. */
static void send_two(const test_store *self)
{
    wfs_upload_info info;

    send_ok(self, 0, WFS_UNKNOWN);
    send_ok(self, 3, WFS_UNKNOWN);
    info = get_info(self->store);
    assert_true(info.total_chunks == WFS_UNKNOWN);
    assert_int_equal(info.missing_count, 1);
    assert_int_equal(info.missing[0].first, 1);
    assert_int_equal(info.missing[0].last, 2);
    wfs_upload_info_release(&info);
}

static void any_chunk_can_tell_how_many_there_are(void **state)
{
    const test_store *self = *state;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_upload_info info;

    send_two(self);
    send_ok(self, 1, COUNT);
    info = get_info(self->store);
    assert_int_equal(info.total_chunks, COUNT);
    assert_int_equal(info.missing_count, 2);
    assert_int_equal(info.missing[1].first, COUNT - 1);
    wfs_upload_info_release(&info);
    send_ok(self, 2, WFS_UNKNOWN);
    assert_status(test_complete(self->store, "take", WFS_UNKNOWN, &recording),
                  WFS_EMISSING);
    send_ok(self, COUNT - 1, COUNT);
    assert_status(test_complete(self->store, "take", COUNT + 1, &recording),
                  WFS_ECONFLICT);
    test_complete_ok(self, "take", WFS_UNKNOWN, audio, SIZE);
}

static void a_chunk_that_is_there_can_tell_it_too(void **state)
{
    const test_store *self = *state;
    wfs_upload_info info;

    send_two(self);
    send_ok(self, 0, COUNT);
    info = get_info(self->store);
    assert_int_equal(info.total_chunks, COUNT);
    assert_int_equal(info.received_chunks, 2);
    wfs_upload_info_release(&info);
}

static void another_total_is_refused_with_both_numbers(void **state)
{
    const test_store *self = *state;
    wfs_error error = WFS_ERROR_INIT;

    send_two(self);
    assert_status(send(self, 1, 3, &error), WFS_ECONFLICT);
    assert_int_equal(error.expected, 4);
    assert_int_equal(error.got, 3);
    send_ok(self, 1, COUNT);
    assert_status(send(self, 2, COUNT + 1, &error), WFS_ECONFLICT);
    assert_int_equal(error.expected, COUNT);
    assert_int_equal(error.got, COUNT + 1);
}

static void a_size_holds_for_chunks_in_any_order(void **state)
{
    const test_store *self = *state;
    const wfs_limits limits = WFS_LIMITS_INIT;
    wfs_error error = WFS_ERROR_INIT;

    send_two(self);
    assert_status(
        wfs_upload_declare_size(self->store, "take", 3 * CHUNK, &limits, NULL),
        WFS_OK);
    send_ok(self, 2, WFS_UNKNOWN);
    send_ok(self, 2, WFS_UNKNOWN); /* a repeat adds nothing */
    assert_status(send(self, 1, WFS_UNKNOWN, &error), WFS_ETOOLARGE);
    assert_int_equal(error.expected, 3 * CHUNK);
    assert_int_equal(error.got, 4 * CHUNK);
}

/* Each process says something else; `gate` is closed when they may. Ends with
 * 0 if it was first, 1 if it was told the size of the one that was. */
static int declare(const test_store *self, int gate, uint64_t size)
{
    const wfs_limits limits = WFS_LIMITS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_store *store = NULL;
    wfs_status status;
    char byte;

    if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK ||
        read(gate, &byte, 1) != 0) {
        return 2;
    }
    status = wfs_upload_declare_size(store, "take", size, &limits, &error);
    if (status == WFS_ECONFLICT) {
        wfs_upload_info info = get_info(store);

        status = error.got == size && error.expected == info.size_bytes
                     ? WFS_ECONFLICT
                     : WFS_EIO;
        wfs_upload_info_release(&info);
    }
    wfs_store_close(store);
    return status == WFS_OK ? 0 : status == WFS_ECONFLICT ? 1 : 3;
}

/* How many of the processes were first. */
static int race(test_store *self, uint64_t step)
{
    int firsts = 0;
    int gate[2];

    assert_int_equal(pipe(gate), 0);
    wfs_store_close(self->store);
    self->store = NULL;
    for (uint64_t i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid == 0) {
            close(gate[1]);
            _exit(declare(self, gate[0], SIZE + i * step));
        }
    }
    close(gate[0]);
    close(gate[1]);
    for (int i = 0; i < PROCESSES; i++) {
        int result = 0;

        assert_true(wait(&result) > 0);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) <= 1);
        firsts += WEXITSTATUS(result) == 0 ? 1 : 0;
    }
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    return firsts;
}

static void of_processes_that_declare_at_once_one_is_first(void **state)
{
    test_store *self = *state;

    send_ok(self, 0, WFS_UNKNOWN);
    assert_int_equal(race(self, 1), 1);
}

static void processes_that_declare_the_same_all_succeed(void **state)
{
    test_store *self = *state;

    send_ok(self, 0, WFS_UNKNOWN);
    assert_int_equal(race(self, 0), PROCESSES);
    for (uint64_t i = 1; i < COUNT; i++) {
        send_ok(self, i, WFS_UNKNOWN);
    }
    test_complete_ok(self, "take", WFS_UNKNOWN, audio, SIZE);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(any_chunk_can_tell_how_many_there_are),
        ON_STORE(a_chunk_that_is_there_can_tell_it_too),
        ON_STORE(another_total_is_refused_with_both_numbers),
        ON_STORE(a_size_holds_for_chunks_in_any_order),
        ON_STORE(of_processes_that_declare_at_once_one_is_first),
        ON_STORE(processes_that_declare_the_same_all_succeed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
