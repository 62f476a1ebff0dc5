/*
 * chores.c - what chores share.
 */
#include "support/chores_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static test_told told;

test_told *test_chores_begin_told(void)
{
    told = (test_told){.log = ""};
    return &told;
}

bool test_chores_has_told_more(const char *expected)
{
    return strcmp(told.log, expected) != 0;
}

const char *test_chores_get_told(void)
{
    return told.log;
}

void test_chores_have_recordings(test_store *self)
{
    for (size_t i = 0; i < TEST_COUNT; i++) {
        test_add_recording(self, TEST_IDS[i], TEST_SIZE + i);
    }
    test_publish(self);
}

static void describe_recording(FILE *to, test_store *self, const char *id)
{
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_status status = wfs_recording_get(self->store, id, &recording, NULL);
    char *json;

    wfs_recording_release(&recording);
    if (status != WFS_OK) {
        fprintf(to, "%s: %s\n", id, wfs_status_name(status));
        return;
    }
    json = test_recording_json(self, id);
    fprintf(to, "%s\n", json);
    free(json);
}

/* Strays are what a death may leave, to be told of later. */
static void describe_findings(FILE *to, const test_store *self)
{
    wfs_verify_options options = WFS_VERIFY_OPTIONS_INIT;
    test_told found = {.log = ""};

    options.no_strays = true;
    options.no_memory = true;
    assert_status(wfs_store_verify(self->store, &options, test_told_keep,
                                   &found, NULL, NULL),
                  WFS_OK);
    fprintf(to, "findings: %s\n", found.log);
}

char *test_chores_describe_open(test_store *self)
{
    wfs_store_stat stat = test_store_get_stat(self);
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);

    assert_non_null(to);
    for (size_t i = 0; i < TEST_COUNT; i++) {
        describe_recording(to, self, TEST_IDS[i]);
    }
    describe_findings(to, self);
    fprintf(to, "%d recordings, %d damaged, %d uploads in %d files",
            (int)stat.recordings, (int)stat.damaged, (int)stat.uploads,
            (int)test_store_count_uploads(self, ".part"));
    assert_int_equal(fclose(to), 0);
    return text;
}

char *test_chores_describe_closed(const test_store *self)
{
    test_store own = *self;
    wfs_status status = wfs_store_open(own.path, NULL, &own.store, NULL);
    char *text;

    if (status == WFS_ECORRUPT &&
        !test_file_exists(test_store_get_path(self, TEST_CATALOGUE))) {
        return strdup("no catalogue");
    }
    assert_status(status, WFS_OK);
    text = test_chores_describe_open(&own);
    test_store_close(&own);
    return text;
}

void test_chores_expect_built(const test_store *self)
{
    assert_false(
        test_file_exists(test_store_get_path(self, ".wfstore/rebuild")));
    assert_false(
        test_file_exists(test_store_get_path(self, ".wfstore/rebuilt")));
}

void test_chores_use(const test_store *self)
{
    test_store own = *self;

    own.store = NULL;
    test_store_open(&own);
    test_tend(&own);
    test_publish(&own);
    test_store_close(&own);
}
