/*
 * model.h - what a store must know, as one struct per take: what was attempted,
 * and what of it was acknowledged.
 *
 * A take lives once: chunks in any order, a recording, other names, its end.
 * So whatever processes do at once and wherever they are killed, what a store
 * says of it lies between what was acknowledged before the question and what
 * was attempted before the answer. The structs lie in memory that processes
 * share.
 */
#ifndef WFS_TEST_MODEL_H
#define WFS_TEST_MODEL_H

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "support/store.h"

#define MODEL_CHUNK 3000
#define MODEL_CHUNKS 4
#define MODEL_SIZE (MODEL_CHUNK * MODEL_CHUNKS)
#define MODEL_ALL ((1u << MODEL_CHUNKS) - 1)
#define MODEL_TAKES_MAX 65536
#define MODEL_WINDOW 12 /* takes that are worked on at a time */

/* What was attempted, or acknowledged. */
typedef struct model_marks {
    atomic_uint chunks; /* a bit each */
    atomic_uint complete;
    atomic_uint name; /* the number of its last name; 0: none yet */
    atomic_uint gone;
} model_marks;

typedef struct model_take {
    model_marks tried;
    model_marks told;
} model_take;

typedef struct model {
    atomic_uint first; /* of the window */
    model_take takes[MODEL_TAKES_MAX];
} model;

/* In memory that children share; NULL if there is none. */
model *model_open(void);
void model_close(model *m);

void model_get_id(unsigned number, char ret_id[WFS_ID_MAX_BYTES + 1]);

/* Marks as they are now. */
typedef struct model_seen {
    unsigned chunks;
    unsigned complete;
    unsigned name;
    unsigned gone;
} model_seen;

model_seen model_look(const model_marks *marks);

/* In a child there is nobody to assert for: it says what is wrong and ends. */
#define MODEL_CHECK(condition, number, ...)                                    \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "take %u: not %s: ", number, #condition);          \
            fprintf(stderr, __VA_ARGS__);                                      \
            fputc('\n', stderr);                                               \
            _exit(1);                                                          \
        }                                                                      \
    } while (0)

/* Ask the store about a take, and end the process if the answer is wrong. */
void model_check_take(model *m, wfs_store *store, unsigned number);

/* The same for its bytes, if it is a recording. */
void model_check_bytes(model *m, wfs_store *store, unsigned number);

/* The same for the pages of all recordings, sorted by something. */
void model_check_list(model *m, wfs_store *store, unsigned sort);

/* One random act on a take of the window. */
void model_act(model *m, wfs_store *store, unsigned *seed);

#endif
