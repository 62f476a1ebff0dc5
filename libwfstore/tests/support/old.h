/*
 * old.h - a catalogue of an older version, and what is in it.
 */
#ifndef WFS_TEST_OLD_H
#define WFS_TEST_OLD_H

#include "support/rows.h"

/* A shell's command; must succeed. */
void test_old_run(const char *command);

/* A catalogue of version 1 in place of the one that is in the folder, which is
 * not open. */
void test_old_write(const test_rows *t);

/* A folder with that. */
void test_old_make(test_rows *t);
void test_old_remove(test_rows *t);

/* Whether a file `name` is in the folder. */
bool test_old_has_file(const test_rows *t, const char *name);

/* The question of test_rows_ask, of the copy that stays. */
int64_t test_old_ask_copy(const test_rows *t, const char *sql);

/* Fail the test unless all of the older one is in the catalogue now open. */
void test_old_expect_content(test_rows *t);

#endif
