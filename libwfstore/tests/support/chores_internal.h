/*
 * chores_internal.h - what chores share: a store of three recordings, and what
 * was told of them.
 */
#ifndef WFS_TEST_CHORES_INTERNAL_H
#define WFS_TEST_CHORES_INTERNAL_H

#include "support/chores.h"
#include "support/upkeep.h"

/* Put the recordings of upkeep.h into the open store, and publish them. */
void test_chores_have_recordings(test_store *self);

/*
 * The recordings of the open store as text, each whole or with what is wrong
 * with it, and its figures. New.
 */
char *test_chores_describe_open(test_store *self);

/* The same of a closed one; one that has no catalogue says so. */
char *test_chores_describe_closed(const test_store *self);

/* Fail the test unless building a catalogue has left nothing half done. */
void test_chores_expect_built(const test_store *self);

/* Open, tend and publish a closed store. */
void test_chores_use(const test_store *self);

/* What the last act has told: begun by it, then compared or read. */
test_told *test_chores_begin_told(void);
bool test_chores_has_told_more(const char *expected);
const char *test_chores_get_told(void);

#endif
