/*
 * test_migration.c - a catalogue of an older version is brought up: nothing is
 * lost, a copy stays, and neither death nor a full disk leaves anything else
 * than the old tables or the new ones.
 */
#include "support/rows.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/schema.h"
#include "support/vfs.h"

#define PROCESSES 6
#define CALLS_MAX 2000

static void run(const char *command)
{
    assert_int_equal(system(command), 0);
}

/* A folder with a catalogue of version 1, not open. */
static void make_old(test_rows *t)
{
    char command[512];

    test_rows_open(t);
    test_rows_close_before_fork(t);
    (void)snprintf(command, sizeof command,
                   "cd '%s' && rm catalog.sqlite3* && sqlite3 catalog.sqlite3"
                   " <'%s/catalogue_v1.sql' >/dev/null",
                   t->folder, WFS_TEST_DATA);
    run(command);
}

static void remove_old(test_rows *t)
{
    char command[512];

    (void)snprintf(command, sizeof command, "rm -f '%s'/catalog.sqlite3.v*",
                   t->folder);
    run(command);
    test_rows_close(t);
}

static int setup(void **state)
{
    static test_rows test;

    make_old(&test);
    *state = &test;
    return 0;
}

static int teardown(void **state)
{
    remove_old(*state);
    return 0;
}

