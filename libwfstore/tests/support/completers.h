/*
 * completers.h - those who complete an upload that takes its time.
 *
 * A provisional chunk 0 keeps the digest at the beginning, so that completing
 * has all of it to do; one who completes can stand still in its progress.
 */
#ifndef WFS_TEST_COMPLETERS_H
#define WFS_TEST_COMPLETERS_H

#include "support/store.h"

#include <pthread.h>

#define TEST_COMPLETERS_HEAD 1000
#define TEST_COMPLETERS_SIZE 3500000

/* All of the upload's audio, while a test goes on. */
extern uint8_t *test_completers_audio;

/* cmocka setup and teardown; *state is a test_store. */
int test_completers_setup(void **state);
int test_completers_teardown(void **state);

/* Send all of upload `long`, in two chunks. */
void test_completers_send(wfs_store *store);

/* What one who completes has seen; `gate` holds it where it has done some. */
typedef struct test_completer {
    wfs_store *store;
    pthread_mutex_t *gate;
    int reached; /* a pipe to tell that it stands there, or 0 */
    int calls;
    uint64_t done;
    uint64_t total;
    bool goes_back;
    int gives_up_at;
    uint64_t join_ms;
    bool salvages;
    wfs_status status;
    bool was_complete;
} test_completer;

/* One who waits for another as long as it takes, and never gives up. */
test_completer test_completers_make(wfs_store *store);

/* Complete `long`. For a thread, too; `data` is a test_completer. */
void *test_completers_run(void *data);

#endif
