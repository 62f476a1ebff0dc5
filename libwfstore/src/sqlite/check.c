/*
 * check.c - whether the catalogue is whole, looked at after an unclean stop.
 *
 * Who opens the catalogue is counted, and who closes it. If somebody is still
 * counted when nobody can have it open, a process or the machine died: then
 * the tables are looked through, one at a time, by whoever tends the store.
 * What was looked through is kept, so it goes on where it was. Nothing is ever
 * repaired by itself: damage is told (wfs_store_stat), for `wfstore rebuild`.
 */
#include "check.h"

#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

/* Steps of SQLite between two looks at whether it is time to stop. */
#define STEPS 20000

static const char SQL_OPENED[] =
    "UPDATE state SET"
    " check_due = CASE WHEN ?1 AND opens > 0 THEN 1 ELSE check_due END,"
    " opens = CASE WHEN ?1 THEN 1 ELSE opens + 1 END";
static const char SQL_CLOSED[] =
    "UPDATE state SET opens = opens - 1 WHERE opens > 0";
static const char SQL_READ[] = "SELECT check_due FROM state";
static const char SQL_CHECKED[] =
    "UPDATE state SET check_due = ?1, broken = ?2 WHERE check_due = ?3";

#define CHECK(table) "PRAGMA quick_check('" table "')"

static const char *const CHECKS[] = {
    CHECK("upload"),  CHECK("chunk"),     CHECK("span"),
    CHECK("head"),    CHECK("gone"),      CHECK("boot"),
    CHECK("totals"),  CHECK("state"),     CHECK("upload_metadata"),
    CHECK("damaged"), CHECK("recording"), CHECK("note"),
};
#define CHECK_COUNT ((int64_t)(sizeof CHECKS / sizeof *CHECKS))

wfs_status wfs_check_opened(wfs_sql_connection *connection, bool is_alone,
                            wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_OPENED);

    wfs_sql_bind_int(&s, is_alone ? 1 : 0);
    return wfs_sql_run(&s, error);
}

void wfs_check_closed(wfs_sqlite *sqlite)
{
    wfs_sql_connection *connection;

    if (wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, NULL) ==
        WFS_OK) {
        wfs_status status = wfs_sql_run_text(connection, SQL_CLOSED, NULL);

        (void)wfs_sqlite_end_write(sqlite, status, NULL);
    }
}

/* The number of the table to be looked through, from 1; 0: none. */
static wfs_status read_due(wfs_sqlite *sqlite, int64_t *ret_due,
                           wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_sql s;
    bool has_row;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_READ);
    status = wfs_sql_step(&s, &has_row, error);
    *ret_due = has_row ? wfs_sql_read_int(&s) : 0;
    wfs_sql_finish(&s);
    wfs_sqlite_end_read(sqlite, connection);
    return status;
}

static wfs_status write_checked(wfs_sqlite *sqlite, int64_t due, bool is_whole,
                                wfs_error *error)
{
    bool is_last = !is_whole || due == CHECK_COUNT;
    wfs_sql_connection *connection;
    wfs_sql s;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_CHECKED);
    wfs_sql_bind_int(&s, is_last ? 0 : due + 1);
    wfs_sql_bind_int(&s, is_whole ? 0 : 1);
    wfs_sql_bind_int(&s, due);
    status = wfs_sql_run(&s, error);
    return wfs_sqlite_end_write(sqlite, status, error);
}

typedef struct interruption {
    wfs_catalogue_is_over is_over;
    void *data;
} interruption;

static int ask(void *data)
{
    const interruption *self = data;

    return self->is_over(self->data) ? 1 : 0;
}

/* WFS_ECANCELED: interrupted. */
static wfs_status look_through(wfs_sql_connection *connection, int64_t due,
                               const interruption *stop, bool *ret_is_whole,
                               wfs_error *error)
{
    interruption copy = *stop;
    wfs_sql s = wfs_sql_prepare(connection, CHECKS[due - 1]);
    char answer[8] = "";
    bool has_row;
    wfs_status status;

    sqlite3_progress_handler(connection->db, STEPS, ask, &copy);
    status = wfs_sql_step(&s, &has_row, error);
    sqlite3_progress_handler(connection->db, 0, NULL, NULL);
    if (has_row) {
        wfs_sql_read_text(&s, answer, sizeof answer);
    }
    *ret_is_whole = has_row && answer[0] == 'o' && answer[1] == 'k';
    if (s.code == SQLITE_INTERRUPT ||
        sqlite3_errcode(connection->db) == SQLITE_INTERRUPT) {
        status = WFS_ECANCELED;
    }
    wfs_sql_finish(&s);
    return status == WFS_ECORRUPT ? WFS_OK : status;
}

wfs_status wfs_sqlite_check(wfs_catalogue *catalogue,
                            wfs_catalogue_is_over is_over, void *data,
                            bool *ret_is_done, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    interruption stop = {is_over, data};
    wfs_sql_connection *connection;
    bool is_whole = false;
    int64_t due = 0;
    wfs_status status = read_due(sqlite, &due, error);

    *ret_is_done = status == WFS_OK && (due < 1 || due > CHECK_COUNT);
    if (status != WFS_OK || *ret_is_done) {
        return status;
    }
    status = wfs_sqlite_acquire_reader(sqlite, &connection, error);
    if (status != WFS_OK) {
        return status;
    }
    status = look_through(connection, due, &stop, &is_whole, error);
    wfs_sqlite_release_reader(sqlite, connection);
    if (status == WFS_OK) {
        status = write_checked(sqlite, due, is_whole, error);
    }
    return status == WFS_ECANCELED ? WFS_OK : status;
}