static bool exists(const test_rows *t, const char *name)
{
    char path[256];

    (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
    return access(path, F_OK) == 0;
}

/* The same question of the copy. */
static int64_t ask_copy(const test_rows *t, const char *sql)
{
    char command[1024];
    test_rows copy = *t;
    int64_t answer;

    (void)snprintf(copy.folder, sizeof copy.folder, "%.140s/copy", t->folder);
    (void)snprintf(command, sizeof command,
                   "mkdir '%s' && cp '%s/catalog.sqlite3.v1'"
                   " '%s/catalog.sqlite3'",
                   copy.folder, t->folder, copy.folder);
    run(command);
    answer = test_rows_ask(&copy, sql);
    (void)snprintf(command, sizeof command, "rm -r '%s'", copy.folder);
    run(command);
    return answer;
}

static void expect_content(test_rows *t)
{
    wfs_upload_row upload;
    wfs_recording_row done;
    wfs_id_kind kind;
    wfs_totals totals;

    assert_int_equal(
        t->api->find_id(t->catalogue, "open", &kind, &upload, NULL), WFS_OK);
    assert_int_equal(kind, WFS_ID_UPLOAD);
    assert_int_equal(upload.row, 7);
    assert_string_equal(upload.name, "Take 7");
    assert_int_equal(upload.received_bytes, 150);
    assert_int_equal(upload.reserved_bytes, 150);
    assert_true(upload.is_visible);
    assert_false(upload.is_created || upload.is_append || upload.is_salvaged);
    assert_true(upload.size_bytes == WFS_UNKNOWN);
    assert_int_equal(t->api->get_recording(t->catalogue, "done", &done, NULL),
                     WFS_OK);
    assert_string_equal(done.recording.metadata, "{\"mood\":\"good\"}");
    assert_int_equal(done.part, 5);
    wfs_recording_release(&done.recording);
    assert_int_equal(t->api->get_totals(t->catalogue, &totals, NULL), WFS_OK);
    assert_int_equal(totals.uploads, 1);
    assert_int_equal(totals.generation, 9);
}

static void an_older_catalogue_is_brought_up_and_keeps_all(void **state)
{
    test_rows *t = *state;
    wfs_id_kind kind;
    wfs_upload_row unseen;

    test_rows_open_again(t);
    expect_content(t);
    assert_int_equal(test_rows_ask(t, "SELECT reserved FROM totals"), 150);
    assert_int_equal(
        t->api->find_id(t->catalogue, "unseen", &kind, &unseen, NULL), WFS_OK);
    assert_false(unseen.is_visible);
    assert_int_equal(t->api->find_id(t->catalogue, "away", &kind, NULL, NULL),
                     WFS_OK);
    assert_int_equal(kind, WFS_ID_GONE);
    (void)test_rows_accept(t, 7, 1, 100);
    test_rows_complete(t, "new", "New", 10);
    assert_int_equal(test_rows_ask(t, "PRAGMA user_version"),
                     WFS_SCHEMA_VERSION);
    test_rows_reopen(t);
}

static const char SHAPE[] =
    "SELECT '%s' || m.name || ':' || c.cid || c.name || c.type || c.\"notnull\""
    " || ifnull(c.dflt_value, '-') || c.pk FROM sqlite_schema m JOIN"
    " pragma_table_xinfo(m.name) c WHERE m.type = 'table'"
    " UNION ALL SELECT '%s' || name || sql FROM sqlite_schema"
    " WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1;";

static void write_shape(const test_rows *t, const char *to)
{
    char command[2048];
    char sql[1024];

    (void)snprintf(sql, sizeof sql, SHAPE, "", "");
    (void)snprintf(command, sizeof command,
                   "sqlite3 '%s/catalog.sqlite3' >'%s/%s' <<'END'\n%s\nEND\n",
                   t->folder, t->folder, to, sql);
    run(command);
}

static void its_tables_are_then_those_of_a_new_one(void **state)
{
    test_rows *t = *state;
    test_rows fresh;
    char command[1024];

    test_rows_open_again(t);
    test_rows_open(&fresh);
    test_rows_close_before_fork(t);
    test_rows_close_before_fork(&fresh);
    write_shape(t, "shape");
    write_shape(&fresh, "shape");
    (void)snprintf(command, sizeof command,
                   "test -s '%s/shape' && diff '%s/shape' '%s/shape' &&"
                   " rm '%s/shape' '%s/shape'",
                   t->folder, t->folder, fresh.folder, t->folder, fresh.folder);
    run(command);
    test_rows_close(&fresh);
}

static void a_copy_of_the_older_one_stays_beside_it(void **state)
{
    test_rows *t = *state;
    struct stat info;
    char path[256];

    test_rows_open_again(t);
    (void)test_rows_accept(t, 7, 1, 100);
    assert_true(exists(t, "catalog.sqlite3.v1"));
    assert_false(exists(t, "catalog.sqlite3.v1.new"));
    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3.v1", t->folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(ask_copy(t, "PRAGMA user_version"), 1);
    assert_int_equal(ask_copy(t, "PRAGMA application_id"), 0x57465354);
    assert_int_equal(ask_copy(t, "SELECT bytes FROM upload WHERE row = 7"),
                     150);
    assert_int_equal(ask_copy(t, "SELECT seq FROM sqlite_sequence"
                                 " WHERE name = 'upload'"),
                     8);
}

static void a_new_catalogue_has_no_copy(void **state)
{
    test_rows t;

    (void)state;
    test_rows_open(&t);
    test_rows_reopen(&t);
    assert_false(exists(&t, "catalog.sqlite3.v1"));
    assert_false(exists(&t, "catalog.sqlite3.v2"));
    test_rows_close(&t);
}

static void copies_of_an_attempt_that_died_are_replaced(void **state)
{
    test_rows *t = *state;
    char command[512];

    (void)snprintf(command, sizeof command,
                   "cd '%s' && echo half >catalog.sqlite3.v1.new &&"
                   " echo stale >catalog.sqlite3.v1",
                   t->folder);
    run(command);
    test_rows_open_again(t);
    expect_content(t);
    assert_false(exists(t, "catalog.sqlite3.v1.new"));
    assert_int_equal(ask_copy(t, "SELECT count(*) FROM chunk"), 2);
}

/* Opens, looks, and adds an upload. */
static int open_in_child(test_rows *t, int number)
{
    char id[32];

    (void)test_rows_open_in_child(t);
    (void)snprintf(id, sizeof id, "child%d", number);
    (void)test_rows_begin(t, id, 10);
    t->api->close(t->catalogue);
    return 0;
}

static void processes_that_open_at_once_bring_it_up_once(void **state)
{
    test_rows *t = *state;
    int failures = 0;

    for (int i = 0; i < PROCESSES; i++) {
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid == 0) {
            _exit(open_in_child(t, i));
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;

        assert_true(wait(&status) > 0);
        failures += status == 0 ? 0 : 1;
    }
    assert_int_equal(failures, 0);
    test_rows_open_again(t);
    expect_content(t);
    assert_int_equal(
        test_rows_ask(t, "SELECT count(*) FROM upload WHERE id LIKE 'child%'"),
        PROCESSES);
    assert_int_equal(ask_copy(t, "SELECT count(*) FROM upload"), 2);
}

static wfs_status try_open(test_rows *t, wfs_error *error)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_status status =
        wfs_catalogue_open_sqlite(t->folder, &options, &t->catalogue, error);

    if (status == WFS_OK) {
        t->api = t->catalogue->api;
    } else {
        t->catalogue = NULL;
    }
    return status;
}

