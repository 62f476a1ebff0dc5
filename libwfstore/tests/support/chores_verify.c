/*
 * chores_verify.c - what is remembered of recordings that are found bad.
 */
#include "support/chores_internal.h"

#include <stdlib.h>
#include <string.h>

static void flip(test_store *self)
{
    test_flip_bit(test_recording_path(self, "b"), TEST_SIZE / 2);
}

static wfs_status verify(test_store *self)
{
    return wfs_store_verify(self->store, NULL, test_told_keep,
                            test_chores_begin_told(), NULL, NULL);
}

static void have_rot(test_store *self)
{
    test_chores_have_recordings(self);
    flip(self);
}

static void have_mended(test_store *self)
{
    have_rot(self);
    assert_status(verify(self), WFS_OK);
    flip(self);
}

static char *describe(const test_store *self)
{
    test_store own = *self;

    return test_chores_describe_open(&own);
}

static void finish(const test_store *self)
{
    test_tend(self);
    test_publish(self);
    assert_int_equal(test_store_get_stat(self).recordings, TEST_COUNT);
}

static bool has_told_more_than_rot(void)
{
    return test_chores_has_told_more("rot:b");
}

static bool has_told(void)
{
    return test_chores_has_told_more("");
}

/* A file that could not be read just now: the next run finds it readable. */
static void expect_rot(const test_store *self)
{
    test_store own = *self;

    assert_status(verify(&own), WFS_OK);
    assert_false(has_told_more_than_rot());
    assert_int_equal(test_store_get_stat(self).damaged, 1);
}

static void expect_mended(const test_store *self)
{
    test_store own = *self;

    assert_status(verify(&own), WFS_OK);
    assert_false(has_told());
    assert_int_equal(test_store_get_stat(self).damaged, 0);
}

const test_chore TEST_VERIFY_ROT = {
    {"finding rot", have_rot, verify, false},
    {false, describe, finish, has_told_more_than_rot, expect_rot}};

const test_chore TEST_VERIFY_MENDED = {
    {"finding rot mended", have_mended, verify, false},
    {false, describe, finish, has_told, expect_mended}};
