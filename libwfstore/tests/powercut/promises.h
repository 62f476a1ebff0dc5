/*
 * promises.h - what the life had begun and what it was promised, at a moment.
 */
#ifndef POWERCUT_PROMISES_H
#define POWERCUT_PROMISES_H

#include "history.h"
#include "plan.h"

#define PROMISES_MAX 32

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
    bool is_published;   /* metadata.json has it */
    bool is_unpublished; /* and this one no longer */
} promise;

typedef struct promises {
    bool has_store;
    bool has_published;
    size_t count;
    promise all[PROMISES_MAX];
} promises;

/* From the marks among the first `end` deeds. */
void promises_read(promises *self, const history *from, size_t end);

/* NULL: no plan has this id. */
const promise *promises_find(const promises *self, const char *id);

#endif
