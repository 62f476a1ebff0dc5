/*
 * meet.h - an act (support/stage.h) that fails or dies at one of its calls on
 * files, SQLite's among them: the state is the old one or the new one.
 */
#ifndef WFS_TEST_MEET_H
#define WFS_TEST_MEET_H

#include "support/calls.h"
#include "support/stage.h"

/*
 * The n-th call (from 1) that may meet `fault` does. Fails the test unless an
 * answer is kept, a refusal has done nothing or all, a restart changes nothing
 * and the act can be done again. Returns whether there was an n-th call.
 */
bool test_meet_fault(test_store *self, const test_stage *at, calls_fault fault,
                     int n);

/* The same at calls `first`, `first` + `step` and so on; returns how many. */
int test_meet_faults(test_store *self, const test_stage *at, calls_fault fault,
                     int first, int step);

/* The process is killed after the n-th call, or in the middle of what it writes
 * if `is_torn`. The rest is as above. */
bool test_meet_death(test_store *self, const test_stage *at, int n,
                     bool is_torn);

/* Whether an act that writes cannot do so without room on the disk. */
bool test_needs_room(calls_fault fault);

/* `step` in the short form, each call in the long one. */
int test_meet_step(int step);

#endif
