/*
 * writers.h - writers of one upload, the take, which stand in each other's way.
 *
 * An older writer is idle for 0 ms at once, and never for an hour: so no test
 * depends on how long something takes.
 */
#ifndef WFS_TEST_WRITERS_H
#define WFS_TEST_WRITERS_H

#include "support/store.h"

#define TEST_WRITERS_CHUNK 40000
#define TEST_WRITERS_HOUR_MS 3600000

/* Two chunks of audio, while a test goes on. */
extern uint8_t *test_writers_audio;

/* cmocka setup and teardown; *state is a test_store. */
int test_writers_setup(void **state);
int test_writers_teardown(void **state);

/* Chunk `index`, taken over from who is idle for `take_over_ms` (WFS_UNKNOWN:
 * from nobody). */
wfs_chunk_spec test_writers_spec(uint64_t index, uint64_t take_over_ms);

/* A writer of chunk `index` that takes over from nobody. */
wfs_chunk *test_writers_begin(wfs_store *store, uint64_t index);

/* A newer writer of chunk 0 comes again while the older one has not ended yet,
 * as a client does. */
void test_writers_take_over(wfs_store *store);

/* Complete with chunk 0, which is all there is; a writer may take its time to
 * end. */
void test_writers_complete_first(wfs_store *store);

/* `stop`: what it was stopped with. */
typedef struct test_writer {
    wfs_chunk *chunk;
    wfs_status stop;
} test_writer;

/* As an event loop does: poll, and discard when told to. For a thread; `data`
 * is a test_writer. */
void *test_writers_poll(void *data);

#endif
