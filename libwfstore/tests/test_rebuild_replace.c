/*
 * test_rebuild_replace.c - a catalogue that is there, whole, damaged or of a
 * newer store, is replaced only when that is wanted.
 */
#include "support/rebuilt.h"

#include <stdio.h>
#include <stdlib.h>

#include "wfstore/append.h"

static void a_catalogue_is_never_replaced_unasked(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary;
    char name[128];
    char *before = test_describe(self);

    assert_status(test_try_rebuild(self, NULL), WFS_ECONFLICT);
    options.replace = true;
    summary = test_rebuild(self, &options, NULL);
    assert_int_equal(summary.from_catalogue, TEST_COUNT);
    assert_int_equal(summary.from_list, 0);
    assert_int_equal(summary.duplicates, 0);
    snprintf(name, sizeof name, TEST_CATALOGUE ".%s", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
    test_expect_described(self, before);
}

static void expect_note(const test_store *self, const char *id, bool is_there)
{
    char *note = NULL;

    assert_status(wfs_upload_get_note(self->store, id, &note, NULL), WFS_OK);
    if (is_there) {
        assert_non_null(note);
        assert_string_equal(note, "kept with it");
    } else {
        assert_null(note);
    }
    free(note);
}

static void notes_of_recordings_are_taken_over(void **state)
{
    test_store *self = *state;
    static const char *const ids[] = {"done", "open"};
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    test_store_open(self);
    for (size_t i = 0; i < 2; i++) {
        create.id = ids[i];
        create.size_bytes = 0;
        create.note = "kept with it";
        assert_status(wfs_upload_create(self->store, &create, NULL), WFS_OK);
    }
    spec.id = "done";
    spec.limits.types = WFS_TYPES_ANY;
    assert_status(test_try_complete(self->store, &spec), WFS_OK);
    test_store_close(self);
    options.replace = true;
    (void)test_rebuild(self, &options, NULL);
    test_store_open(self);
    expect_note(self, "done", true);
    expect_note(self, "open", false);
}

/* What was committed last lies in the journal of a process that was killed. */
static void the_journal_goes_where_its_catalogue_goes(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_rebuild_summary summary;
    char command[2048];
    char name[128];

    options.replace = true;
    options.no_list = true;
    test_store_open(self);
    test_add_recording(self, "d", TEST_SIZE);
    snprintf(command, sizeof command,
             "cd '%s/.wfstore' && mkdir k && cp catalog.sqlite3* k/",
             self->path);
    assert_int_equal(system(command), 0);
    test_store_close(self);
    snprintf(command, sizeof command,
             "cd '%s/.wfstore' && mv k/catalog.sqlite3* . && rmdir k",
             self->path);
    assert_int_equal(system(command), 0);
    assert_true(
        test_file_exists(test_store_get_path(self, TEST_CATALOGUE "-wal")));
    summary = test_rebuild(self, &options, NULL);
    assert_int_equal(summary.from_catalogue, TEST_COUNT + 1);
    assert_int_equal(summary.from_files, 0);
    snprintf(name, sizeof name, TEST_CATALOGUE ".%s-wal", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
}

static bool try_to_open(void *data, uint64_t done, uint64_t total)
{
    const test_store *self = data;
    wfs_store *store = NULL;
    wfs_error error = WFS_ERROR_INIT;

    (void)done;
    assert_int_equal(total > 3 * TEST_SIZE, true);
    assert_status(wfs_store_open(self->path, NULL, &store, &error), WFS_EBUSY);
    assert_string_equal(error.detail, "the store is being rebuilt");
    return true;
}

static void nobody_has_the_store_open_meanwhile(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;

    options.replace = true;
    options.progress = try_to_open;
    options.progress_data = self;
    test_store_open(self);
    assert_status(
        wfs_store_rebuild(self->path, &options, NULL, NULL, NULL, &error),
        WFS_EBUSY);
    assert_string_equal(error.detail, "a process has the store open");
    test_store_close(self);
    (void)test_rebuild(self, &options, NULL);
}

static void a_cancelled_one_has_changed_nothing(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    char *before = test_describe(self);

    options.replace = true;
    options.progress = test_refuse;
    assert_status(test_try_rebuild(self, &options), WFS_ECANCELED);
    assert_false(
        test_file_exists(test_store_get_path(self, ".wfstore/rebuild")));
    test_expect_described(self, before);
}

static void a_damaged_catalogue_is_set_aside(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char *before = test_describe(self);

    test_store_put_file(self, TEST_CATALOGUE,
                        "this is not a database, not any more");
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL),
                  WFS_ECORRUPT);
    options.replace = true;
    summary = test_rebuild(self, &options, &told);
    assert_string_equal(told.log, "catalogue:" TEST_CATALOGUE);
    assert_int_equal(summary.from_list, TEST_COUNT);
    test_expect_described(self, before);
}

