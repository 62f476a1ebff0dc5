/*
 * test_take_over.c - ending writers: by a newer one, by deleting, by
 * completing; in this process and in others.
 *
 * An older writer is idle for 0 ms at once, and never for an hour: so no test
 * depends on how long something takes.
 */
#include "support/store.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catch_up.h"
#include "live.h"

#define CHUNK 40000
#define HOUR_MS 3600000

static uint8_t *audio;

static int setup(void **state)
{
    audio = test_audio_make((size_t)2 * CHUNK, 1);
    return test_store_setup(state);
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static wfs_chunk_spec make_spec(uint64_t index, uint64_t take_over_ms)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);

    spec.take_over_ms = take_over_ms;
    return spec;
}

static wfs_chunk *begin(wfs_store *store, uint64_t index)
{
    wfs_chunk_spec spec = make_spec(index, WFS_UNKNOWN);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_chunk(store, &spec, &chunk, NULL), WFS_OK);
    return chunk;
}

/* A newer writer comes again while the older one has not ended yet, as a client
 * does. */
static void take_over(wfs_store *store)
{
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_status status;

    do {
        status = test_send(store, &spec, audio, CHUNK, NULL);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_OK);
}

/* As an event loop does: poll, and discard when told to. */
typedef struct poller {
    wfs_chunk *chunk;
    wfs_status stop;
} poller;

static void *poll_and_discard(void *data)
{
    poller *self = data;

    while ((self->stop = wfs_chunk_get_stop(self->chunk)) == WFS_OK) {
        usleep(1000);
    }
    wfs_chunk_discard(self->chunk);
    return NULL;
}

