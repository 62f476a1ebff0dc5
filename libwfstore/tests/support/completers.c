/*
 * completers.c - those who complete an upload that takes its time.
 */
#include "support/completers.h"

#include <stdlib.h>
#include <unistd.h>

uint8_t *test_completers_audio;

int test_completers_setup(void **state)
{
    test_completers_audio = test_audio_make(TEST_COMPLETERS_SIZE, 1);
    return test_store_setup(state);
}

int test_completers_teardown(void **state)
{
    free(test_completers_audio);
    return test_store_teardown(state);
}

void test_completers_send(wfs_store *store)
{
    wfs_chunk_spec spec = test_chunk_spec("long", 0);

    spec.is_provisional = true;
    test_send_ok(store, &spec, test_completers_audio, TEST_COMPLETERS_HEAD);
    spec.is_provisional = false;
    spec.index = 1;
    spec.total_chunks = 2;
    test_send_ok(store, &spec, test_completers_audio + TEST_COMPLETERS_HEAD,
                 TEST_COMPLETERS_SIZE - TEST_COMPLETERS_HEAD);
}

static bool progress(void *data, uint64_t done, uint64_t total)
{
    test_completer *self = data;

    self->goes_back = self->goes_back || done < self->done || done > total;
    __atomic_add_fetch(&self->calls, 1, __ATOMIC_SEQ_CST);
    self->done = done;
    self->total = total;
    if (self->gate != NULL && self->calls == 1) {
        if (write(self->reached, "x", 1) != 1) {
            return false;
        }
        pthread_mutex_lock(self->gate);
        pthread_mutex_unlock(self->gate);
    }
    return self->calls != self->gives_up_at;
}

void *test_completers_run(void *data)
{
    test_completer *self = data;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;

    spec.id = "long";
    spec.join_ms = self->join_ms;
    spec.salvage = self->salvages;
    spec.progress = progress;
    spec.progress_data = self;
    self->status = wfs_upload_complete(self->store, &spec, &recording,
                                       &self->was_complete, NULL);
    if (self->status == WFS_OK) {
        wfs_recording_release(&recording);
    }
    return NULL;
}

test_completer test_completers_make(wfs_store *store)
{
    return (test_completer){
        .store = store, .join_ms = WFS_UNKNOWN, .status = WFS_EIO};
}
