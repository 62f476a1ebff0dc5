/*
 * submit_wait.c - submitting a chunk, and waiting for the outcome.
 */
#include "chunk.h"

#include <pthread.h>

typedef struct waiter {
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    bool has_ended;
    wfs_status status;
    wfs_receipt receipt;
    wfs_error error;
} waiter;

static void wake(void *data, wfs_status status, const wfs_receipt *receipt,
                 const wfs_error *error)
{
    waiter *self = data;

    pthread_mutex_lock(&self->mutex);
    self->status = status;
    if (receipt != NULL) {
        self->receipt = *receipt;
    }
    if (error != NULL) {
        self->error = *error;
    }
    self->has_ended = true;
    pthread_cond_signal(&self->ended);
    pthread_mutex_unlock(&self->mutex);
}

static void wait_for(waiter *self)
{
    pthread_mutex_lock(&self->mutex);
    while (!self->has_ended) {
        pthread_cond_wait(&self->ended, &self->mutex);
    }
    pthread_mutex_unlock(&self->mutex);
}

wfs_status wfs_chunk_commit(wfs_chunk *chunk, wfs_receipt *ret_receipt,
                            wfs_error *error)
{
    waiter self = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                   .ended = PTHREAD_COND_INITIALIZER};
    wfs_status status = wfs_chunk_submit_here(chunk, wake, &self, error);

    if (status != WFS_OK) {
        wfs_chunk_discard(chunk);
        return status;
    }
    wait_for(&self);
    pthread_cond_destroy(&self.ended);
    pthread_mutex_destroy(&self.mutex);
    if (self.status == WFS_OK) {
        *ret_receipt = self.receipt;
    } else if (error != NULL) {
        *error = self.error;
    }
    return self.status;
}
