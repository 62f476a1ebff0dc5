/*
 * test_faults.c - each system call fails in turn: nothing accepted is lost,
 * nothing refused counts, and the same requests succeed afterwards.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/calls.h"

#define CHUNK 5000
#define COUNT 3
#define SIZE (CHUNK * COUNT)

typedef struct story {
    const char *id;
    uint64_t order[COUNT];
    uint64_t chunk_size;
    bool has_head;
    bool is_unplaced;
} story;

static const story stories[] = {
    {"fixed", {2, 0, 1}, CHUNK, false, false},
    {"tail", {0, 1, 2}, WFS_UNKNOWN, false, false},
    {"loose", {2, 1, 0}, WFS_UNKNOWN, false, false},
    {"head", {0, 2, 1}, WFS_UNKNOWN, true, false},
    {"unplaced", {1, 0, 2}, WFS_UNKNOWN, false, true},
};

#define STORIES (sizeof(stories) / sizeof(stories[0]))

static wfs_status send_unplaced(wfs_store *store, const wfs_chunk_spec *spec,
                                const uint8_t *bytes)
{
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;
    wfs_status status =
        wfs_upload_begin_unplaced_chunk(store, &spec->limits, &chunk, NULL);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_chunk_write(chunk, bytes, CHUNK, NULL);
    if (status == WFS_OK) {
        status = wfs_chunk_place(chunk, spec, NULL);
    }
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, &receipt, NULL);
}

static wfs_status send_one(wfs_store *store, const story *plan, uint64_t index,
                           const uint8_t *audio)
{
    wfs_chunk_spec spec = test_chunk_spec(plan->id, index);

    spec.chunk_size = plan->chunk_size;
    spec.is_provisional = plan->has_head && index == 0;
    spec.digest = test_digest(audio + index * CHUNK, CHUNK);
    if (plan->is_unplaced) {
        return send_unplaced(store, &spec, audio + index * CHUNK);
    }
    return test_send(store, &spec, audio + index * CHUNK, CHUNK, NULL);
}

static wfs_status complete(wfs_store *store, const char *id)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;
    wfs_status status;

    spec.id = id;
    spec.total_chunks = COUNT;
    status = wfs_upload_complete(store, &spec, &recording, &was_complete, NULL);
    wfs_recording_release(&recording);
    return status;
}

static uint64_t count_received(wfs_store *store, const char *id)
{
    wfs_upload_info info;
    uint64_t count = 0;
    wfs_status status = wfs_upload_get(store, id, false, &info, NULL);

    if (status == WFS_OK) {
        count = info.received_chunks;
        wfs_upload_info_release(&info);
    } else {
        assert_status(status, WFS_ENOUPLOAD);
    }
    return count;
}

/* A failed chunk is as if never begun; it is sent again. Returns failures. */
static int send_until_accepted(wfs_store *store, const story *plan,
                               uint64_t index, const uint8_t *audio)
{
    uint64_t before = count_received(store, plan->id);
    wfs_status status = send_one(store, plan, index, audio);

    if (status == WFS_OK) {
        return 0;
    }
    assert_true(status == WFS_EIO || status == WFS_ENOSPC);
    assert_int_equal(count_received(store, plan->id), before);
    assert_status(send_one(store, plan, index, audio), WFS_OK);
    assert_int_equal(count_received(store, plan->id), before + 1);
    return 1;
}

/* Returns how many requests failed: none, or the one that met the fault. */
static int run_with_fault(const test_store *self, const story *plan,
                          const uint8_t *audio)
{
    int failures = 0;

    for (size_t i = 0; i < COUNT; i++) {
        failures +=
            send_until_accepted(self->store, plan, plan->order[i], audio);
    }
    if (complete(self->store, plan->id) != WFS_OK) {
        failures++;
        assert_status(complete(self->store, plan->id), WFS_OK);
    }
    return failures;
}

