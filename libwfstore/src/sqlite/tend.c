/*
 * tend.c - the catalogue's housekeeping.
 */
#include "../error.h"
#include "parts.h"
#include "sqlite.h"

/* Few at a time, so that nobody waits long for the writer. */
#define EXPIRED_MAX 500

static const char SQL_HAS_EXPIRED[] =
    "SELECT 1 FROM gone WHERE until <= ? AND filename IS NULL"
    " AND part IS NULL LIMIT 1";
static const char SQL_REMOVE_EXPIRED[] =
    "DELETE FROM gone WHERE id IN (SELECT id FROM gone WHERE until <= ?1"
    " AND filename IS NULL AND part IS NULL LIMIT ?2)";

static wfs_status remove_expired(wfs_sqlite *sqlite, int64_t now_ms,
                                 wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_REMOVE_EXPIRED);

        wfs_sql_bind_int(&s, now_ms);
        wfs_sql_bind_int(&s, EXPIRED_MAX);
        status = wfs_sql_run(&s, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

static wfs_status find_expired(wfs_sqlite *sqlite, int64_t now_ms,
                               bool *ret_found, wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_HAS_EXPIRED);

        wfs_sql_bind_int(&s, now_ms);
        status = wfs_sql_step(&s, ret_found, error);
        wfs_sql_finish(&s);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

/*
 * Passive: it waits for nobody and nobody waits for it. A reader's connection,
 * so that writers go on meanwhile; outside of its transaction.
 */
static wfs_status checkpoint(wfs_sqlite *sqlite, wfs_error *error)
{
    wfs_sql_connection *connection;
    int code;
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    code = sqlite3_wal_checkpoint_v2(connection->db, NULL,
                                     SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
        status =
            wfs_sql_fail(connection, code, "sqlite3_wal_checkpoint_v2", error);
    }
    wfs_sqlite_release_reader(sqlite, connection);
    return status;
}

wfs_status wfs_sqlite_tend(wfs_catalogue *catalogue, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    int64_t now_ms = wfs_sqlite_now();
    bool has_expired = false;
    wfs_status status = find_expired(sqlite, now_ms, &has_expired, error);

    if (status == WFS_OK && has_expired) {
        status = remove_expired(sqlite, now_ms, error);
    }
    return status == WFS_OK ? checkpoint(sqlite, error) : status;
}
