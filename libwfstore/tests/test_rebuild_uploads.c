/*
 * test_rebuild_uploads.c - what a rebuild does with unfinished uploads: their
 * bytes are set aside, whole, and each file is told of.
 */
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD 1000
#define SIZE 60000
#define PART "up.1.part"

static uint8_t *audio;

static void close_store(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

/* The provisional head lies in the catalogue, the third chunk in a file of its
 * own. */
static int setup(void **state)
{
    int result = test_store_setup(state);
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);

    audio = test_audio_make(SIZE, 1);
    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, HEAD);
    spec.is_provisional = false;
    spec.index = 1;
    test_send_ok(self->store, &spec, audio + HEAD, SIZE - HEAD);
    spec.index = 3;
    test_send_ok(self->store, &spec, audio, 500);
    close_store(self);
    return result;
}

static int teardown(void **state)
{
    free(audio);
    return test_store_teardown(state);
}

static void lose_catalogue(const test_store *self)
{
    (void)unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3"));
    (void)unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3-wal"));
    (void)unlink(test_store_get_path(self, ".wfstore/catalog.sqlite3-shm"));
}

/* What is told of parts, a line each, sorted by nothing. */
typedef struct lines {
    char text[4096];
    bool stop;
} lines;

static bool keep_part(void *data, const wfs_finding *finding)
{
    lines *self = data;
    size_t used = strlen(self->text);

    if (finding->kind == WFS_FINDING_PART) {
        snprintf(self->text + used, sizeof self->text - used, "%s %s: %s\n",
                 finding->id, finding->filename, finding->detail);
    }
    return !self->stop;
}

static wfs_rebuild_summary rebuild(const test_store *self, lines *told)
{
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary = WFS_REBUILD_SUMMARY_INIT;

    options.replace = true;
    assert_status(wfs_store_rebuild(self->path, &options, keep_part, told,
                                    &summary, NULL),
                  told->stop ? WFS_ECANCELED : WFS_OK);
    return summary;
}

static uint8_t *read_aside(const test_store *self, const char *aside,
                           const char *name, size_t *ret_length)
{
    char path[TEST_PATH_BYTES];

    snprintf(path, sizeof path, ".wfstore/uploads.%s/%s", aside, name);
    return test_file_read(test_store_get_path(self, path), ret_length);
}

static void expect_told(const lines *told, const char *aside, const char *name,
                        const char *detail)
{
    char line[512];

    snprintf(line, sizeof line, "up .wfstore/uploads.%s/%s: %s\n", aside, name,
             detail);
    if (strstr(told->text, line) == NULL) {
        fail_msg("%s is not told among %s", line, told->text);
    }
}

static void each_file_is_told_with_its_place_and_size(void **state)
{
    const test_store *self = *state;
    lines told = {.text = ""};
    wfs_rebuild_summary summary;
    size_t length = 0;
    uint8_t *bytes;

    lose_catalogue(self);
    summary = rebuild(self, &told);
    assert_int_equal(summary.parts, 2);
    expect_told(&told, summary.aside, PART,
                "60000 bytes of an upload that was not finished");
    expect_told(&told, summary.aside, "up.1.3",
                "500 bytes, chunk 3 of an upload that was not finished");
    bytes = read_aside(self, summary.aside, "up.1.3", &length);
    assert_int_equal(length, 500);
    assert_memory_equal(bytes, audio, length);
    free(bytes);
}

static void a_head_of_the_old_catalogue_is_set_aside_too(void **state)
{
    const test_store *self = *state;
    lines told = {.text = ""};
    wfs_rebuild_summary summary = rebuild(self, &told);
    size_t length = 0;
    uint8_t *bytes = read_aside(self, summary.aside, PART, &length);

    assert_int_equal(length, SIZE);
    assert_memory_equal(bytes, audio, SIZE);
    free(bytes);
}

/* A head whose upload has lost its file is in nobody's way. */
static void a_head_without_a_file_is_left_where_it_is(void **state)
{
    const test_store *self = *state;
    lines told = {.text = ""};
    wfs_rebuild_summary summary;

    assert_int_equal(
        unlink(test_store_get_path(self, ".wfstore/uploads/" PART)), 0);
    summary = rebuild(self, &told);
    assert_int_equal(summary.parts, 1);
    expect_told(&told, summary.aside, "up.1.3",
                "500 bytes, chunk 3 of an upload that was not finished");
}

/* The head that was written into the file is not the one the upload ends with.
 */
static void a_rebuild_given_up_leaves_the_upload_as_it_was(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    lines told = {.stop = true};

    (void)rebuild(self, &told);
    assert_string_not_equal(told.text, "");
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL), WFS_OK);
    assert_int_equal(test_store_count_uploads(self, ""), 2);
    audio[HEAD - 1] ^= 1;
    test_send_ok(self->store, &spec, audio, HEAD);
    spec.index = 2;
    audio = realloc(audio, SIZE + 1000);
    memcpy(audio + SIZE, audio + 500, 500);
    memcpy(audio + SIZE + 500, audio, 500);
    test_send_ok(self->store, &spec, audio + SIZE, 500);
    test_complete_ok(self, "up", 4, audio, SIZE + 1000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_file_is_told_with_its_place_and_size),
        TEST(a_head_of_the_old_catalogue_is_set_aside_too),
        TEST(a_head_without_a_file_is_left_where_it_is),
        TEST(a_rebuild_given_up_leaves_the_upload_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