/* Tending may meet the fault, too; then the next time does it. */
static void settle(const test_store *self)
{
    uint64_t next_ms;

    if (wfs_store_tend(self->store, 60000, &next_ms, NULL) == WFS_OK &&
        test_store_count_uploads(self, "") == 0) {
        return;
    }
    assert_status(wfs_store_tend(self->store, 60000, &next_ms, NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}

/* Every call of the whole life, until one number is beyond the last. Returns
 * how many requests failed. */
static int meet_everywhere(test_store *self, const story *plan,
                           calls_fault fault)
{
    int failures = 0;
    int n = 0;

    calls_watch(self->store);
    do {
        uint8_t *audio = test_audio_make(SIZE, (uint32_t)n);
        story own = *plan;
        char id[32];

        n++;
        assert_true(n < 500);
        snprintf(id, sizeof(id), "%s-%d-%d", plan->id, (int)fault, n);
        own.id = id;
        calls_reset();
        calls_fail(n, fault);
        failures += run_with_fault(self, &own, audio);
        settle(self);
        test_expect_recording(self, id, audio, SIZE);
        free(audio);
    } while (calls_has_failed());
    calls_reset();
    assert_true(n > COUNT);
    return failures;
}

/* The faults are met, not swallowed. */
static void survive_every_fault(test_store *self, const story *plan,
                                calls_fault fault)
{
    assert_true(meet_everywhere(self, plan, fault) >= COUNT);
}

static void a_failing_disk_at_any_call_loses_nothing(void **state)
{
    for (size_t i = 0; i < STORIES; i++) {
        survive_every_fault(*state, &stories[i], CALLS_EIO);
    }
}

static void a_full_disk_at_any_call_loses_nothing(void **state)
{
    for (size_t i = 0; i < STORIES; i++) {
        survive_every_fault(*state, &stories[i], CALLS_ENOSPC);
    }
}

static void a_used_up_quota_at_any_call_loses_nothing(void **state)
{
    for (size_t i = 0; i < STORIES; i++) {
        survive_every_fault(*state, &stories[i], CALLS_EDQUOT);
    }
}

static void no_request_notices_interrupted_calls(void **state)
{
    for (size_t i = 0; i < STORIES; i++) {
        assert_int_equal(meet_everywhere(*state, &stories[i], CALLS_EINTR), 0);
    }
}

static void no_request_notices_calls_that_do_half(void **state)
{
    for (size_t i = 0; i < STORIES; i++) {
        assert_int_equal(meet_everywhere(*state, &stories[i], CALLS_SHORT), 0);
    }
}

/* The sync after the failed one succeeds, and proves nothing. */
static void a_failed_sync_is_not_believed_the_second_time(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("sync", 0);
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio, SIZE, NULL), WFS_OK);
    calls_reset();
    calls_fail(1, CALLS_EIO);
    assert_status(wfs_chunk_submit(chunk, NULL, NULL, NULL), WFS_EIO);
    assert_string_equal(calls_get_log(), "sync");
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_ECANCELED);
    assert_int_equal(count_received(self->store, "sync"), 0);
    test_send_ok(self->store, &spec, audio, SIZE);
    free(audio);
}

/* A disk without nameless files, and one that cannot copy by itself. */
static void disks_that_can_less_do(void **state)
{
    test_store *self = *state;
    uint8_t *audio = test_audio_make(SIZE, 1);
    story plan = stories[2];
    int n = 0;

    do {
        char id[32];

        snprintf(id, sizeof(id), "less-%d", ++n);
        plan.id = id;
        calls_reset();
        calls_fail(n, CALLS_UNABLE);
        assert_int_equal(run_with_fault(self, &plan, audio), 0);
        settle(self);
        test_expect_recording(self, id, audio, SIZE);
    } while (calls_has_failed());
    calls_reset();
    assert_true(n > 2);
    free(audio);
}

#define ON_STORE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STORE(a_failing_disk_at_any_call_loses_nothing),
        ON_STORE(a_full_disk_at_any_call_loses_nothing),
        ON_STORE(a_used_up_quota_at_any_call_loses_nothing),
        ON_STORE(no_request_notices_interrupted_calls),
        ON_STORE(no_request_notices_calls_that_do_half),
        ON_STORE(a_failed_sync_is_not_believed_the_second_time),
        ON_STORE(disks_that_can_less_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
