/*
 * connection.c - opening a connection to the catalogue's database.
 */
#include <errno.h>

#include "../error.h"
#include "sql.h"

/*
 * No memory map: a file cut short would end the process by SIGBUS. Checkpoints
 * are made while tending, so that no request pays for one.
 */
static const char PRAGMAS[] = "PRAGMA synchronous=FULL;"
                              "PRAGMA wal_autocheckpoint=0;"
                              "PRAGMA journal_size_limit=16777216;"
                              "PRAGMA mmap_size=0;"
                              "PRAGMA cell_size_check=ON;"
                              "PRAGMA temp_store=MEMORY;";

static wfs_status fail_open(wfs_sql_connection *connection, int code,
                            wfs_error *error)
{
    if ((code & 0xff) == SQLITE_CANTOPEN &&
        sqlite3_system_errno(connection->db) == ENOENT) {
        return wfs_error_set(error, WFS_ENOSTORE, ENOENT, "sqlite3_open_v2",
                             "there is no catalogue");
    }
    return wfs_sql_fail(connection, code, "sqlite3_open_v2", error);
}

wfs_status wfs_sql_open(wfs_sql_connection *connection, const char *path,
                        bool may_create, wfs_error *error)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE |
                (may_create ? SQLITE_OPEN_CREATE : 0);
    int code;

    *connection = (wfs_sql_connection)WFS_SQL_CONNECTION_INIT;
    code = sqlite3_open_v2(path, &connection->db, flags, NULL);
    if (code != SQLITE_OK) {
        return fail_open(connection, code, error);
    }
    (void)sqlite3_busy_timeout(connection->db, WFS_SQL_BUSY_MS);
    (void)sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1,
                            (int *)NULL);
    (void)sqlite3_db_config(connection->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
                            (int *)NULL);
    connection->is_full = true;
    return wfs_sql_execute(connection, PRAGMAS, error);
}

void wfs_sql_close(wfs_sql_connection *connection)
{
    for (size_t i = 0; i < connection->cached_count; i++) {
        (void)sqlite3_finalize(connection->cached[i].statement);
    }
    (void)sqlite3_close(connection->db);
    *connection = (wfs_sql_connection)WFS_SQL_CONNECTION_INIT;
}

wfs_status wfs_sql_execute(wfs_sql_connection *connection, const char *text,
                           wfs_error *error)
{
    int code = sqlite3_exec(connection->db, text, NULL, NULL, NULL);

    if (code == SQLITE_OK) {
        return WFS_OK;
    }
    return wfs_sql_fail(connection, code, "sqlite3_exec", error);
}

wfs_status wfs_sql_set_full(wfs_sql_connection *connection, bool is_full,
                            wfs_error *error)
{
    wfs_status status;

    if (connection->is_full == is_full) {
        return WFS_OK;
    }
    status = wfs_sql_execute(connection,
                             is_full ? "PRAGMA synchronous=FULL"
                                     : "PRAGMA synchronous=NORMAL",
                             error);
    if (status == WFS_OK) {
        connection->is_full = is_full;
    }
    return status;
}
