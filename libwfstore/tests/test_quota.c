/*
 * test_quota.c - what the store holds never exceeds its quota, nor the disk.
 */
#include "support/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger.h"

#define STEP WFS_LEDGER_STEP_BYTES
#define PROCESSES 4
#define QUOTA (200 * 1024)
#define CHUNK 4000

static void what_cannot_fit_is_refused_before_its_first_byte(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("large", 0, 10 * CHUNK);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    spec.chunk_size = CHUNK;
    spec.total_chunks = 11;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, &error),
                  WFS_EQUOTA);
    assert_int_not_equal(error.detail[0], '\0');
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    spec.total_chunks = 10;
    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    spec = test_room_spec("small", 0, 10 * CHUNK);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_EQUOTA);
}

static void chunks_are_refused_once_the_quota_is_used_up(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("grows", 0, 3 * CHUNK);

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    spec.index = 1;
    assert_status(test_room_send(self, &spec, 2 * CHUNK + 1), WFS_EQUOTA);
    assert_status(test_room_send(self, &spec, 2 * CHUNK), WFS_OK);
    spec.index = 2;
    assert_status(test_room_send(self, &spec, 1), WFS_EQUOTA);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 3 * CHUNK);
    assert_int_equal(test_room_get_totals(self).upload_bytes, 3 * CHUNK);
}

static void completing_turns_the_reservation_into_what_is_stored(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("done", 0, STEP);
    wfs_recording recording;

    assert_status(test_room_send(self, &spec, CHUNK), WFS_OK);
    assert_status(test_complete(self->store, "done", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_int_equal(test_room_get_totals(self).reserved_bytes, 0);
    assert_int_equal(test_room_get_totals(self).recording_bytes, CHUNK);
    spec = test_room_spec("next", 0, CHUNK);
    assert_status(test_room_send(self, &spec, 1), WFS_EQUOTA);
    assert_status(wfs_recording_delete(self->store, "done", NULL, NULL),
                  WFS_OK);
    assert_status(test_room_send(self, &spec, 100), WFS_OK);
}

static void what_others_have_reserved_is_not_available(void **state)
{
    const test_store *self = *state;
    wfs_limits limits = WFS_LIMITS_INIT;
    wfs_chunk_spec spec = test_room_spec("big", 0, 0);
    wfs_store_stat stat;
    uint64_t free_bytes;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    free_bytes = stat.free_bytes;
    assert_int_equal(wfs_store_stat_get_available(&stat, &limits), free_bytes);
    spec.chunk_size = 1 << 20;
    spec.total_chunks = 64;
    assert_status(test_room_send(self, &spec, 1 << 20), WFS_OK);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    assert_int_equal(stat.reserved_bytes, 64 << 20);
    stat.free_bytes = 100 << 20;
    limits.reserve_bytes = 10 << 20;
    assert_int_equal(wfs_store_stat_get_available(&stat, &limits),
                     (100 - 10 - 63) << 20);
    limits.quota_bytes = 65 << 20;
    assert_int_equal(wfs_store_stat_get_available(&stat, &limits), 1 << 20);
    limits.reserve_bytes = 90 << 20;
    assert_int_equal(wfs_store_stat_get_available(&stat, &limits), 0);
}

static void the_disk_is_promised_only_once(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = test_room_spec("first", 0, 0);
    wfs_store_stat stat;
    wfs_chunk *chunk = NULL;
    uint64_t chunks;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    chunks = stat.free_bytes / (1 << 20) / 4 * 3; /* of a disk others use */
    if (chunks > WFS_CHUNKS_MAX) {
        skip(); /* too large a disk for chunks of this size */
    }
    spec.limits.recording_max_bytes = 0;
    spec.limits.reserve_bytes = 1;
    spec.chunk_size = 1 << 20;
    spec.total_chunks = chunks;
    assert_status(test_room_send(self, &spec, 1 << 20), WFS_OK);
    spec.id = "second";
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_ENOSPC);
    spec.id = "first";
    spec.index = 1;
    assert_status(test_room_send(self, &spec, 1 << 20), WFS_OK);
}

/* Sends, completes and deletes until the store has no room any more. */
static int fill(const char *path, int number)
{
    wfs_store *store = NULL;
    uint8_t *bytes = test_audio_make(CHUNK, 1);
    int refusals = 0;
    wfs_recording recording;

    if (wfs_store_open(path, NULL, &store, NULL) != WFS_OK) {
        return 1;
    }
    for (int i = 0; i < 60; i++) {
        char id[32];
        wfs_chunk_spec spec;
        wfs_status status;

        (void)snprintf(id, sizeof id, "f%d-%d", number, i);
        spec = test_room_spec(id, 0, QUOTA);
        spec.chunk_size = i % 2 == 0 ? CHUNK : WFS_UNKNOWN;
        spec.total_chunks = i % 2 == 0 ? 2 : WFS_UNKNOWN;
        status = test_send(store, &spec, bytes, CHUNK, NULL);
        spec.index = 1;
        if (status == WFS_OK) {
            status = test_send(store, &spec, bytes, CHUNK, NULL);
        }
        if (status == WFS_OK && i % 3 != 0) {
            status = test_complete(store, id, 2, &recording);
            if (status == WFS_OK) {
                wfs_recording_release(&recording);
            }
        }
        if (status != WFS_OK && status != WFS_EQUOTA) {
            return 2;
        }
        refusals += status == WFS_EQUOTA ? 1 : 0;
    }
    free(bytes);
    wfs_store_close(store);
    return refusals > 0 ? 0 : 3;
}

static void processes_together_never_exceed_the_quota(void **state)
{
    test_store *self = *state;
    wfs_totals totals;
    int running = PROCESSES;

    wfs_store_close(self->store);
    self->store = NULL;
    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid == 0) {
            _exit(fill(self->path, i));
        }
    }
    for (; running > 0; running--) {
        int status = 0;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    totals = test_room_get_totals(self);
    assert_true(totals.recording_bytes + totals.reserved_bytes <= QUOTA);
    assert_true(totals.recording_bytes > 0);
    assert_true(totals.reserved_bytes >= totals.upload_bytes);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_cannot_fit_is_refused_before_its_first_byte),
        TEST(chunks_are_refused_once_the_quota_is_used_up),
        TEST(completing_turns_the_reservation_into_what_is_stored),
        TEST(what_others_have_reserved_is_not_available),
        TEST(the_disk_is_promised_only_once),
        TEST(processes_together_never_exceed_the_quota),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
