/*
 * test_rebuild.c - a store that has lost its catalogue gets another.
 */
#include "support/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filename.h"

#define SIZE 3000
#define CATALOGUE ".wfstore/catalog.sqlite3"

static const char *const IDS[] = {"a", "b", "c"};
#define COUNT (sizeof IDS / sizeof IDS[0])

static void close_store(test_store *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

static void open_store(test_store *self)
{
    wfs_error error = WFS_ERROR_INIT;

    assert_status(wfs_store_open(self->path, NULL, &self->store, &error),
                  WFS_OK);
}

/* Three recordings, the second renamed and with metadata; not open. */
static int setup(void **state)
{
    int result = test_store_setup(state);
    wfs_recording_change change = {.name = "Zwölf \"Takte\"",
                                   .metadata_patch = "{\"x\":[1,2]}",
                                   .metadata_patch_length = 11};
    wfs_recording recording = WFS_RECORDING_INIT;
    test_store *self = *state;

    for (size_t i = 0; result == 0 && i < COUNT; i++) {
        test_add_recording(self, IDS[i], SIZE + i);
    }
    assert_status(
        wfs_recording_update(self->store, "b", &change, &recording, NULL),
        WFS_OK);
    wfs_recording_release(&recording);
    test_tend(self);
    close_store(self);
    return result;
}

/* A setup of test_store closes what is open. */
static int teardown(void **state)
{
    return test_store_teardown(state);
}

static void remove_file(test_store *self, const char *name)
{
    (void)unlink(test_store_get_path(self, name));
}

static void lose_catalogue(test_store *self)
{
    remove_file(self, CATALOGUE);
    remove_file(self, CATALOGUE "-wal");
    remove_file(self, CATALOGUE "-shm");
}

static wfs_rebuild_summary
rebuild(test_store *self, const wfs_rebuild_options *options, test_told *told)
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

/* What the recordings are, as text; the store is opened for it. New. */
static char *describe(test_store *self)
{
    char *text = calloc(1, 16384);

    open_store(self);
    for (size_t i = 0; i < COUNT; i++) {
        char *json = test_recording_json(self, IDS[i]);

        strcat(text, json);
        strcat(text, "\n");
        free(json);
    }
    close_store(self);
    return text;
}

static wfs_store_stat get_stat(test_store *self)
{
    wfs_store_stat stat;

    open_store(self);
    assert_status(wfs_store_get_stat(self->store, &stat, NULL), WFS_OK);
    close_store(self);
    return stat;
}

static void the_list_brings_back_everything(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    char *before = describe(self);
    char *after;
    size_t length;
    char *old = (char *)test_file_read(
        test_store_get_path(self, "metadata.json"), &length);
    wfs_rebuild_summary summary;

    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_string_equal(told.log, "");
    assert_int_equal(summary.from_list, COUNT);
    assert_int_equal(summary.recordings, COUNT);
    assert_int_equal(summary.bytes, 3 * SIZE + 3);
    assert_string_equal(summary.aside, "");
    after = describe(self);
    assert_string_equal(after, before);
    free(after);
    after = (char *)test_file_read(test_store_get_path(self, "metadata.json"),
                                   &length);
    assert_memory_equal(after, old, length); /* the order, too */
    free(after);
    free(old);
    free(before);
    assert_int_equal(get_stat(self).damaged, 0);
    assert_int_equal(get_stat(self).recordings, COUNT);
}

static void files_alone_bring_back_the_audio(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_recording before = WFS_RECORDING_INIT;
    wfs_recording after = WFS_RECORDING_INIT;
    wfs_rebuild_summary summary;

    open_store(self);
    assert_status(wfs_recording_get(self->store, "b", &before, NULL), WFS_OK);
    close_store(self);
    lose_catalogue(self);
    remove_file(self, "metadata.json");
    summary = rebuild(self, NULL, &told);
    assert_int_equal(summary.from_files, COUNT);
    assert_int_equal(told.count, COUNT);
    test_told_expect(&told, "found:b");
    open_store(self);
    assert_status(wfs_recording_get(self->store, "b", &after, NULL), WFS_OK);
    assert_string_equal(after.filename, before.filename);
    assert_string_equal(after.name, before.filename);
    assert_int_equal(after.timestamp_ms, before.timestamp_ms / 1000 * 1000);
    assert_int_equal(after.size_bytes, before.size_bytes);
    assert_string_equal(after.mime_type, before.mime_type);
    assert_string_equal(after.codec, before.codec);
    assert_int_equal(after.sample_rate, before.sample_rate);
    assert_true(after.duration_seconds == before.duration_seconds);
    assert_true(after.has_sha256);
    assert_memory_equal(after.sha256, before.sha256, WFS_SHA256_BYTES);
    wfs_recording_release(&before);
    wfs_recording_release(&after);
}

static void a_lost_folder_is_no_obstacle(void **state)
{
    test_store *self = *state;
    char command[1024];
    char *before = describe(self);
    char *after;

    snprintf(command, sizeof command, "rm -r '%s/.wfstore'", self->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(rebuild(self, NULL, NULL).from_list, COUNT);
    after = describe(self);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void what_is_no_store_stays_none(void **state)
{
    test_store *self = *state;
    char path[TEST_PATH_BYTES + 16];
    char below[TEST_PATH_BYTES + 32];

    snprintf(path, sizeof path, "%s/other", self->folder);
    assert_status(wfs_store_rebuild(path, NULL, NULL, NULL, NULL, NULL),
                  WFS_ENOSTORE);
    assert_int_equal(mkdir(path, 0750), 0);
    assert_status(wfs_store_rebuild(path, NULL, NULL, NULL, NULL, NULL),
                  WFS_ENOSTORE);
    snprintf(below, sizeof below, "%s/.wfstore", path);
    assert_false(test_file_exists(below));
}

static void a_catalogue_is_never_replaced_unasked(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_rebuild_summary summary;
    char name[128];
    char *before = describe(self);
    char *after;

    assert_status(wfs_store_rebuild(self->path, NULL, NULL, NULL, NULL, &error),
                  WFS_ECONFLICT);
    assert_status(error.status, WFS_ECONFLICT);
    options.replace = true;
    summary = rebuild(self, &options, NULL);
    assert_int_equal(summary.from_catalogue, COUNT);
    assert_int_equal(summary.from_list, 0);
    assert_int_equal(summary.duplicates, 0);
    snprintf(name, sizeof name, CATALOGUE ".%s", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
    after = describe(self);
    assert_string_equal(after, before);
    free(before);
    free(after);
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
    open_store(self);
    test_add_recording(self, "d", SIZE);
    snprintf(command, sizeof command,
             "cd '%s/.wfstore' && mkdir k && cp catalog.sqlite3* k/",
             self->path);
    assert_int_equal(system(command), 0);
    close_store(self);
    snprintf(command, sizeof command,
             "cd '%s/.wfstore' && mv k/catalog.sqlite3* . && rmdir k",
             self->path);
    assert_int_equal(system(command), 0);
    assert_true(test_file_exists(test_store_get_path(self, CATALOGUE "-wal")));
    summary = rebuild(self, &options, NULL);
    assert_int_equal(summary.from_catalogue, COUNT + 1);
    assert_int_equal(summary.from_files, 0);
    snprintf(name, sizeof name, CATALOGUE ".%s-wal", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
}

static bool try_to_open(void *data, uint64_t done, uint64_t total)
{
    const test_store *self = data;
    wfs_store *store = NULL;

    (void)done;
    assert_int_equal(total > 3 * SIZE, true);
    assert_status(wfs_store_open(self->path, NULL, &store, NULL), WFS_EBUSY);
    return true;
}

static void nobody_has_the_store_open_meanwhile(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    options.progress = try_to_open;
    options.progress_data = self;
    open_store(self);
    assert_status(
        wfs_store_rebuild(self->path, &options, NULL, NULL, NULL, NULL),
        WFS_EBUSY);
    close_store(self);
    (void)rebuild(self, &options, NULL);
}

static bool refuse(void *data, uint64_t done, uint64_t total)
{
    (void)data;
    (void)done;
    (void)total;
    return false;
}

static void a_cancelled_one_has_changed_nothing(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    char *before = describe(self);
    char *after;

    options.replace = true;
    options.progress = refuse;
    assert_status(
        wfs_store_rebuild(self->path, &options, NULL, NULL, NULL, NULL),
        WFS_ECANCELED);
    assert_false(
        test_file_exists(test_store_get_path(self, ".wfstore/rebuild")));
    after = describe(self);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void a_damaged_catalogue_is_set_aside(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char *before = describe(self);
    char *after;

    test_store_put_file(self, CATALOGUE,
                        "this is not a database, not any more");
    assert_status(wfs_store_open(self->path, NULL, &self->store, NULL),
                  WFS_ECORRUPT);
    options.replace = true;
    summary = rebuild(self, &options, &told);
    assert_string_equal(told.log, "catalogue:" CATALOGUE);
    assert_int_equal(summary.from_list, COUNT);
    after = describe(self);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void fill(test_store *self, size_t count)
{
    open_store(self);
    for (size_t i = 0; i < count; i++) {
        char id[16];

        snprintf(id, sizeof id, "r%03zu", i);
        test_add_recording(self, id, 500);
    }
    test_tend(self);
    close_store(self);
}

/* A page in the middle of the table of recordings. */
static long find_page(test_store *self)
{
    char command[1024];
    char answer[32] = "";
    FILE *from;

    snprintf(command, sizeof command,
             "sqlite3 '%s/" CATALOGUE "' \"SELECT pageno FROM dbstat WHERE"
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
             "dd if=/dev/urandom of='%s/" CATALOGUE "' bs=4096 count=1"
             " conv=notrunc seek=%ld 2>/dev/null",
             self->path, find_page(self) - 1);
    assert_int_equal(system(command), 0);
    options.replace = true;
    summary = rebuild(self, &options, &told);
    assert_string_equal(told.log, "catalogue:" CATALOGUE);
    assert_int_equal(summary.recordings, COUNT + 120);
    assert_true(summary.from_list > 0 && summary.from_list < 40);
    assert_true(summary.from_catalogue > 80);
    assert_int_equal(get_stat(self).recordings, COUNT + 120);
}

static char *path_of(test_store *self, const char *id)
{
    char *path;

    open_store(self);
    path = strdup(test_recording_path(self, id));
    close_store(self);
    return path;
}

static void damage_is_told_and_stays_visible(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char *before = describe(self);
    char *after;
    char *a = path_of(self, "a");
    char *b = path_of(self, "b");
    char *c = path_of(self, "c");

    test_flip_bit(a, SIZE / 2);
    assert_int_equal(truncate(b, SIZE), 0);
    assert_int_equal(unlink(c), 0);
    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_string_equal(told.log, "rot:a size:b missing:c");
    assert_int_equal(summary.recordings, COUNT);
    assert_int_equal(summary.rotten, 2);
    assert_int_equal(summary.missing, 1);
    assert_int_equal(get_stat(self).damaged, 3);
    after = describe(self);
    assert_string_equal(after, before);
    free(before);
    free(after);
    free(a);
    free(b);
    free(c);
}

static void without_digesting_the_list_is_believed(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    char *a = path_of(self, "a");

    options.no_digest = true;
    test_flip_bit(a, SIZE / 2);
    lose_catalogue(self);
    (void)rebuild(self, &options, &told);
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
    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_string_equal(told.log, "entry:metadata.json found:b");
    assert_int_equal(summary.entries, 1);
    assert_int_equal(summary.from_list, 2);
    assert_int_equal(summary.from_files, 1);
    snprintf(name, sizeof name, ".wfstore/metadata.json.%s", summary.aside);
    assert_true(test_file_exists(test_store_get_path(self, name)));
    assert_int_equal(get_stat(self).recordings, COUNT);
}

static void put_copy(test_store *self, const char *id, const char *as)
{
    char command[2048];
    char *path = path_of(self, id);

    snprintf(command, sizeof command, "cp '%s' '%s'", path,
             test_store_get_path(self, as));
    assert_int_equal(system(command), 0);
    free(path);
}

static void an_id_counts_once(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;

    put_copy(self, "a", "recording_20010101_000000_b.wav");
    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_string_equal(told.log, "duplicate:b");
    assert_int_equal(summary.duplicates, 1);
    assert_int_equal(summary.recordings, COUNT);
    assert_true(test_file_exists(
        test_store_get_path(self, "recording_20010101_000000_b.wav")));
}

static void strange_files_are_told_and_left(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;

    test_store_put_file(self, "recording_20010101_000000_text.wav", "hello");
    test_store_put_file(self, "recording_20010101_000000_empty.wav", "");
    test_store_put_file(self, "any\n\x1b[31mthing", "hello");
    assert_int_equal(
        mkfifo(test_store_get_path(self, "recording_20010101_000000_pipe.wav"),
               0640),
        0);
    assert_int_equal(
        symlink("/etc/passwd", test_store_get_path(
                                   self, "recording_20010101_000000_link.wav")),
        0);
    assert_int_equal(
        mkdir(test_store_get_path(self, "recording_20010101_000000_dir.wav"),
              0750),
        0);
    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_int_equal(summary.recordings, COUNT);
    assert_int_equal(summary.strays, 6);
    assert_int_equal(told.count, 6);
    test_told_expect(&told, "not-audio:text");
    test_told_expect(&told, "not-audio:empty");
    test_told_expect(&told, "unreadable:pipe");
    test_told_expect(&told, "unreadable:link");
    test_told_expect(&told, "unreadable:dir");
    test_told_expect(&told, "stray:any\n");
}

static void what_holds_no_audio_is_taken_if_it_may_be(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};

    options.accept_any = true;
    test_store_put_file(self, "recording_20010101_000000_text.bin", "hello");
    lose_catalogue(self);
    (void)rebuild(self, &options, &told);
    assert_string_equal(told.log, "found:text");
}

static void unfinished_uploads_are_set_aside(void **state)
{
    test_store *self = *state;
    wfs_chunk_spec spec = test_chunk_spec("up", 0);
    uint8_t *bytes = test_audio_make(SIZE, 7);
    test_told told = {.log = ""};
    wfs_rebuild_summary summary;
    char command[1024];

    open_store(self);
    test_send_ok(self->store, &spec, bytes, SIZE);
    spec.index = 2;
    test_send_ok(self->store, &spec, bytes, SIZE);
    close_store(self);
    lose_catalogue(self);
    summary = rebuild(self, NULL, &told);
    assert_string_equal(told.log, "part:up part:up");
    assert_int_equal(summary.parts, 2);
    snprintf(command, sizeof command,
             "test $(ls '%s/.wfstore/uploads.%s' | wc -l) = 2", self->path,
             summary.aside);
    assert_int_equal(system(command), 0);
    open_store(self);
    assert_int_equal(test_store_count_uploads(self, ""), 0);
    spec.index = 0;
    test_send_ok(self->store, &spec, bytes, SIZE);
    test_complete_ok(self, "up", 1, bytes, SIZE);
    free(bytes);
}

/* As a crash between the commit of completing and the rename leaves it. */
static void unname_file(test_store *self)
{
    char *b = path_of(self, "b");

    assert_int_equal(
        rename(b, test_store_get_path(self, ".wfstore/uploads/b.77.part")), 0);
    free(b);
}

static void a_file_not_yet_renamed_is_its_recordings(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};
    char *before = describe(self);
    char *after;

    unname_file(self);
    lose_catalogue(self);
    (void)rebuild(self, NULL, &told);
    assert_string_equal(told.log, "");
    after = describe(self);
    assert_string_equal(after, before);
    free(after);
    free(before);
    assert_int_equal(get_stat(self).damaged, 0);
}

static void the_old_catalogue_knows_where_a_file_lies(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;
    test_told told = {.log = ""};
    char *before = describe(self);
    char *after;

    options.replace = true;
    options.no_list = true;
    unname_file(self);
    test_run_sql(self, "UPDATE recording SET part = 77 WHERE id = 'b'");
    (void)rebuild(self, &options, &told);
    assert_string_equal(told.log, "");
    after = describe(self);
    assert_string_equal(after, before);
    free(after);
    free(before);
}

/* Only the same bytes are believed to be the recording's. */
static void another_uploads_bytes_are_no_recording(void **state)
{
    test_store *self = *state;
    test_told told = {.log = ""};

    unname_file(self);
    test_flip_bit(test_store_get_path(self, ".wfstore/uploads/b.77.part"),
                  SIZE / 2);
    lose_catalogue(self);
    (void)rebuild(self, NULL, &told);
    assert_string_equal(told.log, "missing:b part:b");
}

static void a_newer_store_is_left_alone(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    test_run_sql(self, "PRAGMA user_version = 99");
    assert_status(
        wfs_store_rebuild(self->path, &options, NULL, NULL, NULL, NULL),
        WFS_EVERSION);
    test_store_put_file(self, ".wfstore/version", "99\n");
    options.no_catalogue = true;
    assert_status(
        wfs_store_rebuild(self->path, &options, NULL, NULL, NULL, NULL),
        WFS_EVERSION);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_list_brings_back_everything),
        TEST(files_alone_bring_back_the_audio),
        TEST(a_lost_folder_is_no_obstacle),
        TEST(what_is_no_store_stays_none),
        TEST(a_catalogue_is_never_replaced_unasked),
        TEST(the_journal_goes_where_its_catalogue_goes),
        TEST(nobody_has_the_store_open_meanwhile),
        TEST(a_cancelled_one_has_changed_nothing),
        TEST(a_damaged_catalogue_is_set_aside),
        TEST(what_lies_behind_damage_is_read),
        TEST(damage_is_told_and_stays_visible),
        TEST(without_digesting_the_list_is_believed),
        TEST(a_broken_list_is_read_around_and_kept),
        TEST(an_id_counts_once),
        TEST(strange_files_are_told_and_left),
        TEST(what_holds_no_audio_is_taken_if_it_may_be),
        TEST(unfinished_uploads_are_set_aside),
        TEST(a_file_not_yet_renamed_is_its_recordings),
        TEST(the_old_catalogue_knows_where_a_file_lies),
        TEST(another_uploads_bytes_are_no_recording),
        TEST(a_newer_store_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
