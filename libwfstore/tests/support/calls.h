/*
 * calls.h - the calls on files of this process, SQLite's among them: counted,
 * to fail the n-th, to die after the n-th, and to see their order.
 *
 * The functions of the C library are defined anew in the test's executable
 * (calls.c); the library, linked into it, and libsqlite3 both get these.
 * The test calls_known fails if the library uses one that is not among them.
 */
#ifndef WFS_TEST_CALLS_H
#define WFS_TEST_CALLS_H

#include "store_internal.h"

typedef enum calls_fault {
    CALLS_EIO,    /* any call */
    CALLS_ENOSPC, /* what may need room: write, sync, make, rename, link */
    CALLS_EDQUOT, /* the same */
    CALLS_EINTR,  /* what may wait */
    CALLS_SHORT,  /* reading, writing, copying: half of it */
    CALLS_UNABLE  /* EOPNOTSUPP, from what some disks cannot do */
} calls_fault;

/* Start over: nothing is failed, nobody dies, the log is empty; only the
 * library's own calls count. */
void calls_reset(void);

/* Nothing is failed and nobody dies any more; the rest can still be asked. */
void calls_stop(void);

/* From now on SQLite's count, too. */
void calls_include_sqlite(void);

/* The n-th call from now on (from 1) that may meet `fault` does. */
void calls_fail(int n, calls_fault fault);

/* Whether it has, since calls_fail; and by which call, as "pwrite of SQLite".
 */
bool calls_has_failed(void);
const char *calls_get_failed(void);

/* This process is killed right after the n-th call from now on; if that writes,
 * and `is_torn`, after half of it. */
void calls_kill(int n, bool is_torn);

/* Calls since calls_reset. */
int calls_get_count(void);

/*
 * The library's calls since calls_reset that matter for durability, separated
 * by blanks: write copy sync sync-dir truncate link rename unlink make, and the
 * transactions receipt place complete change delete delete-upload expire
 * salvaged renamed unlinked. Static.
 */
const char *calls_get_log(void);

/* Put the counting table in front of a store's catalogue. */
void calls_watch(wfs_store *store);

#endif
