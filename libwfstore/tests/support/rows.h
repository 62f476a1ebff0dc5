/*
 * rows.h - a real catalogue in a folder of its own, and things to put in.
 */
#ifndef WFS_TEST_ROWS_H
#define WFS_TEST_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue.h"

/* `folder` holds .wfstore's files; removed by test_rows_close. */
typedef struct test_rows {
    char folder[160];
    wfs_catalogue *catalogue;
    const wfs_catalogue_api *api;
} test_rows;

#define TEST_ROWS_OPTIONS                                                      \
    {                                                                          \
        .tombstone_ms = 60000, .may_create = true                              \
    }

void test_rows_open(test_rows *test);
/* Open what the test has closed. */
void test_rows_open_again(test_rows *test);
/* Close and open again. */
void test_rows_reopen(test_rows *test);
void test_rows_close(test_rows *test);

/* cmocka setup and teardown; *state is a test_rows. */
int test_rows_setup(void **state);
int test_rows_teardown(void **state);

/* Nothing may be open across a fork; the child opens for itself, or dies. */
void test_rows_close_before_fork(test_rows *test);
wfs_catalogue *test_rows_open_in_child(test_rows *test);

/* An upload of any chunk size, or of `chunk_size`. */
wfs_upload_row test_rows_begin(test_rows *test, const char *id,
                               uint64_t chunk_size);

/* A receipt as it follows from the row: at its fixed place, at the tail, or
 * loose. */
wfs_receipt_spec test_rows_receipt(const wfs_upload_row *row, uint64_t index,
                                   uint64_t size);

/* Accept the first `count` of `specs` in one transaction. */
wfs_status test_rows_put_all(test_rows *test, const wfs_receipt_spec *specs,
                             size_t count, wfs_receipt_result *ret_results,
                             wfs_error *error);

/* Accept one; fails the test if the database does. */
wfs_receipt_result test_rows_put(test_rows *test, const wfs_receipt_spec *spec);

/* Accept one as it follows from the row as it is now; must be accepted. */
wfs_upload_row test_rows_accept(test_rows *test, int64_t row, uint64_t index,
                                uint64_t size);

/* A recording with all members set; release it. */
wfs_recording test_rows_recording(const char *id, const char *name);

/* Begin an upload, give it a chunk of `size`, complete it. */
void test_rows_complete(test_rows *test, const char *id, const char *name,
                        uint64_t size);

/* What an SQL statement of one number says, asked through another process. */
int64_t test_rows_ask(test_rows *test, const char *sql);

/* Fail the test unless counts as they are kept are counts as they are. */
void test_rows_check_totals(test_rows *test);

#endif
