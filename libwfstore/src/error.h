/*
 * error.h - filling a caller's wfs_error.
 */
#ifndef WFS_ERROR_H
#define WFS_ERROR_H

#include "wfstore/error.h"

/*
 * Write an error and return its status, so that a function can end with it.
 *
 * `step`    static text for the log: the call that failed, or NULL
 * `format`  the sentence for the client (no path, no errno text), or NULL
 */
wfs_status wfs_error_set(wfs_error *error, wfs_status status, int os_error,
                         const char *step, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* wfs_error_set for two numbers that differ, told as expected and got. */
wfs_status wfs_error_set_numbers(wfs_error *error, wfs_status status,
                                 uint64_t expected, uint64_t got,
                                 const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Pass on what a callee told; returns its status. `error` may be NULL. */
wfs_status wfs_error_copy(wfs_error *error, const wfs_error *fault);

#endif
