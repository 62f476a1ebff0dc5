/*
 * test_salvage_apply.c - a plan carried out on the part of an upload.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_internal.h"
#include "support/memory.h"

static memory_file load(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof path, "%s/%s", WFS_TEST_DATA, name);
    return memory_file_load(path);
}

/* The part of an upload that has these bytes, and others behind them that
 * were never accepted. */
static wfs_blob *put_part(wfs_blobs *blobs, const memory_file *file)
{
    static const uint8_t more[100] = {1, 2, 3};
    wfs_blob_owner owner = {"take", 1};
    wfs_blob *part = NULL;
    bool is_new;

    assert_int_equal(blobs->api->open_part(blobs, owner, &part, &is_new, NULL),
                     WFS_OK);
    assert_int_equal(
        blobs->api->write(part, 0, file->bytes, file->length, NULL), WFS_OK);
    assert_int_equal(
        blobs->api->write(part, file->length, more, sizeof more, NULL), WFS_OK);
    return part;
}

static void expect_bytes(wfs_blobs *blobs, wfs_blob *part,
                         const memory_file *want)
{
    uint8_t *bytes = malloc(want->length);
    size_t length = 0;

    assert_non_null(bytes);
    assert_int_equal(
        blobs->api->read(part, 0, bytes, want->length, &length, NULL), WFS_OK);
    assert_int_equal(length, want->length);
    assert_memory_equal(bytes, want->bytes, length);
    free(bytes);
}

static void a_part_becomes_what_its_recorder_would_have_made(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    memory_file sent = load("recorder-live.webm");
    memory_file want = load("recorder.webm");
    wfs_blob *part = put_part(blobs, &sent);
    double seconds = 0.0;
    uint64_t size = 0;

    for (int again = 0; again < 2; again++) {
        assert_int_equal(
            wfs_salvage_part(blobs, part, sent.length, &size, &seconds, NULL),
            WFS_OK);
        assert_int_equal(size, want.length);
        assert_true(seconds > 11.29);
        assert_true(seconds < 11.31);
        assert_int_equal(blobs->api->truncate(part, size, NULL), WFS_OK);
        expect_bytes(blobs, part, &want);
    }
    blobs->api->close_blob(part);
    free(sent.bytes);
    free(want.bytes);
}

static void a_part_that_nothing_plays_stays_as_it_is(void **state)
{
    const test_store *self = *state;
    wfs_blobs *blobs = self->store->blobs;
    memory_file sent = load("aac.m4a");
    wfs_error error = WFS_ERROR_INIT;
    uint64_t size = 77;
    wfs_blob *part;

    sent.length -= 1;
    part = put_part(blobs, &sent);
    assert_int_equal(
        wfs_salvage_part(blobs, part, sent.length, &size, NULL, &error),
        WFS_ETYPE);
    assert_non_null(strstr(error.detail, "index"));
    assert_int_equal(size, 77);
    expect_bytes(blobs, part, &sent);
    blobs->api->close_blob(part);
    free(sent.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_part_becomes_what_its_recorder_would_have_made, test_store_setup,
            test_store_teardown),
        cmocka_unit_test_setup_teardown(
            a_part_that_nothing_plays_stays_as_it_is, test_store_setup,
            test_store_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
