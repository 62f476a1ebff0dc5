/*
 * send.c - uploading and completing in one call.
 */
#include "support/store.h"

#include <stdlib.h>

wfs_chunk_spec test_chunk_spec(const char *id, uint64_t index)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;

    spec.id = id;
    spec.index = index;
    return spec;
}

wfs_status test_try_begin(wfs_store *store, const wfs_chunk_spec *spec)
{
    wfs_chunk *chunk = NULL;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_upload_begin_chunk(store, spec, &chunk, &error);

    if (status != WFS_OK) {
        assert_null(chunk);
        assert_int_equal(error.status, status);
        assert_int_not_equal(error.detail[0], '\0');
    }
    wfs_chunk_discard(chunk);
    return status;
}

wfs_status test_send(wfs_store *store, const wfs_chunk_spec *spec,
                     const void *bytes, size_t length, wfs_receipt *receipt)
{
    wfs_receipt local;
    wfs_chunk *chunk = NULL;
    wfs_status status = wfs_upload_begin_chunk(store, spec, &chunk, NULL);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_chunk_write(chunk, bytes, length, NULL);
    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    return wfs_chunk_commit(chunk, receipt != NULL ? receipt : &local, NULL);
}

void test_send_ok(wfs_store *store, const wfs_chunk_spec *spec,
                  const void *bytes, size_t length)
{
    assert_status(test_send(store, spec, bytes, length, NULL), WFS_OK);
}

void test_send_pieces(wfs_store *store, const char *id, const uint8_t *bytes,
                      uint64_t count, size_t length)
{
    for (uint64_t i = 0; i < count; i++) {
        wfs_chunk_spec spec = test_chunk_spec(id, i);

        test_send_ok(store, &spec, bytes + i * length, length);
    }
}

void test_expect_no_upload(wfs_store *store, const char *id)
{
    wfs_upload_info info;

    assert_status(wfs_upload_get(store, id, false, &info, NULL), WFS_ENOUPLOAD);
}

wfs_complete_spec test_complete_spec(const char *id)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    spec.id = id;
    return spec;
}

wfs_status test_complete_with(wfs_store *store, const wfs_complete_spec *spec,
                              wfs_recording *ret_recording,
                              bool *ret_was_complete)
{
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = wfs_upload_complete(store, spec, ret_recording,
                                            ret_was_complete, &error);

    if (status != WFS_OK) {
        assert_int_equal(error.status, status);
        assert_int_not_equal(error.detail[0], '\0');
    }
    return status;
}

wfs_status test_try_complete(wfs_store *store, const wfs_complete_spec *spec)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;
    wfs_status status =
        test_complete_with(store, spec, &recording, &was_complete);

    wfs_recording_release(&recording);
    return status;
}

wfs_status test_complete(wfs_store *store, const char *id, uint64_t total,
                         wfs_recording *ret_recording)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete = false;
    wfs_status status;

    spec.id = id;
    spec.total_chunks = total;
    status =
        wfs_upload_complete(store, &spec, ret_recording, &was_complete, &error);
    if (status != WFS_OK && error.step != NULL) {
        print_message("complete: %s (%s, %d)\n", error.detail, error.step,
                      error.os_error);
    }
    return status;
}

void test_expect_recording(const test_store *self, const char *id,
                           const uint8_t *bytes, size_t length)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_digest digest = test_digest(bytes, length);
    size_t found_length = 0;
    uint8_t *found;

    assert_status(wfs_recording_get(self->store, id, &recording, NULL), WFS_OK);
    found = test_file_read(test_store_get_path(self, recording.filename),
                           &found_length);
    assert_int_equal(found_length, length);
    assert_memory_equal(found, bytes, length);
    assert_int_equal(recording.size_bytes, length);
    assert_true(recording.has_sha256);
    assert_memory_equal(recording.sha256, digest.bytes, WFS_SHA256_BYTES);
    free(found);
    wfs_recording_release(&recording);
}

void test_complete_ok(const test_store *self, const char *id, uint64_t total,
                      const uint8_t *bytes, size_t length)
{
    wfs_recording recording = WFS_RECORDING_INIT;

    assert_status(test_complete(self->store, id, total, &recording), WFS_OK);
    wfs_recording_release(&recording);
    test_expect_recording(self, id, bytes, length);
}
