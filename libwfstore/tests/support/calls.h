/*
 * calls.h - the system calls and transactions of the library, counted: to fail
 * the n-th, to die after the n-th, and to see their order.
 *
 * The calls are wrapped by the linker (-Wl,--wrap, see tests/CMakeLists.txt);
 * transactions by a table of functions put in front of the catalogue's. Only
 * what changes something is counted, and reading.
 */
#ifndef WFS_TEST_CALLS_H
#define WFS_TEST_CALLS_H

#include "store_internal.h"

/* Start over: nothing is failed, nobody dies, the log is empty. */
void calls_reset(void);

/* The n-th call from now on (from 1) fails with `os_error`. */
void calls_fail(int n, int os_error);

/* This process is killed right after the n-th call from now on. */
void calls_kill(int n);

/* Calls since calls_reset. */
int calls_get_count(void);

/*
 * The calls since calls_reset that matter for durability, separated by blanks:
 * write copy sync sync-dir truncate link rename unlink make, and the
 * transactions receipt place complete renamed unlinked. Static.
 */
const char *calls_get_log(void);

/* Put the counting table in front of a store's catalogue. */
void calls_watch(wfs_store *store);

#endif
