/*
 * explorer.h - what the explorations share: one disk that is filled, put,
 * checked, and forgotten unless it was a new one.
 */
#ifndef POWERCUT_EXPLORER_H
#define POWERCUT_EXPLORER_H

#include "disk.h"
#include "explore.h"

/* Disks that were checked, by their digests; grows. */
typedef struct seen {
    uint64_t *hashes;
    size_t count;
    size_t capacity;
} seen;

typedef struct explorer {
    const exploration *task;
    timeline timeline;
    cut cut;
    disk disk;
    promises promised;
    size_t marks;
    seen seen;
} explorer;

/* `off`: a site whose syncs do nothing, or NO_SITE. */
void explorer_open(explorer *self, const exploration *task, size_t off);
void explorer_close(explorer *self);

/* The power goes after `end` deeds. */
void explorer_set_end(explorer *self, size_t end);

/* Whether the state is well, or equal to one that was looked at. */
bool explorer_try(explorer *self, cut_family family, size_t number);

/* Right before a sync, right after a mark: more can be pending nowhere. */
bool explorer_is_epoch(const history *from, size_t end);

#endif
