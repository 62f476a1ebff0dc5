/*
 * rebuilt.c - a store to be rebuilt, and what is in it then.
 */
#include "support/rebuilt.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int test_rebuilt_setup(void **state)
{
    int result = test_upkeep_setup(state);
    wfs_recording_change change = {.name = "Zwölf \"Takte\"",
                                   .metadata_patch = "{\"x\":[1,2]}",
                                   .metadata_patch_length = 11};
    wfs_recording recording = WFS_RECORDING_INIT;
    test_store *self = *state;

    assert_status(
        wfs_recording_update(self->store, "b", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    test_publish(self);
    test_store_close(self);
    return result;
}

void test_lose_catalogue(test_store *self)
{
    (void)unlink(test_store_get_path(self, TEST_CATALOGUE));
    (void)unlink(test_store_get_path(self, TEST_CATALOGUE "-wal"));
    (void)unlink(test_store_get_path(self, TEST_CATALOGUE "-shm"));
}

wfs_rebuild_summary test_rebuild(test_store *self,
                                 const wfs_rebuild_options *options,
                                 test_told *told)
{
    wfs_rebuild_summary summary = WFS_REBUILD_SUMMARY_INIT;
    wfs_error error = WFS_ERROR_INIT;
    test_told ignored = {.log = ""};
    wfs_status status =
        wfs_store_rebuild(self->path, options, test_told_keep,
                          told == NULL ? &ignored : told, &summary, &error);

    if (status != WFS_OK) {
        fail_msg("%s: %s (%s)", wfs_status_name(status), error.detail,
                 error.step == NULL ? "" : error.step);
    }
    return summary;
}

wfs_status test_try_rebuild(const test_store *self,
                            const wfs_rebuild_options *options)
{
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status =
        wfs_store_rebuild(self->path, options, NULL, NULL, NULL, &error);

    assert_status(error.status, status);
    return status;
}

char *test_describe(test_store *self)
{
    char *text = calloc(1, 16384);

    assert_non_null(text);
    test_store_open(self);
    for (size_t i = 0; i < TEST_COUNT; i++) {
        char *json = test_recording_json(self, TEST_IDS[i]);

        strcat(text, json);
        strcat(text, "\n");
        free(json);
    }
    test_store_close(self);
    return text;
}

void test_expect_described(test_store *self, char *before)
{
    char *after = test_describe(self);

    assert_string_equal(after, before);
    free(after);
    free(before);
}

wfs_store_stat test_rebuilt_stat(test_store *self)
{
    wfs_store_stat stat;

    test_store_open(self);
    stat = test_store_get_stat(self);
    test_store_close(self);
    return stat;
}

void test_rebuilt_unname(test_store *self)
{
    test_store_open(self);
    test_unname_file(self);
    test_store_close(self);
}

char *test_rebuilt_path(test_store *self, const char *id)
{
    char *path;

    test_store_open(self);
    path = strdup(test_recording_path(self, id));
    test_store_close(self);
    return path;
}
