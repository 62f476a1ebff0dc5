/*
 * promises.h - what the life had begun and what it was promised, at a moment.
 */
#ifndef POWERCUT_PROMISES_H
#define POWERCUT_PROMISES_H

#include "history.h"
#include "plan.h"

#define PROMISES_MAX 32

/* A recording in a backup. */
typedef struct backed_up {
    bool is_there;
    const char *name;
} backed_up;

/*
 * `is_begun`, `is_kept`: of chunks. A chunk 0 that is only provisional counts
 * as `head`. `name` was acknowledged last; `next_name` was asked for since, or
 * is the same.
 */
typedef struct promise {
    const plan *planned;
    bool is_known; /* anything was begun */
    bool is_begun[PLAN_CHUNKS_MAX];
    bool is_kept[PLAN_CHUNKS_MAX];
    bool head_is_begun;
    bool head_is_kept;
    bool is_created;
    bool is_declared; /* its size */
    bool is_completing;
    bool is_complete;
    bool is_deleting;
    bool is_deleted;
    size_t salvaged; /* chunks that completing makes do with; 0: needs all */
    const char *name;
    const char *next_name;
    bool may_be_gone;    /* the upload */
    size_t aside_bytes;  /* of an upload, when its catalogue was replaced */
    bool is_published;   /* metadata.json has it */
    bool is_unpublished; /* and this one no longer */
    backed_up backed_up; /* by the last backup that was done */
    backed_up next_backed_up; /* and by the one that was asked for since */
} promise;

/*
 * `has_backup`, `is_backing_up`  one was done; another one was asked for since
 * `is_rebuilding`, `is_rebuilt`  a new catalogue was asked for; and is there
 * `replaced_recordings`  in the one that it replaces, or 0: that was lost
 * `is_older`       the catalogue was of an older version, with so many rows
 */
typedef struct promises {
    bool has_store;
    bool has_published;
    bool has_backup;
    bool is_backing_up;
    bool is_rebuilding;
    bool is_rebuilt;
    size_t replaced_recordings;
    bool is_older;
    size_t older_recordings;
    size_t older_uploads;
    size_t count;
    promise all[PROMISES_MAX];
} promises;

/* From the marks among the first `end` deeds. */
void promises_read(promises *self, const history *from, size_t end);

/* NULL: no plan has this id. */
const promise *promises_find(const promises *self, const char *id);

#endif
