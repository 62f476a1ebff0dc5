/*
 * history_names.h - for history_read.c: which file has which name while a trace
 * is read.
 */
#ifndef POWERCUT_HISTORY_NAMES_H
#define POWERCUT_HISTORY_NAMES_H

#include "history.h"
#include "symbols.h"

/* A name that a file has at some moment. */
typedef struct entry {
    size_t folder;
    size_t file;
    char *name;
} entry;

/* `frames`  of the record being read */
typedef struct reading {
    history *into;
    symbols *program;
    entry *entries;
    size_t entry_count;
    uint64_t frames[TRACE_FRAMES_MAX];
} reading;

/* Room for one more of `count` items; grows by doubling. */
void *reading_grow(void *items, size_t count, size_t size);

/* The youngest file with this inode, or NO_FILE. */
size_t reading_find_file(const reading *self, uint64_t inode);

/* Names come and go, so that files can be told: sets the file of `made`, and
 * of a sync its site. */
void reading_follow(reading *self, deed *made, const trace_record *record);

#endif
