/*
 * scarce.h - memory that is used up when a test wants it to be.
 *
 * The linker (--wrap, see CMakeLists.txt) sends what the library asks for here,
 * threads and mutexes among it; jansson and SQLite are told to ask here. What
 * tests ask for themselves goes past it.
 */
#ifndef WFS_TEST_SCARCE_H
#define WFS_TEST_SCARCE_H

#include <stdbool.h>

typedef enum test_scarce_for {
    TEST_SCARCE_FOR_LIBRARY, /* and for jansson */
    TEST_SCARCE_FOR_SQLITE
} test_scarce_for;

/* Once, before anything is opened. */
void test_scarce_begin(void);

/* The n-th request from now on (from 1) is refused, and no other. */
void test_scarce_refuse(int n, test_scarce_for whom);

/* Nothing is refused any more; whether something was. */
bool test_scarce_end(void);

#endif
