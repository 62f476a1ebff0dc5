/*
 * slots.h - slots of what is in flight in a folder of their own, and what their
 * file holds.
 *
 * A second wfs_live on the same folder stands for another process: its file is
 * opened apart, and only that counts. Where a process has to die there is one.
 */
#ifndef WFS_TEST_SLOTS_H
#define WFS_TEST_SLOTS_H

#include <sys/types.h>

#include "live.h"
#include "support/store.h"

/* The row all slots belong to, unless a test says otherwise. */
#define TEST_SLOTS_ROW 7

typedef struct test_slots_pair {
    char folder[TEST_PATH_BYTES];
    char path[2 * TEST_PATH_BYTES]; /* of the slots' file */
    int dir;
    wfs_live *here;
    wfs_live *there;
} test_slots_pair;

/* cmocka setup and teardown; *state is a test_slots_pair. */
int test_slots_setup(void **state);
int test_slots_teardown(void **state);

/* Whether chunk `index` of the row is being written. */
bool test_slots_is_found(wfs_live *live, uint64_t index);

/* Stop chunk `index` of the row, unless it is idle for less than `idle_ms`;
 * how many were stopped. */
size_t test_slots_stop(wfs_live *live, uint64_t index, uint64_t idle_ms,
                       wfs_live_reason reason);

/* Looking is done now and then only; this one is done for certain. */
void test_slots_look(wfs_live *live);

/* Overwrite a piece of the file. */
void test_slots_write(const test_slots_pair *self, const void *bytes,
                      size_t length, off_t offset);

/* The slot at `offset` of the file, as it is there. */
wfs_live_entry test_slots_read(const test_slots_pair *self, off_t offset);

#endif
