/*
 * tend.c - the catalogue's housekeeping.
 */
#include "../error.h"
#include "parts.h"
#include "sqlite.h"

/* Few at a time, so that nobody waits long for the writer. */
#define EXPIRED_MAX 500

/* The journal is moved into the file when it is this long or this old; above
 * the most, with the writers waiting. */
#define JOURNAL_PAGES 1000
#define JOURNAL_PAGES_MAX 16000
#define CHECKPOINT_MS 10000

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

static wfs_status move_journal(wfs_sql_connection *connection, int *ret_pages,
                               wfs_error *error)
{
    int code = sqlite3_wal_checkpoint_v2(
        connection->db, NULL, SQLITE_CHECKPOINT_PASSIVE, ret_pages, NULL);

    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) {
        return WFS_OK;
    }
    return wfs_sql_fail(connection, code, "sqlite3_wal_checkpoint_v2", error);
}

/*
 * Passive: it waits for nobody and nobody waits for it. A reader's connection,
 * so that writers go on meanwhile; outside of its transaction.
 */
static wfs_status checkpoint(wfs_sqlite *sqlite, int *ret_pages,
                             wfs_error *error)
{
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = move_journal(connection, ret_pages, error);
        wfs_sqlite_release_reader(sqlite, connection);
    }
    return status;
}

/*
 * Those who write without a pause leave the journal no moment to begin anew
 * at. The rest is little by now, so they wait for it.
 */
static wfs_status checkpoint_alone(wfs_sqlite *sqlite, wfs_error *error)
{
    int pages;
    wfs_status status =
        wfs_sqlite_acquire_writer(sqlite, WFS_SQLITE_HASTY, error);

    if (status == WFS_OK) {
        status = move_journal(&sqlite->writer.connection, &pages, error);
        wfs_sqlite_release_writer(sqlite);
    }
    return status;
}

static wfs_status checkpoint_if_due(wfs_sqlite *sqlite, int64_t now_ms,
                                    wfs_error *error)
{
    int64_t since_ms = now_ms - atomic_load(&sqlite->checkpoint_ms);
    int pages = 0;
    wfs_status status;

    if (atomic_load(&sqlite->journal_pages) < JOURNAL_PAGES && since_ms >= 0 &&
        since_ms < CHECKPOINT_MS) {
        return WFS_OK;
    }
    atomic_store(&sqlite->checkpoint_ms, now_ms);
    atomic_store(&sqlite->journal_pages, 0);
    status = checkpoint(sqlite, &pages, error);
    if (status == WFS_OK && pages > JOURNAL_PAGES_MAX) {
        status = checkpoint_alone(sqlite, error);
    }
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
    return status == WFS_OK ? checkpoint_if_due(sqlite, now_ms, error) : status;
}
