/*
 * sample.h - the audio of tests/data, and what salvaging makes of it.
 */
#ifndef WFS_TEST_SAMPLE_H
#define WFS_TEST_SAMPLE_H

#include "support/memory.h"

/* A file of tests/data; ends the program if it is not there. */
memory_file test_sample_load(const char *name);

/* Its first `length` bytes (0: all), salvaged; something must be kept. */
memory_file test_sample_salvage(const char *name, size_t length);

#endif