static void a_newer_writer_takes_the_chunk_of_an_idle_one(void **state)
{
    const test_store *self = *state;
    poller older = {begin(self->store, 0), WFS_OK};
    pthread_t thread;

    assert_status(wfs_chunk_write(older.chunk, audio, 1000, NULL), WFS_OK);
    pthread_create(&thread, NULL, poll_and_discard, &older);
    take_over(self->store);
    pthread_join(thread, NULL);
    assert_status(older.stop, WFS_EBUSY);
    test_complete_ok(self, "take", 1, audio, CHUNK);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void one_that_receives_is_left_alone(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, HOUR_MS);
    wfs_chunk *older = begin(self->store, 0);
    wfs_receipt receipt;

    assert_status(wfs_chunk_write(older, audio, 1000, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    spec.take_over_ms = WFS_UNKNOWN;
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    assert_status(wfs_chunk_get_stop(older), WFS_OK);
    wfs_chunk_touch(older);
    assert_status(wfs_chunk_write(older, audio + 1000, CHUNK - 1000, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

static void one_that_is_taken_over_can_neither_write_nor_submit(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_chunk *older = begin(self->store, 0);
    wfs_receipt receipt;

    assert_status(wfs_chunk_write(older, audio, CHUNK, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    assert_status(wfs_chunk_write(older, audio, 1, NULL), WFS_EBUSY);
    wfs_chunk_discard(older);
    older = begin(self->store, 0);
    assert_status(wfs_chunk_write(older, audio, CHUNK, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_EBUSY);
    test_send_ok(self->store, &spec, audio, CHUNK);
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

static void other_chunks_of_the_upload_are_left_alone(void **state)
{
    const test_store *self = *state;
    wfs_chunk *other = begin(self->store, 1);
    poller older = {begin(self->store, 0), WFS_OK};
    pthread_t thread;
    wfs_receipt receipt;

    pthread_create(&thread, NULL, poll_and_discard, &older);
    take_over(self->store);
    pthread_join(thread, NULL);
    assert_status(wfs_chunk_get_stop(other), WFS_OK);
    assert_status(wfs_chunk_write(other, audio + CHUNK, CHUNK, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(other, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 2, audio, (size_t)2 * CHUNK);
}

/* A catalogue that holds receipts back, so that a chunk stays queued. */
static struct {
    const wfs_catalogue_api *api;
    wfs_catalogue_api gated;
    pthread_mutex_t mutex;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static wfs_status put_receipts(wfs_catalogue *catalogue,
                               const wfs_receipt_spec *specs, size_t count,
                               wfs_receipt_result *ret_results,
                               wfs_error *error)
{
    pthread_mutex_lock(&gate.mutex);
    pthread_mutex_unlock(&gate.mutex);
    return gate.api->put_receipts(catalogue, specs, count, ret_results, error);
}

static void note(void *data, wfs_status status, const wfs_receipt *receipt,
                 const wfs_error *error)
{
    (void)receipt;
    (void)error;
    __atomic_store_n((int *)data, status == WFS_OK ? 1 : -1, __ATOMIC_SEQ_CST);
}

static void a_queued_chunk_is_not_taken_over(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_chunk *older = begin(self->store, 0);
    wfs_receipt receipt;
    int outcome = 0;

    gate.api = self->store->catalogue->api;
    gate.gated = *gate.api;
    gate.gated.put_receipts = put_receipts;
    self->store->catalogue->api = &gate.gated;
    assert_status(wfs_chunk_write(older, audio, CHUNK, NULL), WFS_OK);
    pthread_mutex_lock(&gate.mutex);
    assert_status(wfs_chunk_submit(older, note, &outcome, NULL), WFS_OK);
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    pthread_mutex_unlock(&gate.mutex);
    while (__atomic_load_n(&outcome, __ATOMIC_SEQ_CST) == 0) {
        usleep(1000);
    }
    assert_int_equal(outcome, 1);
    assert_status(test_send(self->store, &spec, audio, CHUNK, &receipt),
                  WFS_OK);
    assert_true(receipt.existed);
    self->store->catalogue->api = gate.api;
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

/* A disk on which a newer writer comes while the older one syncs. */
static struct {
    const wfs_blobs_api *api;
    wfs_blobs_api hooked;
    wfs_store *store;
} slow_disk;

static wfs_status sync_and_be_stopped(wfs_blob *blob, wfs_error *error)
{
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_chunk *newer = NULL;

    slow_disk.store->blobs->api = slow_disk.api;
    assert_status(wfs_upload_begin_chunk(slow_disk.store, &spec, &newer, NULL),
                  WFS_EBUSY);
    return slow_disk.api->sync(blob, error);
}

static void one_that_is_stopped_while_it_syncs_is_not_queued(void **state)
{
    const test_store *self = *state;
    wfs_chunk *older = begin(self->store, 0);
    wfs_receipt receipt;

    slow_disk.store = self->store;
    slow_disk.api = self->store->blobs->api;
    slow_disk.hooked = *slow_disk.api;
    slow_disk.hooked.sync = sync_and_be_stopped;
    assert_status(wfs_chunk_write(older, audio, CHUNK, NULL), WFS_OK);
    self->store->blobs->api = &slow_disk.hooked;
    assert_status(wfs_chunk_commit(older, &receipt, NULL), WFS_EBUSY);
    take_over(self->store);
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

static void deleting_ends_writers(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_chunk *late;

    test_send_ok(self->store, &spec, audio, CHUNK);
    late = begin(self->store, 1);
    assert_status(wfs_chunk_write(late, audio, 1000, NULL), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "take", NULL), WFS_OK);
    assert_status(wfs_chunk_get_stop(late), WFS_EGONE);
    assert_status(wfs_chunk_write(late, audio, 1000, NULL), WFS_EGONE);
    wfs_chunk_discard(late);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* Chunk 0 is all there is; a writer may take its time to end. */
static void complete_first(wfs_store *store)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;
    wfs_status status;

    spec.id = "take";
    spec.size_bytes = CHUNK;
    do {
        status =
            wfs_upload_complete(store, &spec, &recording, &was_complete, NULL);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_OK);
    wfs_recording_release(&recording);
}

static void completing_ends_writers_of_chunks_it_does_not_need(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    poller late;
    pthread_t thread;

    test_send_ok(self->store, &spec, audio, CHUNK);
    late = (poller){begin(self->store, 1), WFS_OK};
    pthread_create(&thread, NULL, poll_and_discard, &late);
    complete_first(self->store);
    pthread_join(thread, NULL);
    assert_status(late.stop, WFS_ECOMPLETE);
    test_expect_recording(self, "take", audio, CHUNK);
}

static void completing_in_vain_ends_nobody(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_receipt receipt;
    wfs_chunk *late;

    test_send_ok(self->store, &spec, audio, CHUNK);
    late = begin(self->store, 1);
    assert_status(test_complete(self->store, "take", 2, &recording),
                  WFS_EMISSING);
    assert_status(wfs_chunk_get_stop(late), WFS_OK);
    assert_status(wfs_chunk_write(late, audio + CHUNK, CHUNK, NULL), WFS_OK);
    assert_status(wfs_chunk_commit(late, &receipt, NULL), WFS_OK);
    test_complete_ok(self, "take", 2, audio, (size_t)2 * CHUNK);
}

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
    wfs_chunk_spec spec = make_spec(index, WFS_UNKNOWN);
    poller older = {NULL, WFS_OK};
    wfs_store *store = NULL;

    if (wfs_store_open(self->path, NULL, &store, NULL) != WFS_OK ||
        wfs_upload_begin_chunk(store, &spec, &older.chunk, NULL) != WFS_OK ||
        wfs_chunk_write(older.chunk, audio, 1000, NULL) != WFS_OK) {
        _exit(100);
    }
    say(fd);
    while (is_deaf) {
        pause();
    }
    poll_and_discard(&older);
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
    wfs_chunk_spec spec = make_spec(0, HOUR_MS);
    holder older = fork_holder(self, 0, false);

    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    take_over(self->store);
    expect_end(&older, WFS_EBUSY);
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

static void deleting_ends_writers_of_other_processes(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    holder older;

    test_send_ok(self->store, &spec, audio, CHUNK);
    older = fork_holder(self, 1, false);
    assert_status(wfs_upload_delete(self->store, "take", NULL), WFS_OK);
    expect_end(&older, WFS_EGONE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

static void completing_ends_writers_of_other_processes(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    holder older;

    test_send_ok(self->store, &spec, audio, CHUNK);
    older = fork_holder(self, 1, false);
    complete_first(self->store);
    expect_end(&older, WFS_ECOMPLETE);
    test_expect_recording(self, "take", audio, CHUNK);
}

static void a_killed_writer_is_in_nobodys_way(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, WFS_UNKNOWN);
    holder older = fork_holder(self, 0, true);

    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    kill(older.pid, SIGKILL);
    assert_int_equal(waitpid(older.pid, NULL, 0), older.pid);
    close(older.ready);
    test_send_ok(self->store, &spec, audio, CHUNK);
    test_complete_ok(self, "take", 1, audio, CHUNK);
}

/* The slot file is a courtesy: the lock still says no. */
static void without_slots_a_writer_is_only_busy(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
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
    assert_status(test_send(self->store, &spec, audio, CHUNK, NULL), WFS_EBUSY);
    kill(older.pid, SIGKILL);
    assert_int_equal(waitpid(older.pid, NULL, 0), older.pid);
    close(older.ready);
    test_send_ok(self->store, &spec, audio, CHUNK);
}

static int64_t get_row(wfs_store *store)
{
    wfs_id_kind kind = WFS_ID_FREE;
    wfs_upload_row row;

    assert_status(store->catalogue->api->find_id(store->catalogue, "take",
                                                 &kind, &row, NULL),
                  WFS_OK);
    return row.row;
}

/* Another process's catch-up lets go of its lock when it is asked to. */
static void completing_ends_catching_up(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = make_spec(0, 0);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_catch_up *job = NULL;
    wfs_store *other = NULL;
    bool is_done = false;
    int64_t row;

    test_send_ok(self->store, &spec, audio, CHUNK);
    row = get_row(self->store);
    assert_status(wfs_store_open(self->path, NULL, &other, NULL), WFS_OK);
    assert_status(wfs_catch_up_open(other, "take", row, &job, NULL), WFS_OK);
    assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_OK);
    assert_status(test_complete(self->store, "take", 1, &recording), WFS_EBUSY);
    while (wfs_catch_up_advance(job, &is_done, NULL) == WFS_OK) {
        usleep(1000);
    }
    assert_status(wfs_catch_up_advance(job, &is_done, NULL), WFS_ECANCELED);
    wfs_catch_up_close(job);
    test_complete_ok(self, "take", 1, audio, CHUNK);
    wfs_store_close(other);
}

#define ON_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_newer_writer_takes_the_chunk_of_an_idle_one),
        ON_STORE(one_that_receives_is_left_alone),
        ON_STORE(one_that_is_taken_over_can_neither_write_nor_submit),
        ON_STORE(other_chunks_of_the_upload_are_left_alone),
        ON_STORE(a_queued_chunk_is_not_taken_over),
        ON_STORE(one_that_is_stopped_while_it_syncs_is_not_queued),
        ON_STORE(deleting_ends_writers),
        ON_STORE(completing_ends_writers_of_chunks_it_does_not_need),
        ON_STORE(completing_in_vain_ends_nobody),
        ON_STORE(it_works_from_process_to_process),
        ON_STORE(deleting_ends_writers_of_other_processes),
        ON_STORE(completing_ends_writers_of_other_processes),
        ON_STORE(a_killed_writer_is_in_nobodys_way),
        ON_STORE(without_slots_a_writer_is_only_busy),
        ON_STORE(completing_ends_catching_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
