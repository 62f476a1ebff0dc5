/*
 * acts.h - everything that writes, one small act each, for tests that let every
 * act fail or die at every call.
 *
 * An act is about the id TEST_ACTS_ID. It starts from a store that `prepare`
 * has made (the old state) and leads to the new one; done again, it succeeds
 * and changes nothing.
 */
#ifndef WFS_TEST_ACTS_H
#define WFS_TEST_ACTS_H

#include "support/store.h"

#define TEST_ACTS_ID "take"

typedef struct test_act {
    const char *name;
    void (*prepare)(test_store *self);
    wfs_status (*act)(test_store *self);
    bool only_reads; /* needs no room on the disk */
} test_act;

extern const test_act TEST_ACTS[];
extern const size_t TEST_ACTS_COUNT;

/*
 * What a client can see of the id, as text: an upload and its chunks, or a
 * recording with its name, metadata, size and bytes (which must be whole), or
 * nothing. New.
 */
char *test_acts_describe(const test_store *self);

/* The client goes on to its end, whatever the state is: everything that was
 * sent is there, and nothing else. */
void test_acts_finish(const test_store *self);

#endif
