/*
 * sql.h - one connection to the catalogue's database, and its statements.
 *
 * A connection belongs to one thread at a time (the writer's mutex, the
 * readers' pool see to that) and keeps its statements prepared. A statement is
 * used like this; the first failure sticks and is told by step or run:
 *
 *     wfs_sql s = wfs_sql_prepare(connection, SQL_FIND_UPLOAD);
 *
 *     wfs_sql_bind_text(&s, id);
 *     status = wfs_sql_step(&s, &has_row, error);
 *     if (has_row) {
 *         row = wfs_sql_read_int(&s);
 *     }
 *     wfs_sql_finish(&s);
 *
 * Parameters are bound and columns read in their order. Finishing resets the
 * statement, so none keeps a transaction open.
 */
#ifndef WFS_SQLITE_SQL_H
#define WFS_SQLITE_SQL_H

#include <sqlite3.h>

#include "../catalogue.h"

#define WFS_SQL_STATEMENTS_MAX 96
#define WFS_SQL_BUSY_MS 5000

typedef struct wfs_sql_cached {
    const char *sql; /* compared by address: static text */
    sqlite3_stmt *statement;
} wfs_sql_cached;

typedef struct wfs_sql_connection {
    sqlite3 *db;
    bool is_full; /* PRAGMA synchronous, as set last */
    size_t cached_count;
    wfs_sql_cached cached[WFS_SQL_STATEMENTS_MAX];
} wfs_sql_connection;

#define WFS_SQL_CONNECTION_INIT                                                \
    {                                                                          \
        .db = NULL                                                             \
    }

/* Open with the pragmas all connections share; closed by wfs_sql_close, also
 * after a failure. */
wfs_status wfs_sql_open(wfs_sql_connection *connection, const char *path,
                        bool may_create, wfs_error *error);

/* Accepts the INIT value. */
void wfs_sql_close(wfs_sql_connection *connection);

/* Run text that is not kept prepared: pragmas, several statements. */
wfs_status wfs_sql_execute(wfs_sql_connection *connection, const char *text,
                           wfs_error *error);

/* Whether a commit waits for the disk. Outside of a transaction only. */
wfs_status wfs_sql_set_full(wfs_sql_connection *connection, bool is_full,
                            wfs_error *error);

/* Tell SQLite's result `code` as ours. */
wfs_status wfs_sql_fail(wfs_sql_connection *connection, int code,
                        const char *step, wfs_error *error);

typedef struct wfs_sql {
    wfs_sql_connection *connection;
    sqlite3_stmt *statement;
    int code;
    int bound;
    int column;
} wfs_sql;

/* `sql` is static text. */
wfs_sql wfs_sql_prepare(wfs_sql_connection *connection, const char *sql);

void wfs_sql_bind_int(wfs_sql *s, int64_t value);
/* WFS_UNKNOWN is bound as NULL. */
void wfs_sql_bind_uint(wfs_sql *s, uint64_t value);
void wfs_sql_bind_real(wfs_sql *s, double value);
/* NULL is bound as NULL; the bytes are borrowed until finish. */
void wfs_sql_bind_text(wfs_sql *s, const char *value);
void wfs_sql_bind_blob(wfs_sql *s, const void *bytes, size_t length);
void wfs_sql_bind_null(wfs_sql *s);

/* The next row; `*ret_row` is false behind the last and on failure. */
wfs_status wfs_sql_step(wfs_sql *s, bool *ret_row, wfs_error *error);

/* The text of the first row, a new one, and finish; no row leaves NULL. */
wfs_status wfs_sql_find_text(wfs_sql *s, char **ret_text, wfs_error *error);

/* Step to the end, and finish. */
wfs_status wfs_sql_run(wfs_sql *s, wfs_error *error);

/* Prepare and run static text without parameters and results. */
wfs_status wfs_sql_run_text(wfs_sql_connection *connection, const char *sql,
                            wfs_error *error);

void wfs_sql_finish(wfs_sql *s);

int64_t wfs_sql_read_int(wfs_sql *s);
/* NULL is read as WFS_UNKNOWN. */
uint64_t wfs_sql_read_uint(wfs_sql *s);
/* NULL is read as 0 and tells so. */
double wfs_sql_read_real(wfs_sql *s, bool *ret_has_value);
/* NULL is read as "". What does not fit is damage: told by wfs_sql_check. */
void wfs_sql_read_text(wfs_sql *s, char *buffer, size_t capacity);
char *wfs_sql_read_new_text(wfs_sql *s);
size_t wfs_sql_read_blob(wfs_sql *s, void *buffer, size_t capacity);

/* WFS_OK unless a column read since the step could not be. */
wfs_status wfs_sql_check(wfs_sql *s, wfs_error *error);

#endif
