/*
 * shelf.h - a catalogue with a publisher, and what it has published.
 */
#ifndef WFS_TEST_SHELF_H
#define WFS_TEST_SHELF_H

#include "publish.h"
#include "support/rows.h"

/* The catalogue's folder is both the store and its .wfstore/ here. */
typedef struct test_shelf {
    test_rows rows;
    int dir;
    wfs_publisher *publisher;
} test_shelf;

/* cmocka setup and teardown; *state is a test_shelf. */
int test_shelf_setup(void **state);
int test_shelf_teardown(void **state);

/* Nothing may be open across a fork; the child opens for itself, or dies. */
void test_shelf_close_before_fork(test_shelf *s);
void test_shelf_open_in_child(test_shelf *s);
/* Open what the test has closed. */
void test_shelf_open_again(test_shelf *s);

/* The text of metadata.json; new. */
char *test_shelf_read(test_shelf *s);

/* How many recordings it shows; fails the test unless it is valid. */
size_t test_shelf_count(test_shelf *s);

/* How many recordings a text shows that has one on each line, and nothing but
 * them; fails the test unless it is so. */
size_t test_shelf_count_lines(const char *text);

/* Whether it shows the catalogue as it is now. */
bool test_shelf_is_published(test_shelf *s, bool *ret_has_failed);

/* Put a line where publish_record.c keeps what the last run was. */
void test_shelf_write_record(test_shelf *s, const char *line);

/* A run that took `took_ms` has just ended. */
void test_shelf_pretend_run(test_shelf *s, unsigned took_ms);

/* Request, as if the last run had been quick, however long runs take here. */
void test_shelf_request(test_shelf *s);

#endif
