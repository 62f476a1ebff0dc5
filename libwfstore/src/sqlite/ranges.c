/*
 * ranges.c - which indexes of an upload are there, and which are missing.
 */
#include "../error.h"
#include "parts.h"
#include "rows.h"
#include "sqlite.h"

static const char SQL_SPANS[] =
    "SELECT first, last FROM span WHERE upload = ? ORDER BY first";

typedef struct list {
    wfs_range *ranges;
    size_t max;
    size_t count;
    bool has_more;
} list;

static void append(list *to, uint64_t first, uint64_t end)
{
    if (first >= end) {
        return;
    }
    if (to->count == to->max) {
        to->has_more = true;
        return;
    }
    to->ranges[to->count++] = (wfs_range){first, end - 1};
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* `at` is where the last range of accepted chunks ended. */
static wfs_status collect(wfs_sql *s, bool missing, uint64_t end, uint64_t at,
                          list *to, wfs_error *error)
{
    bool has_row;
    wfs_status status = wfs_sql_step(s, &has_row, error);

    while (has_row && !to->has_more) {
        uint64_t first = wfs_sql_read_uint(s);
        uint64_t last = wfs_sql_read_uint(s);

        if (missing) {
            append(to, at, smaller(first, end));
        } else {
            append(to, first, last + 1);
        }
        at = last + 1;
        status = wfs_sql_step(s, &has_row, error);
    }
    if (missing && status == WFS_OK) {
        append(to, at, end);
    }
    return status == WFS_OK ? wfs_sql_check(s, error) : status;
}

static wfs_status read_ranges(wfs_sql_connection *connection, int64_t row,
                              bool missing, uint64_t end, list *to,
                              wfs_error *error)
{
    wfs_upload_row upload;
    wfs_sql s;
    wfs_status status = wfs_get_upload_row(connection, row, &upload, error);

    if (status != WFS_OK) {
        return status;
    }
    if (!missing) {
        append(to, 0, upload.contiguous_chunks);
    }
    s = wfs_sql_prepare(connection, SQL_SPANS);
    wfs_sql_bind_int(&s, row);
    status = collect(&s, missing, end, upload.contiguous_chunks, to, error);
    wfs_sql_finish(&s);
    return status;
}

wfs_status wfs_sqlite_get_ranges(wfs_catalogue *catalogue, int64_t row,
                                 bool missing, uint64_t end,
                                 wfs_range *ret_ranges, size_t max,
                                 size_t *ret_count, bool *ret_has_more,
                                 wfs_error *error)
{
    wfs_sqlite *sqlite = wfs_sqlite_of(catalogue);
    wfs_sql_connection *connection;
    list to = {.ranges = ret_ranges, .max = max};
    wfs_status status = wfs_sqlite_begin_read(sqlite, &connection, error);

    if (status != WFS_OK) {
        return status;
    }
    status = read_ranges(connection, row, missing, end, &to, error);
    wfs_sqlite_end_read(sqlite, connection);
    if (status == WFS_OK) {
        *ret_count = to.count;
        *ret_has_more = to.has_more;
    }
    return status;
}
