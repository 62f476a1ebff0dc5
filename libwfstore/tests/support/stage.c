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

void test_stage_make(test_store *self, const test_act *act,
                     test_stage *ret_stage)
{
    test_stage stage = {.act = act};

    snprintf(stage.made, sizeof(stage.made), "%.200s/made", self->folder);
    test_store_close(self);
    test_tree_remove(self->path);
    test_tree_remove(stage.made);
    test_store_open(self);
    act->prepare(self);
    test_store_close(self);
    test_tree_copy(self->path, stage.made);
    test_store_open(self);
    stage.old = test_acts_describe(self);
    test_stage_reset(self, &stage);
    test_store_open(self);
    assert_status(act->act(self), WFS_OK);
    stage.new = test_acts_describe(self);
    *ret_stage = stage;
}

void test_stage_release(test_stage *stage)
{
    free(stage->old);
    free(stage->new);
}

bool test_stage_expect(test_store *self, const test_stage *stage,
                       const char *what, const char *when)
{
    char *text = test_acts_describe(self);
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
    test_acts_finish(self);
}
