/*
 * outcomes.c - chunks of one upload, submitted, and what is told of them.
 */
#include "outcomes.h"

void test_outcomes_note(void *data, wfs_status status,
                        const wfs_receipt *receipt, const wfs_error *error)
{
    test_outcomes *self = data;

    pthread_mutex_lock(&self->mutex);
    self->done++;
    self->accepted += status == WFS_OK && receipt != NULL ? 1 : 0;
    self->last = status;
    self->by = pthread_self();
    if (status != WFS_OK && (error == NULL || error->status != status)) {
        self->last = WFS_ECORRUPT; /* the error must tell the same */
    }
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->mutex);
}

void test_outcomes_await(test_outcomes *self, int count)
{
    pthread_mutex_lock(&self->mutex);
    while (self->done < count) {
        pthread_cond_wait(&self->changed, &self->mutex);
    }
    pthread_mutex_unlock(&self->mutex);
}

wfs_chunk *test_fill(wfs_store *store, uint64_t index, const uint8_t *audio)
{
    wfs_chunk_spec spec = test_chunk_spec("group", index);
    wfs_chunk *chunk = NULL;

    spec.chunk_size = TEST_OUTCOMES_CHUNK_BYTES;
    assert_status(wfs_upload_begin_chunk(store, &spec, &chunk, NULL), WFS_OK);
    assert_status(wfs_chunk_write(chunk,
                                  audio + index * TEST_OUTCOMES_CHUNK_BYTES,
                                  TEST_OUTCOMES_CHUNK_BYTES, NULL),
                  WFS_OK);
    return chunk;
}

void test_submit(wfs_store *store, uint64_t index, const uint8_t *audio,
                 test_outcomes *told)
{
    assert_status(wfs_chunk_submit(test_fill(store, index, audio),
                                   test_outcomes_note, told, NULL),
                  WFS_OK);
}
