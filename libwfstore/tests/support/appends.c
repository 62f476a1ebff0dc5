/*
 * appends.c - an upload whose bytes are appended.
 */
#include "support/appends.h"

#include <stdlib.h>

uint8_t *test_appends_audio;

int test_appends_setup(void **state)
{
    test_appends_audio = test_audio_make(TEST_APPENDS_SIZE, 1);
    return test_store_setup(state);
}

int test_appends_setup_recording(void **state)
{
    test_appends_audio = test_audio_make(TEST_APPENDS_SIZE, 1);
    return test_store_setup_recording(state);
}

int test_appends_teardown(void **state)
{
    free(test_appends_audio);
    return test_store_teardown(state);
}

void test_appends_create(wfs_store *store, uint64_t size)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = "app";
    spec.name = "Appended";
    spec.metadata = "{ \"from\": \"tus\" }";
    spec.size_bytes = size;
    assert_status(wfs_upload_create(store, &spec, NULL), WFS_OK);
}

wfs_append_spec test_appends_spec(uint64_t offset, uint64_t length)
{
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;

    spec.id = "app";
    spec.offset = offset;
    spec.length = length;
    return spec;
}

wfs_status test_appends_try(wfs_store *store, uint64_t offset, uint64_t length)
{
    wfs_append_spec spec = test_appends_spec(offset, length);
    wfs_chunk *chunk = NULL;
    wfs_status status = wfs_upload_begin_append(store, &spec, &chunk, NULL);

    wfs_chunk_discard(chunk);
    return status;
}

wfs_chunk *test_appends_begin(wfs_store *store, uint64_t offset,
                              uint64_t length)
{
    wfs_append_spec spec = test_appends_spec(offset, length);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_append(store, &spec, &chunk, NULL), WFS_OK);
    return chunk;
}

void test_appends_add(wfs_store *store, uint64_t offset, uint64_t length)
{
    wfs_chunk *chunk = test_appends_begin(store, offset, length);
    wfs_receipt receipt;

    assert_status(
        wfs_chunk_write(chunk, test_appends_audio + offset, length, NULL),
        WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    assert_int_equal(receipt.received_bytes, offset + length);
}

uint64_t test_appends_get_arrived(wfs_store *store)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, "app", false, &info, NULL), WFS_OK);
    wfs_upload_info_release(&info);
    return info.received_bytes;
}

wfs_status test_appends_complete(wfs_store *store, uint64_t size,
                                 wfs_recording *ret_recording)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    bool was_complete = false;

    spec.id = "app";
    spec.size_bytes = size;
    return wfs_upload_complete(store, &spec, ret_recording, &was_complete,
                               NULL);
}

void test_appends_complete_ok(const test_store *self)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(
        test_appends_complete(self->store, TEST_APPENDS_SIZE, &recording),
        WFS_OK);
    assert_string_equal(recording.name, "Appended");
    assert_string_equal(recording.metadata, "{\"from\":\"tus\"}");
    wfs_recording_release(&recording);
    test_expect_recording(self, "app", test_appends_audio, TEST_APPENDS_SIZE);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
}
