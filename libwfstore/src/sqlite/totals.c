/*
 * totals.c - figures of the store, kept by every transaction that moves them.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_ADD[] =
    "UPDATE totals SET recordings = recordings + ?,"
    " recording_bytes = recording_bytes + ?, uploads = uploads + ?,"
    " upload_bytes = upload_bytes + ?, reserved = reserved + ?,"
    " generation = generation + ?, damaged = damaged + ?";
static const char SQL_READ[] =
    "SELECT recordings, recording_bytes, uploads, upload_bytes, reserved,"
    " generation, damaged FROM totals";

wfs_status wfs_add_totals(wfs_sql_connection *connection,
                          const wfs_totals_change *change, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_ADD);

    wfs_sql_bind_int(&s, change->recordings);
    wfs_sql_bind_int(&s, change->recording_bytes);
    wfs_sql_bind_int(&s, change->uploads);
    wfs_sql_bind_int(&s, change->upload_bytes);
    wfs_sql_bind_int(&s, change->reserved_bytes);
    wfs_sql_bind_int(&s, change->generation);
    wfs_sql_bind_int(&s, change->damaged);
    return wfs_sql_run(&s, error);
}

wfs_status wfs_read_totals(wfs_sql_connection *connection,
                           wfs_totals *ret_totals, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_READ);
    bool has_row;
    wfs_status status = wfs_sql_step(&s, &has_row, error);

    if (has_row) {
        ret_totals->recordings = wfs_sql_read_uint(&s);
        ret_totals->recording_bytes = wfs_sql_read_uint(&s);
        ret_totals->uploads = wfs_sql_read_uint(&s);
        ret_totals->upload_bytes = wfs_sql_read_uint(&s);
        ret_totals->reserved_bytes = wfs_sql_read_uint(&s);
        ret_totals->generation = wfs_sql_read_uint(&s);
        ret_totals->damaged = wfs_sql_read_uint(&s);
        status = wfs_sql_check(&s, error);
    } else if (status == WFS_OK) {
        status = wfs_sql_fail(connection, SQLITE_CORRUPT, "totals", error);
    }
    wfs_sql_finish(&s);
    return status;
}

wfs_status wfs_sqlite_get_totals(wfs_catalogue *catalogue,
                                 wfs_totals *ret_totals, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_totals totals = {0};
    wfs_status status = wfs_sqlite_acquire_reader(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = wfs_read_totals(connection, &totals, error);
    wfs_sqlite_release_reader(sqlite, connection);
    if (status == WFS_OK) {
        *ret_totals = totals;
    }
    return status;
}
