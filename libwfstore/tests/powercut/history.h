/*
 * history.h - a trace in memory: what was done to the disk, in order.
 *
 * A `deed` is a record with its files looked up: they are numbered from 0 (the
 * folder above the store) in the order in which they were made, so that a
 * number is never used again. SQLite's -shm file is left out: it is rebuilt
 * from the journal after a restart. What is written into .wfstore/live is taken
 * as if through a mapping: any bytes may be there afterwards.
 */
#ifndef POWERCUT_HISTORY_H
#define POWERCUT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace.h"

#define NO_SITE SIZE_MAX
#define NO_FILE SIZE_MAX

/* `site`: which of history.sites a sync was called from, or NO_SITE. */
typedef struct deed {
    trace_kind kind;
    size_t file;
    size_t folder;
    size_t to_folder;
    const char *name;
    const char *to_name;
    uint64_t offset;
    const uint8_t *bytes;
    size_t length;
    int64_t time_ns;
    size_t site;
} deed;

typedef struct history_file {
    uint64_t inode;
    bool is_folder;
    bool is_ignored;
    bool is_hint;
} history_file;

/* `begin`: this many deeds were done before; no power cut there. */
typedef struct history {
    const char *path; /* of the trace */
    deed *deeds;
    size_t count;
    size_t begin;
    history_file *files;
    size_t file_count;
    char **sites;
    size_t site_count;
    char **texts; /* all names */
    size_t text_count;
    uint8_t *bytes; /* the trace */
} history;

/*
 * Read a trace; ends the program if it cannot be. `program` is the executable
 * that was recorded, for the names of its functions.
 */
void history_read(const char *path, const char *program, history *ret_history);

void history_close(history *self);

/* What a deed is, for people. */
void history_print(const history *self, size_t index);

/* The marks after which all that was done is there for sure. */
#define HISTORY_RESTART "= restart"
#define HISTORY_GIVEN "= given" /* and the life begins */

/* Whether deed `index` is a mark that begins with `start`. */
bool history_is_mark(const history *self, size_t index, const char *start);

/* Ends the program with a message and errno. */
_Noreturn void history_give_up(const char *what);

#endif
