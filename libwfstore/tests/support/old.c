/*
 * old.c - a catalogue of an older version, and what is in it.
 */
#include "support/old.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void test_old_run(const char *command)
{
    assert_int_equal(system(command), 0);
}

void test_old_write(const test_rows *t)
{
    char command[512];

    (void)snprintf(command, sizeof command,
                   "cd '%s' && rm catalog.sqlite3* && sqlite3 catalog.sqlite3"
                   " <'%s/catalogue_v1.sql' >/dev/null",
                   t->folder, WFS_TEST_DATA);
    test_old_run(command);
}

void test_old_make(test_rows *t)
{
    test_rows_open(t);
    test_rows_close_before_fork(t);
    test_old_write(t);
}

void test_old_remove(test_rows *t)
{
    char command[512];

    (void)snprintf(command, sizeof command, "rm -f '%s'/catalog.sqlite3.v*",
                   t->folder);
    test_old_run(command);
    test_rows_close(t);
}

bool test_old_has_file(const test_rows *t, const char *name)
{
    char path[256];

    (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
    return access(path, F_OK) == 0;
}

int64_t test_old_ask_copy(const test_rows *t, const char *sql)
{
    char command[1024];
    test_rows copy = *t;
    int64_t answer;

    (void)snprintf(copy.folder, sizeof copy.folder, "%.140s/copy", t->folder);
    (void)snprintf(command, sizeof command,
                   "mkdir '%s' && cp '%s/catalog.sqlite3.v1'"
                   " '%s/catalog.sqlite3'",
                   copy.folder, t->folder, copy.folder);
    test_old_run(command);
    answer = test_rows_ask(&copy, sql);
    (void)snprintf(command, sizeof command, "rm -r '%s'", copy.folder);
    test_old_run(command);
    return answer;
}

void test_old_expect_content(test_rows *t)
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
