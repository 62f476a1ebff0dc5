/*
 * calls_table.h - what the wrappers of calls (calls_files.c, calls_rows.c) ask
 * calls.c: whether to do what they were called for.
 */
#ifndef WFS_TEST_CALLS_TABLE_H
#define WFS_TEST_CALLS_TABLE_H

#include <stdbool.h>

/* What a call does: decides which faults it may meet. */
enum {
    CALLS_READ = 1,      /* may be short */
    CALLS_WRITE = 2,     /* may be short; needs room */
    CALLS_SYNC = 4,      /* needs room, where that was put off */
    CALLS_MAKE = 8,      /* needs room for a name */
    CALLS_OPTIONAL = 16, /* not to be had on every disk */
    CALLS_LOOK = 32,     /* nothing of these, but can fail */
    CALLS_WAIT = 64,     /* can be interrupted, besides these */
    CALLS_MAY_WAIT = CALLS_READ | CALLS_WRITE | CALLS_SYNC | CALLS_WAIT,
    CALLS_ANY = 127
};

typedef struct calls_call {
    const char *name;
    const char *log_name; /* NULL: not for the log */
    unsigned kinds;       /* 0: counted, never failed */
    bool is_sqlites;
} calls_call;

typedef enum calls_verdict {
    CALLS_DO,
    CALLS_DO_HALF, /* half of the bytes */
    CALLS_DO_NOT   /* errno is set */
} calls_verdict;

calls_verdict calls_begin(const calls_call *call);

/* After it, whatever it was; does not return to the one who is to die. */
void calls_end(void);

#endif
