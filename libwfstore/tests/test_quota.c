/*
 * test_quota.c - space is reserved before it is needed, given back when it is
 * not, and what the store holds never exceeds its quota.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger.h"
#include "store_internal.h"
#include "support/rows.h"

#define STEP WFS_LEDGER_STEP_BYTES
#define PROCESSES 4
#define QUOTA (200 * 1024)
#define CHUNK 4000

static wfs_totals get_totals(const test_store *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_totals totals;

    assert_status(catalogue->api->get_totals(catalogue, &totals, NULL), WFS_OK);
    return totals;
}

static wfs_upload_row get_row(const test_store *self, const char *id)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_id_kind kind;
    wfs_upload_row row;

    assert_status(catalogue->api->find_id(catalogue, id, &kind, &row, NULL),
                  WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    return row;
}

static wfs_chunk_spec get_spec(const char *id, uint64_t index, uint64_t quota)
{
    wfs_chunk_spec spec = test_chunk_spec(id, index);

    spec.limits.quota_bytes = quota;
    return spec;
}

static wfs_status send(const test_store *self, const wfs_chunk_spec *spec,
                       size_t length)
{
    uint8_t *bytes = test_audio_make(length < 44 ? 44 : length, 1);
    wfs_status status = test_send(self->store, spec, bytes, length, NULL);

    free(bytes);
    return status;
}

static void an_upload_of_known_size_reserves_all_of_it(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("known", 0, 0);

    spec.total_chunks = 10;
    spec.chunk_size = CHUNK;
    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(get_row(self, "known").reserved_bytes, 10 * CHUNK);
    assert_int_equal(get_totals(self).reserved_bytes, 10 * CHUNK);
}

static void an_upload_of_unknown_size_reserves_a_step(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("live", 0, 0);

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(get_row(self, "live").reserved_bytes, STEP);
    assert_int_equal(get_totals(self).reserved_bytes, STEP);
}

static void a_total_told_later_reserves_the_rest(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("later", 0, 0);
    uint64_t many = 2 * STEP / CHUNK;

    spec.chunk_size = CHUNK;
    assert_status(send(self, &spec, CHUNK), WFS_OK);
    spec.index = 1;
    spec.total_chunks = many;
    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, many * CHUNK);
}

static void what_cannot_fit_is_refused_before_its_first_byte(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("large", 0, 10 * CHUNK);
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;

    spec.chunk_size = CHUNK;
    spec.total_chunks = 11;
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, &error),
                  WFS_EQUOTA);
    assert_int_not_equal(error.detail[0], '\0');
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    spec.total_chunks = 10;
    assert_status(send(self, &spec, CHUNK), WFS_OK);
    spec = get_spec("small", 0, 10 * CHUNK);
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_EQUOTA);
}

static void chunks_are_refused_once_the_quota_is_used_up(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("grows", 0, 3 * CHUNK);

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    spec.index = 1;
    assert_status(send(self, &spec, 2 * CHUNK + 1), WFS_EQUOTA);
    assert_status(send(self, &spec, 2 * CHUNK), WFS_OK);
    spec.index = 2;
    assert_status(send(self, &spec, 1), WFS_EQUOTA);
    assert_int_equal(get_totals(self).reserved_bytes, 3 * CHUNK);
    assert_int_equal(get_totals(self).upload_bytes, 3 * CHUNK);
}

static void completing_turns_the_reservation_into_what_is_stored(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("done", 0, STEP);
    wfs_recording recording;

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_status(test_complete(self->store, "done", 1, &recording), WFS_OK);
    wfs_recording_release(&recording);
    assert_int_equal(get_totals(self).reserved_bytes, 0);
    assert_int_equal(get_totals(self).recording_bytes, CHUNK);
    spec = get_spec("next", 0, CHUNK);
    assert_status(send(self, &spec, 1), WFS_EQUOTA);
    assert_status(wfs_recording_delete(self->store, "done", NULL), WFS_OK);
    assert_status(send(self, &spec, 100), WFS_OK);
}

static void deleting_and_giving_up_free_the_reservation(void **state)
{
    const test_store *self = *state;
    wfs_chunk_spec spec = get_spec("away", 0, 0);
    wfs_chunk *chunk = NULL;

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_status(wfs_upload_delete(self->store, "away", NULL), WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, 0);
    spec.id = "never";
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, STEP);
    wfs_chunk_discard(chunk);
    assert_int_equal(get_totals(self).reserved_bytes, 0);
}

static void beginning_anew_keeps_no_old_reservation(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = get_spec("anew", 0, 0);
    wfs_upload_row row;

    spec.chunk_size = 1000;
    assert_status(
        catalogue->api->begin_upload(catalogue, &spec, false, &row, NULL),
        WFS_OK);
    spec.chunk_size = 2000;
    spec.total_chunks = 5;
    assert_status(
        catalogue->api->begin_upload(catalogue, &spec, true, &row, NULL),
        WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, 10000);
}

static void a_size_declared_later_is_reserved_once(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_upload_spec spec = WFS_UPLOAD_SPEC_INIT;
    wfs_upload_row row;

    spec.id = "deferred";
    assert_status(catalogue->api->create_upload(catalogue, &spec, &row, NULL),
                  WFS_OK);
    assert_status(catalogue->api->put_size(catalogue, row.row, 5 * STEP,
                                           5 * STEP - 1, &row, NULL),
                  WFS_EQUOTA);
    assert_int_equal(get_totals(self).reserved_bytes, STEP);
    for (int i = 0; i < 2; i++) {
        assert_status(catalogue->api->put_size(catalogue, row.row, 5 * STEP,
                                               5 * STEP, &row, NULL),
                      WFS_OK);
        assert_int_equal(row.size_bytes, 5 * STEP);
        assert_int_equal(get_totals(self).reserved_bytes, 5 * STEP);
    }
    assert_status(
        catalogue->api->put_size(catalogue, row.row, 4 * STEP, 0, &row, NULL),
        WFS_ECONFLICT);
}

static void what_is_declared_may_not_be_less_than_what_arrived(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = get_spec("more", 0, 0);
    wfs_error error = WFS_ERROR_INIT;
    wfs_upload_row row;

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    row = get_row(self, "more");
    assert_status(catalogue->api->put_size(catalogue, row.row, CHUNK - 1, 0,
                                           &row, &error),
                  WFS_ECONFLICT);
    assert_int_equal(error.expected, CHUNK);
    assert_int_equal(error.got, CHUNK - 1);
    assert_true(get_row(self, "more").size_bytes == WFS_UNKNOWN);
}

static void an_idle_reservation_falls_back_and_comes_again(void **state)
{
    const test_store *self = *state;
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_chunk_spec spec = get_spec("idle", 0, 0);
    wfs_upload_row row;
    wfs_totals totals;

    assert_status(send(self, &spec, CHUNK), WFS_OK);
    row = get_row(self, "idle");
    assert_status(catalogue->api->release_reservation(catalogue, row.row,
                                                      row.updated_ms, NULL),
                  WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, STEP); /* not idle */
    assert_status(catalogue->api->release_reservation(catalogue, row.row,
                                                      row.updated_ms + 1, NULL),
                  WFS_OK);
    totals = get_totals(self);
    assert_int_equal(totals.reserved_bytes, CHUNK);
    assert_int_equal(get_row(self, "idle").updated_ms, row.updated_ms);
    spec.index = 1;
    assert_status(send(self, &spec, CHUNK), WFS_OK);
    assert_int_equal(get_totals(self).reserved_bytes, STEP);
}

