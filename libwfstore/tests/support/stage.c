/*
 * stage.c - an act, from its old state.
 */
#include "support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tree.h"

void test_stage_reset(test_store *self, const test_stage *stage)
{
    test_store_close(self);
    test_tree_remove(self->path);
    test_tree_copy(stage->made, self->path);
}

void test_stage_open(test_store *self, const test_stage *stage)
{
    if (self->store == NULL && !stage->view->is_closed) {
        test_store_open(self);
    }
}

static void prepare(test_store *self, const test_stage *stage)
{
    test_store_close(self);
    test_tree_remove(self->path);
    test_tree_remove(stage->made);
    self->options = NULL;
    test_store_open(self);
    stage->act->prepare(self);
    test_store_close(self);
    test_tree_copy(self->path, stage->made);
}

void test_stage_make_of(test_store *self, const test_act *act,
                        const test_view *view, test_stage *ret_stage)
{
    test_stage stage = {.act = act, .view = view};

    snprintf(stage.made, sizeof(stage.made), "%.200s/made", self->folder);
    prepare(self, &stage);
    test_stage_open(self, &stage);
    stage.old = view->describe(self);
    test_stage_reset(self, &stage);
    test_stage_open(self, &stage);
    assert_status(act->act(self), WFS_OK);
    stage.new = view->describe(self);
    *ret_stage = stage;
}

const test_view TEST_TAKE_VIEW = {.describe = test_acts_describe,
                                  .finish = test_acts_finish};

void test_stage_make(test_store *self, const test_act *act,
                     test_stage *ret_stage)
{
    test_stage_make_of(self, act, &TEST_TAKE_VIEW, ret_stage);
}

void test_stage_release(test_stage *stage)
{
    free(stage->old);
    free(stage->new);
}

bool test_stage_expect(test_store *self, const test_stage *stage,
                       const char *what, const char *when)
{
    char *text = stage->view->describe(self);
    bool is_new = strcmp(text, stage->new) == 0;

    if (!is_new && strcmp(text, stage->old) != 0) {
        fail_msg("%s, %s, %s:\n  %s\nis neither\n  %s\nnor\n  %s",
                 stage->act->name, what, when, text, stage->old, stage->new);
    }
    free(text);
    return is_new;
}

void test_stage_go_on(test_store *self, const test_stage *stage,
                      const char *what)
{
    wfs_status status = stage->act->act(self);

    if (status != WFS_OK || !test_stage_expect(self, stage, what, "repeated")) {
        fail_msg("%s, %s: repeated in vain: %s", stage->act->name, what,
                 wfs_status_name(status));
    }
    stage->view->finish(self);
}
