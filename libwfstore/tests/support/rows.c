/*
 * rows.c - a real catalogue in a folder of its own, and things to put in.
 */
#include "support/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

void test_rows_open_again(test_rows *test)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_error error = WFS_ERROR_INIT;

    if (wfs_catalogue_open_sqlite(test->folder, &options, &test->catalogue,
                                  &error) != WFS_OK) {
        fail_msg("open: %s %s %d", wfs_status_name(error.status), error.step,
                 error.os_error);
    }
    test->api = test->catalogue->api;
}

void test_rows_open(test_rows *test)
{
    const char *base = getenv("TMPDIR");

    (void)snprintf(test->folder, sizeof test->folder, "%s/wfs-catalogue-XXXXXX",
                   base == NULL ? "/tmp" : base);
    assert_non_null(mkdtemp(test->folder));
    test_rows_open_again(test);
}

void test_rows_reopen(test_rows *test)
{
    test->api->close(test->catalogue);
    test_rows_open_again(test);
}

void test_rows_close(test_rows *test)
{
    static const char *const names[] = {"catalog.sqlite3",
                                        "catalog.sqlite3-wal",
                                        "catalog.sqlite3-shm", "lock"};
    char path[256];

    if (test->catalogue != NULL) {
        test->api->close(test->catalogue);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", test->folder, names[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(test->folder), 0);
}

int test_rows_setup(void **state)
{
    static test_rows test;

    test_rows_open(&test);
    *state = &test;
    return 0;
}

int test_rows_teardown(void **state)
{
    test_rows_close(*state);
    return 0;
}

void test_rows_close_before_fork(test_rows *test)
{
    test->api->close(test->catalogue);
    test->catalogue = NULL;
}

wfs_catalogue *test_rows_open_in_child(test_rows *test)
{
    wfs_catalogue_options options = TEST_ROWS_OPTIONS;
    wfs_catalogue *catalogue;

    if (wfs_catalogue_open_sqlite(test->folder, &options, &catalogue, NULL) !=
        WFS_OK) {
        _exit(2);
    }
    test->catalogue = catalogue;
    test->api = catalogue->api;
    return catalogue;
}

wfs_upload_row test_rows_begin(test_rows *test, const char *id,
                               uint64_t chunk_size)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_upload_row row;

    spec.id = id;
    spec.chunk_size = chunk_size;
    if (test->api->begin_upload(test->catalogue, &spec, false, &row, &error) !=
        WFS_OK) {
        fail_msg("begin: %s %s", wfs_status_name(error.status), error.detail);
    }
    return row;
}

static int64_t choose_place(const wfs_upload_row *row, uint64_t index)
{
    if (row->chunk_size != WFS_UNKNOWN) {
        return (int64_t)(index * row->chunk_size);
    }
    return index == row->placed_chunks ? (int64_t)row->placed_bytes
                                       : WFS_PLACE_LOOSE;
}

wfs_receipt_spec test_rows_receipt(const wfs_upload_row *row, uint64_t index,
                                   uint64_t size)
{
    wfs_receipt_spec spec = {.row = row->row,
                             .id = row->id,
                             .index = index,
                             .size_bytes = size,
                             .place = choose_place(row, index),
                             .has_sha256 = true,
                             .total_chunks = WFS_UNKNOWN,
                             .chunk_size = WFS_UNKNOWN,
                             .is_synced = true};

    memcpy(spec.sha256, &index, sizeof index);
    memcpy(spec.sha256 + 8, &size, sizeof size);
    return spec;
}

static size_t count_all(void *data)
{
    return *(const size_t *)data;
}

wfs_status test_rows_put_all(test_rows *test, const wfs_receipt_spec *specs,
                             size_t count, wfs_receipt_result *ret_results,
                             wfs_error *error)
{
    return test->api->put_receipts(test->catalogue, count_all, &count, specs,
                                   ret_results, error);
}

wfs_receipt_result test_rows_put(test_rows *test, const wfs_receipt_spec *spec)
{
    wfs_receipt_result result;
    wfs_error error = WFS_ERROR_INIT;

    if (test_rows_put_all(test, spec, 1, &result, &error) != WFS_OK) {
        fail_msg("put: %s %s %d", wfs_status_name(error.status), error.step,
                 error.os_error);
    }
    return result;
}

