/*
 * told.h - what verifying, rebuilding and backing up tell, kept for a test;
 * and damage to tell of.
 */
#ifndef WFS_TEST_TOLD_H
#define WFS_TEST_TOLD_H

#include "support/store.h"

/* `log`: "kind:id", or "kind:filename" without an id, in order, separated by
 * blanks. `stop`: cancel at the first one. */
typedef struct test_told {
    char log[4096];
    size_t count;
    bool stop;
} test_told;

/* A wfs_finding_visitor; `data` is a test_told. */
bool test_told_keep(void *data, const wfs_finding *finding);

/* Whether it was told; fails the test with all that was if not. */
void test_told_expect(const test_told *told, const char *finding);

/* A finished recording of `size` bytes, its samples from its id. */
void test_add_recording(test_store *self, const char *id, size_t size);

/* The path of its file; static. */
const char *test_recording_path(test_store *self, const char *id);

/* Its JSON; new. */
char *test_recording_json(test_store *self, const char *id);

/* Change one bit of a file. */
void test_flip_bit(const char *path, long at);

/* Run SQL on the store's catalogue, which no process of the test has open. */
void test_run_sql(const test_store *self, const char *sql);

#endif
