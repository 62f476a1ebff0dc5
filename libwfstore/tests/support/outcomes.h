/*
 * outcomes.h - chunks of one upload, submitted, and what is told of them.
 */
#ifndef TEST_OUTCOMES_H
#define TEST_OUTCOMES_H

#include "store.h"

#include <pthread.h>

#define TEST_OUTCOMES_CHUNK_BYTES 2000

/* What the callbacks told. */
typedef struct test_outcomes {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int done;
    int accepted;
    wfs_status last;
    pthread_t by; /* who told the last */
} test_outcomes;

#define TEST_OUTCOMES_INIT                                                     \
    {                                                                          \
        .mutex = PTHREAD_MUTEX_INITIALIZER,                                    \
        .changed = PTHREAD_COND_INITIALIZER                                    \
    }

/* A wfs_chunk_done; `data`: test_outcomes. */
void test_outcomes_note(void *data, wfs_status status,
                        const wfs_receipt *receipt, const wfs_error *error);

/* Until so many were told. */
void test_outcomes_await(test_outcomes *self, int count);

/* Chunk `index` of the upload "group", with its bytes of `audio`. */
wfs_chunk *test_fill(wfs_store *store, uint64_t index, const uint8_t *audio);

/* The same, and submit it. */
void test_submit(wfs_store *store, uint64_t index, const uint8_t *audio,
                 test_outcomes *told);

#endif