wfs_upload_row test_rows_accept(test_rows *test, int64_t row, uint64_t index,
                                uint64_t size)
{
    wfs_upload_row upload;
    wfs_receipt_spec spec;
    wfs_receipt_result result;

    assert_int_equal(test->api->get_upload(test->catalogue, row, &upload, NULL),
                     WFS_OK);
    spec = test_rows_receipt(&upload, index, size);
    result = test_rows_put(test, &spec);
    if (result.error.status != WFS_OK) {
        fail_msg("chunk %d: %s", (int)index, result.error.detail);
    }
    return result.upload;
}

wfs_recording test_rows_recording(const char *id, const char *name)
{
    wfs_recording recording = {.timestamp_ms = 1705327496000,
                               .stored_ms = 1705327616500,
                               .size_bytes = 1048576,
                               .has_duration = true,
                               .duration_seconds = 120.5,
                               .mime_type = "audio/webm",
                               .codec = "opus",
                               .channels = 1,
                               .sample_rate = 48000,
                               .has_sha256 = true,
                               .sha256 = {1, 2, 3},
                               .metadata = strdup("{}")};

    (void)snprintf(recording.id, sizeof recording.id, "%s", id);
    (void)snprintf(recording.name, sizeof recording.name, "%s", name);
    (void)snprintf(recording.filename, sizeof recording.filename,
                   "recording_20240115_140456_%s.webm", id);
    return recording;
}

void test_rows_complete(test_rows *test, const char *id, const char *name,
                        uint64_t size)
{
    wfs_upload_row row = test_rows_begin(test, id, WFS_UNKNOWN);
    wfs_recording recording = test_rows_recording(id, name);
    wfs_error error = WFS_ERROR_INIT;

    (void)test_rows_accept(test, row.row, 0, size);
    recording.size_bytes = size;
    if (test->api->complete(test->catalogue, row.row, 1, &recording, &error) !=
        WFS_OK) {
        fail_msg("complete: %s %s", wfs_status_name(error.status),
                 error.detail);
    }
    wfs_recording_release(&recording);
}

/* The test's own process must not open the file a second time. */
int64_t test_rows_ask(test_rows *test, const char *sql)
{
    char command[1024];
    char answer[32] = "";
    FILE *from;

    (void)snprintf(command, sizeof command,
                   "sqlite3 '%s/catalog.sqlite3' \"%s\"", test->folder, sql);
    from = popen(command, "r");
    assert_non_null(from);
    if (fgets(answer, sizeof answer, from) == NULL) {
        answer[0] = '\0'; /* a statement without a result */
    }
    assert_int_equal(pclose(from), 0);
    return strtoll(answer, NULL, 10);
}

void test_rows_check_totals(test_rows *t)
{
    assert_int_equal(
        test_rows_ask(t,
                      "SELECT count(*) FROM totals WHERE"
                      " recordings = (SELECT count(*) FROM recording) AND"
                      " recording_bytes = (SELECT total(size) FROM recording)"
                      " AND uploads = (SELECT count(*) FROM upload"
                      " WHERE visible OR chunks > 0) AND"
                      " upload_bytes = (SELECT total(size) FROM chunk) AND"
                      " reserved = (SELECT total(reserved) FROM upload) AND"
                      " damaged = (SELECT count(*) FROM damaged)"),
        1);
    assert_int_equal(
        test_rows_ask(t,
                      "SELECT count(*) FROM upload u WHERE chunks <> (SELECT"
                      " count(*) FROM chunk WHERE upload = u.row) OR bytes <>"
                      " (SELECT total(size) FROM chunk WHERE upload = u.row)"
                      " OR contiguous + (SELECT total(last - first + 1) FROM"
                      " span WHERE upload = u.row) <> chunks"
                      " OR contiguous_bytes + (SELECT total(bytes) FROM span"
                      " WHERE upload = u.row) <> bytes OR reserved < bytes"),
        0);
    assert_int_equal(test_rows_ask(t,
                                   "SELECT count(*) FROM pragma_integrity_check"
                                   " WHERE integrity_check <> 'ok'"),
                     0);
}
