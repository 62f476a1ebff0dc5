/*
 * chunk_rows.c - the table of accepted chunks.
 */
#include "../error.h"
#include "rows.h"

static const char SQL_GET[] =
    "SELECT " WFS_CHUNK_COLUMNS " FROM chunk WHERE upload = ? AND idx = ?";

wfs_status wfs_read_chunk(wfs_sql *s, wfs_chunk_row *ret_row, wfs_error *error)
{
    wfs_chunk_row row = {.index = wfs_sql_read_uint(s)};
    size_t length;

    row.size_bytes = wfs_sql_read_uint(s);
    row.place = wfs_sql_read_int(s);
    row.at_ms = wfs_sql_read_int(s);
    length = wfs_sql_read_blob(s, row.sha256, sizeof row.sha256);
    row.has_sha256 = length == sizeof row.sha256;
    *ret_row = row;
    return wfs_sql_check(s, error);
}

wfs_status wfs_get_chunk_row(wfs_sql_connection *connection, int64_t row,
                             uint64_t index, wfs_chunk_row *ret_chunk,
                             wfs_error *error)
{
    wfs_sql s = wfs_sql_prepare(connection, SQL_GET);
    bool has_row;
    wfs_status status;

    wfs_sql_bind_int(&s, row);
    wfs_sql_bind_uint(&s, index);
    status = wfs_sql_step(&s, &has_row, error);
    if (has_row) {
        status = wfs_read_chunk(&s, ret_chunk, error);
    } else if (status == WFS_OK) {
        status = wfs_error_set(error, WFS_ENOUPLOAD, 0, NULL,
                               "that chunk was not received");
    }
    wfs_sql_finish(&s);
    return status;
}
