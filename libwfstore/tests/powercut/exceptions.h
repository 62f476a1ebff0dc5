/*
 * exceptions.h - sites.txt: the syncs that can be switched off unnoticed, and
 * why they stand in the code all the same.
 */
#ifndef POWERCUT_EXCEPTIONS_H
#define POWERCUT_EXCEPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct exception {
    char *site;
    char *reason;
    bool was_met;
} exception;

typedef struct exceptions {
    exception *all;
    size_t count;
} exceptions;

/* Lines "site | reason", empty ones and comments (#); ends the program if the
 * file cannot be read. */
void exceptions_read(const char *path, exceptions *ret_exceptions);

void exceptions_close(exceptions *self);

/* NULL: the site is none; else it counts as met. */
exception *exceptions_meet(exceptions *self, const char *site);

#endif