static void fill(test_store *self, size_t count)
{
    test_store_open(self);
    for (size_t i = 0; i < count; i++) {
        char id[16];

        snprintf(id, sizeof id, "r%03zu", i);
        test_add_recording(self, id, 500);
    }
    test_publish(self);
    test_store_close(self);
}

/* A page in the middle of the table of recordings. */
static long find_page(test_store *self)
{
    char command[1024];
    char answer[32] = "";
    FILE *from;

    snprintf(command, sizeof command,
             "sqlite3 '%s/" TEST_CATALOGUE "' \"SELECT pageno FROM dbstat WHERE"
             " name = 'recording' AND pagetype = 'leaf' LIMIT 1 OFFSET 3\"",
             self->path);
    from = popen(command, "r");
    assert_non_null(from);
    assert_non_null(fgets(answer, sizeof answer, from));
    assert_int_equal(pclose(from), 0);
    return strtol(answer, NULL, 10);
}

static void what_lies_behind_damage_is_read(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char command[1024];

    fill(self, 120);
    snprintf(command, sizeof command,
             "dd if=/dev/urandom of='%s/" TEST_CATALOGUE "' bs=4096 count=1"
             " conv=notrunc seek=%ld 2>/dev/null",
             self->path, find_page(self) - 1);
    assert_int_equal(system(command), 0);
    options.replace = true;
    summary = test_rebuild(self, &options, &told);
    assert_string_equal(told.log, "catalogue:" TEST_CATALOGUE);
    assert_int_equal(summary.recordings, TEST_COUNT + 120);
    assert_true(summary.from_list > 0 && summary.from_list < 40);
    assert_true(summary.from_catalogue > 80);
    assert_int_equal(test_rebuilt_stat(self).recordings, TEST_COUNT + 120);
}

static void the_old_catalogue_knows_where_a_file_lies(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    char *before = test_describe(self);

    options.replace = true;
    options.no_list = true;
    test_rebuilt_unname(self);
    test_know_unnamed(self);
    (void)test_rebuild(self, &options, &told);
    assert_string_equal(told.log, "");
    test_expect_described(self, before);
}

static void a_newer_store_is_left_alone(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    test_run_sql(self, "PRAGMA user_version = 99");
    assert_status(test_try_rebuild(self, &options), WFS_EVERSION);
    test_store_put_file(self, ".wfstore/version", "99\n");
    options.no_catalogue = true;
    assert_status(test_try_rebuild(self, &options), WFS_EVERSION);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_rebuilt_setup,                  \
                                    test_store_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_catalogue_is_never_replaced_unasked),
        TEST(notes_of_recordings_are_taken_over),
        TEST(the_journal_goes_where_its_catalogue_goes),
        TEST(nobody_has_the_store_open_meanwhile),
        TEST(a_cancelled_one_has_changed_nothing),
        TEST(a_damaged_catalogue_is_set_aside),
        TEST(what_lies_behind_damage_is_read),
        TEST(the_old_catalogue_knows_where_a_file_lies),
        TEST(a_newer_store_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