/* False: opening has fewer than `number` writes. */
static bool open_on_full_disk(int number)
{
    test_rows t;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;
    bool has_failed;

    make_old(&t);
    test_vfs_fail_from(number, TEST_VFS_FULL);
    status = try_open(&t, &error);
    test_vfs_heal();
    has_failed = test_vfs_has_failed();
    if (status != WFS_OK) {
        assert_int_equal(status, WFS_ENOSPC);
        assert_int_not_equal(error.detail[0], '\0');
        assert_int_equal(test_rows_ask(&t, "PRAGMA user_version"), 1);
        assert_false(exists(&t, "catalog.sqlite3.v1"));
        assert_false(exists(&t, "catalog.sqlite3.v1.new"));
        test_rows_open_again(&t);
    }
    expect_content(&t);
    assert_true(exists(&t, "catalog.sqlite3.v1"));
    remove_old(&t);
    return has_failed;
}

static void a_full_disk_leaves_the_older_one_untouched(void **state)
{
    int number = 1;

    (void)state;
    while (number < CALLS_MAX && open_on_full_disk(number)) {
        number++;
    }
    assert_true(number > 10 && number < CALLS_MAX);
}

/* False: opening has fewer than `number` writes and syncs. */
static bool die_while_opening(int number)
{
    test_rows t;
    int64_t version;
    int status = 0;
    pid_t pid;

    make_old(&t);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        test_vfs_fail_from(number, TEST_VFS_DEATH);
        (void)test_rows_open_in_child(&t);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    version = test_rows_ask(&t, "PRAGMA user_version");
    assert_true(version == 1 || version == WFS_SCHEMA_VERSION);
    test_rows_open_again(&t);
    expect_content(&t);
    assert_int_equal(ask_copy(&t, "PRAGMA user_version"), 1);
    assert_int_equal(ask_copy(&t, "SELECT count(*) FROM chunk"), 2);
    assert_false(exists(&t, "catalog.sqlite3.v1.new"));
    remove_old(&t);
    return WIFSIGNALED(status);
}

static void death_at_any_moment_leaves_the_older_or_the_new_one(void **state)
{
    int number = 1;

    (void)state;
    while (number < CALLS_MAX && die_while_opening(number)) {
        number++;
    }
    assert_true(number > 10 && number < CALLS_MAX);
}

static int group_set_up(void **state)
{
    (void)state;
    (void)setenv("TMPDIR", "/dev/shm", 0); /* hundreds of short lives */
    test_vfs_register();
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_older_catalogue_is_brought_up_and_keeps_all),
        TEST(its_tables_are_then_those_of_a_new_one),
        TEST(a_copy_of_the_older_one_stays_beside_it),
        cmocka_unit_test(a_new_catalogue_has_no_copy),
        TEST(copies_of_an_attempt_that_died_are_replaced),
        TEST(processes_that_open_at_once_bring_it_up_once),
        cmocka_unit_test(a_full_disk_leaves_the_older_one_untouched),
        cmocka_unit_test(death_at_any_moment_leaves_the_older_or_the_new_one),
    };

    return cmocka_run_group_tests(tests, group_set_up, NULL);
}
