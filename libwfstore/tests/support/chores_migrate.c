/*
 * chores_migrate.c - opening a store whose catalogue is of version 1.
 */
#include "support/chores_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/old.h"

#define KEPT "catalog.sqlite3.v1"

/* Its catalogue, as rows. */
static test_rows rows_of(const test_store *self)
{
    test_rows rows = {.catalogue = NULL};

    snprintf(rows.folder, sizeof(rows.folder), "%.140s/.wfstore", self->path);
    return rows;
}

/* The files of the upload, and of the recording that waits for its name. */
static void put_files(const test_store *self)
{
    FILE *to =
        fopen(test_store_get_path(self, ".wfstore/uploads/done.5.part"), "wb");

    assert_non_null(to);
    assert_int_equal(fprintf(to, "%1000d", 0), 1000);
    assert_int_equal(fclose(to), 0);
    to = fopen(test_store_get_path(self, ".wfstore/uploads/open.7.part"), "wb");
    assert_non_null(to);
    assert_int_equal(fprintf(to, "%100d", 0), 100);
    assert_int_equal(fclose(to), 0);
    to = fopen(test_store_get_path(self, ".wfstore/uploads/open.7.2"), "wb");
    assert_non_null(to);
    assert_int_equal(fprintf(to, "%50d", 0), 50);
    assert_int_equal(fclose(to), 0);
}

static void have_old(test_store *self)
{
    test_rows rows = rows_of(self);

    test_store_close(self);
    test_old_write(&rows);
    put_files(self);
}

static wfs_status open_it(test_store *self)
{
    wfs_store *store = NULL;
    wfs_status status = wfs_store_open(self->path, NULL, &store, NULL);

    wfs_store_close(store);
    return status;
}

/* Opening would change it: so its file is asked. */
static char *describe(const test_store *self)
{
    test_rows rows = rows_of(self);
    int64_t counts = test_rows_ask(
        &rows, "SELECT user_version * 100 + (SELECT count(*) FROM chunk) * 10"
               " + (SELECT count(*) FROM recording) FROM pragma_user_version");
    char text[64];

    if (counts >= 200) {
        assert_true(test_old_has_file(&rows, KEPT));
    }
    snprintf(text, sizeof(text), "version, chunks, recordings: %d",
             (int)counts);
    return strdup(text);
}

static void finish(const test_store *self)
{
    test_rows rows = rows_of(self);

    test_rows_open_again(&rows);
    test_old_expect_content(&rows);
    test_rows_close_before_fork(&rows);
    assert_int_equal(test_old_ask_copy(&rows, "PRAGMA user_version"), 1);
    assert_int_equal(test_old_ask_copy(&rows, "SELECT count(*) FROM chunk"), 2);
    assert_false(test_old_has_file(&rows, KEPT ".new"));
    test_chores_use(self);
    assert_true(test_file_exists(
        test_store_get_path(self, "recording_20240115_140456_done.webm")));
}

const test_chore TEST_MIGRATION = {
    {"opening a store of version 1", have_old, open_it, false},
    {.is_closed = true, .describe = describe, .finish = finish}};
