/*
 * chores_rebuild.c - a new catalogue for a store of three recordings.
 */
#include "support/chores_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void lose_catalogue(test_store *self)
{
    test_chores_have_recordings(self);
    test_store_close(self);
    assert_int_equal(unlink(test_store_get_path(self, TEST_CATALOGUE)), 0);
}

/* That there is one already is what was wanted. */
static wfs_status rebuild_lost(test_store *self)
{
    wfs_status status = wfs_store_rebuild(self->path, NULL, test_told_keep,
                                          test_chores_begin_told(), NULL, NULL);

    return status == WFS_ECONFLICT ? WFS_OK : status;
}

/* An upload that the new one does not know. */
static void have_upload(test_store *self)
{
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(TEST_SIZE, 7);

    test_chores_have_recordings(self);
    test_send_ok(self->store, &spec, bytes, TEST_SIZE);
    free(bytes);
    test_store_close(self);
}

static wfs_status rebuild_replaced(test_store *self)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    options.no_list = true;
    return wfs_store_rebuild(self->path, &options, test_told_keep,
                             test_chores_begin_told(), NULL, NULL);
}

static void finish(const test_store *self)
{
    test_chores_expect_built(self);
    test_chores_use(self);
}

static bool has_told(void)
{
    return test_chores_has_told_more("");
}

static bool has_told_more_than_parts(void)
{
    return test_chores_has_told_more("part:up") &&
           test_chores_has_told_more("");
}

/* A source that could not be read: names are those of files then. */
static void expect_all(const test_store *self)
{
    test_store own = *self;

    own.store = NULL;
    test_chores_expect_built(self);
    test_store_open(&own);
    assert_int_equal(test_store_get_stat(&own).recordings, TEST_COUNT);
    for (size_t i = 0; i < TEST_COUNT; i++) {
        uint8_t *bytes =
            test_audio_make(TEST_SIZE + i, (uint32_t)TEST_IDS[i][0]);

        test_expect_recording(&own, TEST_IDS[i], bytes, TEST_SIZE + i);
        free(bytes);
    }
    test_store_close(&own);
}

const test_chore TEST_REBUILD_LOST = {
    {"rebuilding a lost catalogue", lose_catalogue, rebuild_lost, false},
    {true, test_chores_describe_closed, finish, has_told, expect_all}};

const test_chore TEST_REBUILD_REPLACED = {
    {"rebuilding another catalogue", have_upload, rebuild_replaced, false},
    {true, test_chores_describe_closed, finish, has_told_more_than_parts,
     expect_all}};
