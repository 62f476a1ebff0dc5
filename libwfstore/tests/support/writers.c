/*
 * writers.c - writers of one upload, which stand in each other's way.
 */
#include "support/writers.h"

#include <stdlib.h>
#include <unistd.h>

uint8_t *test_writers_audio;

int test_writers_setup(void **state)
{
    test_writers_audio = test_audio_make((size_t)2 * TEST_WRITERS_CHUNK, 1);
    return test_store_setup(state);
}

int test_writers_teardown(void **state)
{
    free(test_writers_audio);
    return test_store_teardown(state);
}

wfs_chunk_spec test_writers_spec(uint64_t index, uint64_t take_over_ms)
{
    wfs_chunk_spec spec = test_chunk_spec("take", index);

    spec.take_over_ms = take_over_ms;
    return spec;
}

wfs_chunk *test_writers_begin(wfs_store *store, uint64_t index)
{
    wfs_chunk_spec spec = test_writers_spec(index, WFS_UNKNOWN);
    wfs_chunk *chunk = NULL;

    assert_status(wfs_upload_begin_chunk(store, &spec, &chunk, NULL), WFS_OK);
    return chunk;
}

void test_writers_take_over(wfs_store *store)
{
    wfs_chunk_spec spec = test_writers_spec(0, 0);
    wfs_status status;

    do {
        status = test_send(store, &spec, test_writers_audio, TEST_WRITERS_CHUNK,
                           NULL);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_OK);
}

void test_writers_complete_first(wfs_store *store)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    bool was_complete = false;
    wfs_status status;

    spec.id = "take";
    spec.size_bytes = TEST_WRITERS_CHUNK;
    do {
        status =
            wfs_upload_complete(store, &spec, &recording, &was_complete, NULL);
    } while (status == WFS_EBUSY);
    assert_status(status, WFS_OK);
    wfs_recording_release(&recording);
}

void *test_writers_poll(void *data)
{
    test_writer *self = data;

    while ((self->stop = wfs_chunk_get_stop(self->chunk)) == WFS_OK) {
        usleep(1000);
    }
    wfs_chunk_discard(self->chunk);
    return NULL;
}
