/*
 * statement.c - prepared statements: bind, step, read columns.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sql.h"

static sqlite3_stmt *find_cached(const wfs_sql_connection *connection,
                                 const char *sql)
{
    for (size_t i = 0; i < connection->cached_count; i++) {
        if (connection->cached[i].sql == sql) {
            return connection->cached[i].statement;
        }
    }
    return NULL;
}

wfs_sql wfs_sql_prepare(wfs_sql_connection *connection, const char *sql)
{
    wfs_sql s = {.connection = connection,
                 .statement = find_cached(connection, sql)};

    if (s.statement != NULL) {
        return s;
    }
    if (connection->cached_count == WFS_SQL_STATEMENTS_MAX) {
        s.code = SQLITE_NOMEM;
        return s;
    }
    s.code = sqlite3_prepare_v3(connection->db, sql, -1,
                                SQLITE_PREPARE_PERSISTENT, &s.statement, NULL);
    if (s.code == SQLITE_OK) {
        connection->cached[connection->cached_count++] =
            (wfs_sql_cached){sql, s.statement};
    }
    return s;
}

static void keep_code(wfs_sql *s, int code)
{
    if (s->code == SQLITE_OK) {
        s->code = code;
    }
}

void wfs_sql_bind_int(wfs_sql *s, int64_t value)
{
    keep_code(s, sqlite3_bind_int64(s->statement, ++s->bound, value));
}

void wfs_sql_bind_uint(wfs_sql *s, uint64_t value)
{
    if (value == WFS_UNKNOWN) {
        wfs_sql_bind_null(s);
    } else if (value > INT64_MAX) {
        keep_code(s, SQLITE_TOOBIG);
    } else {
        wfs_sql_bind_int(s, (int64_t)value);
    }
}

void wfs_sql_bind_real(wfs_sql *s, double value)
{
    keep_code(s, sqlite3_bind_double(s->statement, ++s->bound, value));
}

void wfs_sql_bind_text(wfs_sql *s, const char *value)
{
    keep_code(s, sqlite3_bind_text(s->statement, ++s->bound, value, -1,
                                   SQLITE_STATIC));
}

void wfs_sql_bind_blob(wfs_sql *s, const void *bytes, size_t length)
{
    keep_code(s, sqlite3_bind_blob64(s->statement, ++s->bound, bytes, length,
                                     SQLITE_STATIC));
}

void wfs_sql_bind_null(wfs_sql *s)
{
    keep_code(s, sqlite3_bind_null(s->statement, ++s->bound));
}

wfs_status wfs_sql_step(wfs_sql *s, bool *ret_row, wfs_error *error)
{
    *ret_row = false;
    if (s->code == SQLITE_OK) {
        int code = sqlite3_step(s->statement);

        s->column = 0;
        if (code == SQLITE_DONE) {
            return WFS_OK;
        }
        if (code == SQLITE_ROW) {
            *ret_row = true;
            return WFS_OK;
        }
        s->code = code;
    }
    return wfs_sql_fail(s->connection, s->code, "sqlite3_step", error);
}

wfs_status wfs_sql_run(wfs_sql *s, wfs_error *error)
{
    bool has_row;
    wfs_status status;

    do {
        status = wfs_sql_step(s, &has_row, error);
    } while (has_row);
    wfs_sql_finish(s);
    return status;
}

wfs_status wfs_sql_run_text(wfs_sql_connection *connection, const char *sql,
                            wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, sql);

    return wfs_sql_run(&s, error);
}

void wfs_sql_finish(wfs_sql *s)
{
    if (s->statement != NULL) {
        (void)sqlite3_reset(s->statement);
        (void)sqlite3_clear_bindings(s->statement);
    }
}

int64_t wfs_sql_read_int(wfs_sql *s)
{
    return sqlite3_column_int64(s->statement, s->column++);
}

uint64_t wfs_sql_read_uint(wfs_sql *s)
{
    int64_t value;

    if (sqlite3_column_type(s->statement, s->column) == SQLITE_NULL) {
        s->column++;
        return WFS_UNKNOWN;
    }
    value = wfs_sql_read_int(s);
    if (value < 0) {
        keep_code(s, SQLITE_CORRUPT);
        return 0;
    }
    return (uint64_t)value;
}

double wfs_sql_read_real(wfs_sql *s, bool *ret_has_value)
{
    int column = s->column++;

    *ret_has_value = sqlite3_column_type(s->statement, column) != SQLITE_NULL;
    return sqlite3_column_double(s->statement, column);
}

void wfs_sql_read_text(wfs_sql *s, char *buffer, size_t capacity)
{
    int column = s->column++;
    const unsigned char *text = sqlite3_column_text(s->statement, column);
    size_t length = (size_t)sqlite3_column_bytes(s->statement, column);

    buffer[0] = '\0';
    if (text == NULL) {
        return;
    }
    if (length >= capacity) {
        keep_code(s, SQLITE_CORRUPT);
        return;
    }
    memcpy(buffer, text, length);
    buffer[length] = '\0';
}

char *wfs_sql_read_new_text(wfs_sql *s)
{
    const unsigned char *text = sqlite3_column_text(s->statement, s->column++);
    char *copy = text == NULL ? NULL : strdup((const char *)text);

    if (copy == NULL) {
        keep_code(s, SQLITE_NOMEM);
    }
    return copy;
}

wfs_status wfs_sql_find_text(wfs_sql *s, char **ret_text, wfs_error *error)
{
    char *text = NULL;
    bool has_row;
    wfs_status status = wfs_sql_step(s, &has_row, error);

    if (has_row) {
        text = wfs_sql_read_new_text(s);
        status = wfs_sql_check(s, error);
    }
    wfs_sql_finish(s);
    if (status == WFS_OK) {
        *ret_text = text;
    } else {
        free(text);
    }
    return status;
}

size_t wfs_sql_read_blob(wfs_sql *s, void *buffer, size_t capacity)
{
    int column = s->column++;
    const void *bytes = sqlite3_column_blob(s->statement, column);
    size_t length = (size_t)sqlite3_column_bytes(s->statement, column);

    if (bytes == NULL) {
        return 0;
    }
    if (length > capacity) {
        keep_code(s, SQLITE_CORRUPT);
        return 0;
    }
    memcpy(buffer, bytes, length);
    return length;
}

wfs_status wfs_sql_check(wfs_sql *s, wfs_error *error)
{
    if (s->code == SQLITE_OK) {
        return WFS_OK;
    }
    return wfs_sql_fail(s->connection, s->code, "sqlite3_column", error);
}
