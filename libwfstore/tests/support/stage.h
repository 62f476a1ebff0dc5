/*
 * stage.h - an act (support/acts.h) that is done again and again from the same
 * old state.
 */
#ifndef WFS_TEST_STAGE_H
#define WFS_TEST_STAGE_H

#include "support/acts.h"

/*
 * What is looked at before and after an act.
 *
 * `is_closed`  the act and the view want the store closed
 * `describe`   what can be seen, as text; new
 * `finish`     the store goes on to its end, in the new state
 * `is_less`    NULL: never; whether the act, which succeeded, has told that it
 *              could do less than all
 * `expect_less` fail the test unless what must be there is there all the same
 */
typedef struct test_view {
    bool is_closed;
    char *(*describe)(const test_store *self);
    void (*finish)(const test_store *self);
    bool (*is_less)(void);
    void (*expect_less)(const test_store *self);
} test_view;

/* Of the id TEST_ACTS_ID (support/acts.h). */
extern const test_view TEST_TAKE_VIEW;

typedef struct test_stage {
    const test_act *act;
    const test_view *view;
    char made[TEST_PATH_BYTES]; /* the store as `prepare` leaves it */
    char *old;                  /* what is seen of it */
    char *new;                  /* and after the act */
} test_stage;

/* Prepare the act in the store's folder; release it. Its view is that of the
 * take, or `view`. */
void test_stage_make(test_store *self, const test_act *act,
                     test_stage *ret_stage);
void test_stage_make_of(test_store *self, const test_act *act,
                        const test_view *view, test_stage *ret_stage);
void test_stage_release(test_stage *stage);

/* The store is as it was made, and closed. */
void test_stage_reset(test_store *self, const test_stage *stage);

/* Open the store, if it is not open and the act does not want it closed. */
void test_stage_open(test_store *self, const test_stage *stage);

/* Fail the test unless the store is in the old state or the new one;
 * returns whether it is the new one. `what` and `when` are told then. */
bool test_stage_expect(test_store *self, const test_stage *stage,
                       const char *what, const char *when);

/* The act can be repeated, and the client can go on to its end. */
void test_stage_go_on(test_store *self, const test_stage *stage,
                      const char *what);

#endif
