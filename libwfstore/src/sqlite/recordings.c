/*
 * recordings.c - finding recordings, and the name their file gets.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_VISIT[] =
    "SELECT " WFS_RECORDING_COLUMNS
    " FROM recording WHERE seq > ? ORDER BY seq LIMIT ?";
static const char SQL_RENAMED[] =
    "UPDATE recording SET part = NULL WHERE id = ?";

wfs_status wfs_sqlite_get_recording(wfs_catalogue *catalogue, const char *id,
                                    wfs_recording_row *ret_row,
                                    wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = wfs_find_recording_row(connection, id, ret_row, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}

static wfs_status visit_row(wfs_sql *s, wfs_recording_visitor visit, void *data,
                            wfs_error *error)
{
    wfs_recording_row row = {0};
    wfs_status status = wfs_read_recording(s, &row, error);

    if (status == WFS_OK) {
        status = visit(data, &row);
        wfs_recording_release(&row.recording);
        if (status != WFS_OK) {
            (void)wfs_error_set(error, status, 0, "visit_recordings", NULL);
        }
    }
    return status;
}

wfs_status wfs_sqlite_visit_recordings(wfs_catalogue *catalogue, int64_t after,
                                       size_t limit,
                                       wfs_recording_visitor visit, void *data,
                                       wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_sql s;
    bool has_row = false;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    s = wfs_sql_prepare(connection, SQL_VISIT);
    wfs_sql_bind_int(&s, after);
    wfs_sql_bind_uint(&s, limit);
    status = wfs_sql_step(&s, &has_row, error);
    while (has_row && status == WFS_OK) {
        status = visit_row(&s, visit, data, error);
        if (status == WFS_OK) {
            status = wfs_sql_step(&s, &has_row, error);
        }
    }
    wfs_sql_finish(&s);
    wfs_sqlite_end_read(sqlite, connection);
    return status;
}

wfs_status wfs_sqlite_finish_rename(wfs_catalogue *catalogue, const char *id,
                                    wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_LAZY, &connection, error);

    if (status == WFS_OK) {
        wfs_sql s = wfs_sql_prepare(connection, SQL_RENAMED);

        wfs_sql_bind_text(&s, id);
        status = wfs_sql_run(&s, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}
