/*
 * check_catalogue.c - what SQLite says of the catalogue.
 */
#include "check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define PATH_BYTES 8192

/* "ok", or what is wrong. */
static int keep_answer(void *data, int count, char **values, char **names)
{
    check *self = data;

    (void)count;
    (void)names;
    if (strcmp(values[0], "ok") != 0) {
        (void)check_fail(self, "the catalogue: %s", values[0]);
    }
    return 0;
}

bool check_catalogue(check *self)
{
    char path[PATH_BYTES];
    sqlite3 *db = NULL;

    (void)snprintf(path, sizeof path, "%s/.wfstore/catalog.sqlite3",
                   self->path);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA integrity_check", keep_answer, self, NULL) !=
            SQLITE_OK) {
        (void)check_fail(self, "the catalogue: %s", sqlite3_errmsg(db));
    }
    (void)sqlite3_close(db);
    return !self->has_failed;
}
