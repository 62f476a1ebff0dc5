/*
 * test_rebuild_damage.c - what rebuilding finds damaged is told.
 */
#include "support/rebuilt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void damage_is_told_and_stays_visible(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char *before = test_describe(self);
    char *a = test_rebuilt_path(self, "a");
    char *b = test_rebuilt_path(self, "b");
    char *c = test_rebuilt_path(self, "c");

    test_flip_bit(a, TEST_SIZE / 2);
    assert_int_equal(truncate(b, TEST_SIZE), 0);
    assert_int_equal(unlink(c), 0);
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "rot:a size:b missing:c");
    assert_int_equal(summary.recordings, TEST_COUNT);
    assert_int_equal(summary.rotten, 2);
    assert_int_equal(summary.missing, 1);
    assert_int_equal(test_rebuilt_stat(self).damaged, 3);
    test_expect_described(self, before);
    free(a);
    free(b);
    free(c);
}

static void without_digesting_the_list_is_believed(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    char *a = test_rebuilt_path(self, "a");

    options.no_digest = true;
    test_flip_bit(a, TEST_SIZE / 2);
    test_lose_catalogue(self);
    (void)test_rebuild(self, &options, &told);
    assert_string_equal(told.log, "");
    free(a);
}

static void a_broken_list_is_read_around_and_kept(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char name[128];
    size_t length;
    uint8_t *text =
        test_file_read(test_store_get_path(self, "metadata.json"), &length);
    char *line = strstr((char *)text, "{\"id\":\"b\"");

    assert_non_null(line);
    test_flip_bit(test_store_get_path(self, "metadata.json"),
                  line - (char *)text);
    free(text);
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "entry:metadata.json found:b");
    assert_int_equal(summary.entries, 1);
    assert_int_equal(summary.from_list, 2);
    assert_int_equal(summary.from_files, 1);
    snprintf(name, sizeof name, ".wfstore/metadata.json.%s", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT);
}

/* Somebody has put two lists into one. */
static void an_id_that_the_list_has_twice_counts_once(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    size_t length;
    char *text = (char *)test_file_read(
        test_store_get_path(self, "metadata.json"), &length);
    const char *line = strstr(text, "{\"id\":\"b\"");
    FILE *list = fopen(test_store_get_path(self, "metadata.json"), "w");

    assert_non_null(line);
    assert_non_null(list);
    (void)fprintf(list, "%.*s%.*s,\n%.*s", (int)(line - text), text,
                  (int)(strchr(line, '}') + 2 - line), line,
                  (int)(text + length - line), line);
    assert_int_equal(fclose(list), 0);
    free(text);
    test_lose_catalogue(self);
    summary = test_rebuild(self, NULL, &told);
    assert_string_equal(told.log, "duplicate:b");
    assert_int_equal(summary.duplicates, 1);
    assert_int_equal(summary.from_list, TEST_COUNT);
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rebuilt_setup,                  \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(damage_is_told_and_stays_visible),
        TEST(without_digesting_the_list_is_believed),
        TEST(a_broken_list_is_read_around_and_kept),
        TEST(an_id_that_the_list_has_twice_counts_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
