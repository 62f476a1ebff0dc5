/*
 * expire.c - what is old enough to go by itself.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_LIST_STORED[] =
    "SELECT id FROM recording WHERE stored < ? ORDER BY stored LIMIT ?";

static wfs_status expire(wfs_sql_connection *connection, int64_t row,
                         int64_t before_ms, wfs_error *error)
{
    wfs_upload_row upload;
    wfs_totals_change change;
    wfs_status status = wfs_get_upload_row(connection, row, &upload, error);

    if (status != WFS_OK) {
        return status;
    }
    if (upload.updated_ms >= before_ms) {
        return wfs_error_set(error, WFS_ECONFLICT, 0, "expire_upload",
                             "the upload goes on");
    }
    status = wfs_remove_upload_rows(connection, row, error);
    change = wfs_without_upload(&upload);
    return status == WFS_OK ? wfs_add_totals(connection, &change, error)
                            : status;
}

wfs_status wfs_sqlite_expire_upload(wfs_catalogue *catalogue, int64_t row,
                                    int64_t before_ms, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status =
        wfs_sqlite_begin_write(sqlite, WFS_SQLITE_FULL, &connection, error);

    if (status == WFS_OK) {
        status = expire(connection, row, before_ms, error);
        status = wfs_sqlite_end_write(sqlite, status, error);
    }
    return status;
}

static wfs_status list(wfs_sql_connection *connection, int64_t before_ms,
                       size_t limit, char (*ret_ids)[WFS_ID_MAX_BYTES + 1],
                       size_t *ret_count, wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_LIST_STORED);
    size_t count = 0;
    bool has_row;
    wfs_status status;

    wfs_sql_bind_int(&s, before_ms);
    wfs_sql_bind_uint(&s, limit);
    status = wfs_sql_step(&s, &has_row, error);
    while (has_row && status == WFS_OK) {
        wfs_sql_read_text(&s, ret_ids[count++], WFS_ID_MAX_BYTES + 1);
        status = wfs_sql_check(&s, error);
        if (status == WFS_OK) {
            status = wfs_sql_step(&s, &has_row, error);
        }
    }
    wfs_sql_finish(&s);
    *ret_count = count;
    return status;
}

wfs_status wfs_sqlite_list_stored(wfs_catalogue *catalogue, int64_t before_ms,
                                  size_t limit,
                                  char (*ret_ids)[WFS_ID_MAX_BYTES + 1],
                                  size_t *ret_count, wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status == WFS_OK) {
        status = list(connection, before_ms, limit, ret_ids, ret_count, error);
        wfs_sqlite_end_read(sqlite, connection);
    }
    return status;
}
