/*
 * check_catalogue.c - what SQLite says of the catalogue, and of the copy of an
 * older one.
 */
#include "check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 8192

static sqlite3 *open_at(check *self, const char *path)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        (void)check_fail(self, "%s: %s", strrchr(path, '/') + 1,
                         sqlite3_errmsg(db));
    }
    return db;
}

static sqlite3 *open_catalogue(check *self, const char *suffix)
{
    char path[PATH_BYTES];

    (void)snprintf(path, sizeof path, "%s/.wfstore/catalog.sqlite3%s",
                   self->path, suffix);
    return open_at(self, path);
}

typedef struct answer {
    char text[CHECK_WHY_BYTES];
} answer;

static int keep_first(void *data, int count, char **values, char **names)
{
    answer *into = data;

    (void)names;
    if (into->text[0] == '\0' && count > 0 && values[0] != NULL) {
        (void)snprintf(into->text, sizeof into->text, "%s", values[0]);
    }
    return 0;
}

static bool expect(check *self, sqlite3 *db, const char *sql,
                   const char *expected)
{
    answer got = {""};

    if (self->has_failed) {
        return false;
    }
    if (sqlite3_exec(db, sql, keep_first, &got, NULL) != SQLITE_OK) {
        return check_fail(self, "the catalogue: %s", sqlite3_errmsg(db));
    }
    return strcmp(got.text, expected) == 0 ||
           check_fail(self, "the catalogue: %s: %s, not %s", sql, got.text,
                      expected);
}

static bool expect_number(check *self, sqlite3 *db, const char *sql,
                          size_t number)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%zu", number);
    return expect(self, db, sql, text);
}

static bool check_older(check *self)
{
    const promises *all = self->promised;
    sqlite3 *db = open_catalogue(self, ".v1");
    bool is_well = expect(self, db, "PRAGMA integrity_check", "ok") &&
                   expect(self, db, "PRAGMA user_version", "1") &&
                   expect_number(self, db, "SELECT count(*) FROM recording",
                                 all->older_recordings) &&
                   expect_number(self, db, "SELECT count(*) FROM upload",
                                 all->older_uploads);

    (void)sqlite3_close(db);
    return is_well;
}

bool check_replaced(check *self, const char *path)
{
    sqlite3 *db = open_at(self, path);
    bool is_well = expect(self, db, "PRAGMA integrity_check", "ok") &&
                   expect_number(self, db, "SELECT count(*) FROM recording",
                                 self->promised->replaced_recordings);

    (void)sqlite3_close(db);
    return is_well;
}

bool check_catalogue(check *self)
{
    sqlite3 *db = open_catalogue(self, "");
    bool is_well = expect(self, db, "PRAGMA integrity_check", "ok");

    (void)sqlite3_close(db);
    return is_well && (!self->promised->is_older || check_older(self));
}
