/*
 * stage.h - an act (support/acts.h) that is done again and again from the same
 * old state.
 */
#ifndef WFS_TEST_STAGE_H
#define WFS_TEST_STAGE_H

#include "support/acts.h"

typedef struct test_stage {
    const test_act *act;
    char made[TEST_PATH_BYTES]; /* the store as `prepare` leaves it */
    char *old;                  /* what is seen of it */
    char *new;                  /* and after the act */
} test_stage;

/* Prepare the act in the store's folder; release it. */
void test_stage_make(test_store *self, const test_act *act,
                     test_stage *ret_stage);
void test_stage_release(test_stage *stage);

/* The store is as it was made, and closed. */
void test_stage_reset(test_store *self, const test_stage *stage);

/* Fail the test unless the open store is in the old state or the new one;
 * returns whether it is the new one. `what` and `when` are told then. */
bool test_stage_expect(test_store *self, const test_stage *stage,
                       const char *what, const char *when);

/* The act can be repeated, and the client can go on to its end. */
void test_stage_go_on(test_store *self, const test_stage *stage,
                      const char *what);

#endif
