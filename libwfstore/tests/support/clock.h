/*
 * clock.h - the machine's clocks, set by a test.
 *
 * Linked into a test it stands in front of the system's: what time of day it
 * is, and how long the machine has been on. The clock that nobody sets
 * (CLOCK_MONOTONIC) goes on as ever.
 */
#ifndef WFS_TEST_CLOCK_H
#define WFS_TEST_CLOCK_H

#include <stdint.h>

/* As they really are. */
void test_clock_reset(void);

/* Time passes. */
void test_clock_pass(int64_t ms);

/* How long the machine has been on stays as it is, until the reset. */
void test_clock_stop(void);

/* Somebody sets the time of day, that much ahead. */
void test_clock_jump(int64_t ms);

#endif