static void what_others_have_reserved_is_not_available(void **state)
{
    const test_store *self = *state;
    wfs_limits limits = WFS_LIMITS_INIT;
    wfs_chunk_spec spec = get_spec("big", 0, 0);
    wfs_store_stat stat;
    uint64_t free_bytes;

    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    free_bytes = stat.free_bytes;
    assert_int_equal(wfs_store_stat_get_available(&stat, &limits), free_bytes);
    spec.chunk_size = 1 << 20;
    spec.total_chunks = 64;
    assert_status(send(self, &spec, 1 << 20), WFS_OK);
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
    wfs_chunk_spec spec = get_spec("first", 0, 0);
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
    assert_status(send(self, &spec, 1 << 20), WFS_OK);
    spec.id = "second";
    assert_status(wfs_upload_begin_chunk(self->store, &spec, &chunk, NULL),
                  WFS_ENOSPC);
    spec.id = "first";
    spec.index = 1;
    assert_status(send(self, &spec, 1 << 20), WFS_OK);
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
        spec = get_spec(id, 0, QUOTA);
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
    totals = get_totals(self);
    assert_true(totals.recording_bytes + totals.reserved_bytes <= QUOTA);
    assert_true(totals.recording_bytes > 0);
    assert_true(totals.reserved_bytes >= totals.upload_bytes);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_store_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_upload_of_known_size_reserves_all_of_it),
        TEST(an_upload_of_unknown_size_reserves_a_step),
        TEST(a_total_told_later_reserves_the_rest),
        TEST(what_cannot_fit_is_refused_before_its_first_byte),
        TEST(chunks_are_refused_once_the_quota_is_used_up),
        TEST(completing_turns_the_reservation_into_what_is_stored),
        TEST(deleting_and_giving_up_free_the_reservation),
        TEST(beginning_anew_keeps_no_old_reservation),
        TEST(a_size_declared_later_is_reserved_once),
        TEST(what_is_declared_may_not_be_less_than_what_arrived),
        TEST(an_idle_reservation_falls_back_and_comes_again),
        TEST(what_others_have_reserved_is_not_available),
        TEST(the_disk_is_promised_only_once),
        TEST(processes_together_never_exceed_the_quota),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
