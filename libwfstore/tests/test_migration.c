/*
 * test_migration.c - a catalogue of an older version is brought up: nothing is
 * lost, and a copy stays.
 */
#include "support/old.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite/schema.h"

#define PROCESSES 6

static int setup(void **state)
{
    static test_rows test;

    test_old_make(&test);
    *state = &test;
    return 0;
}

static int teardown(void **state)
{
    test_old_remove(*state);
    return 0;
}

static void an_older_catalogue_is_brought_up_and_keeps_all(void **state)
{
    test_rows *t = *state;
    wfs_id_kind kind;
    wfs_upload_row unseen;

    test_rows_open_again(t);
    test_old_expect_content(t);
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
    test_old_run(command);
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
    test_old_run(command);
    test_rows_close(&fresh);
}

static void a_copy_of_the_older_one_stays_beside_it(void **state)
{
    test_rows *t = *state;
    struct stat info;
    char path[256];

    test_rows_open_again(t);
    (void)test_rows_accept(t, 7, 1, 100);
    assert_true(test_old_has_file(t, "catalog.sqlite3.v1"));
    assert_false(test_old_has_file(t, "catalog.sqlite3.v1.new"));
    (void)snprintf(path, sizeof path, "%s/catalog.sqlite3.v1", t->folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(test_old_ask_copy(t, "PRAGMA user_version"), 1);
    assert_int_equal(test_old_ask_copy(t, "PRAGMA application_id"), 0x57465354);
    assert_int_equal(
        test_old_ask_copy(t, "SELECT bytes FROM upload WHERE row = 7"), 150);
    assert_int_equal(test_old_ask_copy(t, "SELECT seq FROM sqlite_sequence"
                                          " WHERE name = 'upload'"),
                     8);
}

static void a_new_catalogue_has_no_copy(void **state)
{
    test_rows t;

    (void)state;
    test_rows_open(&t);
    test_rows_reopen(&t);
    assert_false(test_old_has_file(&t, "catalog.sqlite3.v1"));
    assert_false(test_old_has_file(&t, "catalog.sqlite3.v2"));
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
    test_old_run(command);
    test_rows_open_again(t);
    test_old_expect_content(t);
    assert_false(test_old_has_file(t, "catalog.sqlite3.v1.new"));
    assert_int_equal(test_old_ask_copy(t, "SELECT count(*) FROM chunk"), 2);
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
    test_old_expect_content(t);
    assert_int_equal(
        test_rows_ask(t, "SELECT count(*) FROM upload WHERE id LIKE 'child%'"),
        PROCESSES);
    assert_int_equal(test_old_ask_copy(t, "SELECT count(*) FROM upload"), 2);
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
